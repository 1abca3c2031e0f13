// Sends the answers that quiz.js left in its log on this device: the tab was closed
// without a line, and the attempt was over before it was opened again. The server
// decides what still counts. The log is quiz.js's: see templates/quizzes/_quiz_words.html.
(() => {
  "use strict";
  const outbox = document.querySelector("[data-quiz-outbox]");
  const told = (name) => {
    for (const line of outbox.children) line.hidden = !(name in line.dataset);
  };

  const settled = (source, event) =>
    new Promise((resolve, reject) => {
      source[event] = () => resolve(source.result);
      source.onerror = source.onabort = reject;
    });
  const openLog = () => {
    const opening = indexedDB.open(`quiz-${outbox.dataset.quizOutbox}`, 1);
    // No log on this device: none is made.
    opening.onupgradeneeded = () => opening.transaction.abort();
    return settled(opening, "onsuccess");
  };
  const saves = (log) => log.transaction("saves", "readwrite").objectStore("saves");

  // Returns the numbers that need not be sent again.
  const post = async ({ url, token }, batch) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "X-Attempt-Token": token },
      body: JSON.stringify(batch.map(({ url, token, ...save }) => save)),
    });
    if (!response.ok) return [];
    const { accepted, refused } = await response.json();
    return accepted.concat(refused.map((save) => save.sequence));
  };

  const send = async () => {
    const log = await openLog();
    const waiting = await settled(saves(log).getAll(), "onsuccess");
    if (waiting.length) told("waiting");
    let sent = 0;
    for (const url of new Set(waiting.map((save) => save.url))) {
      const batch = waiting.filter((save) => save.url === url).slice(0, 200);
      for (const sequence of await post(batch[0], batch)) {
        await settled(saves(log).delete(sequence), "onsuccess");
        sent++;
      }
    }
    told(sent ? "sent" : "nothing");
  };

  // Without a line it is tried again when there is one.
  const tryToSend = () => send().catch(() => 0);
  addEventListener("online", tryToSend);
  tryToSend();
})();
