// Sends the answers that an attempt left in its log on this device: the tab was closed
// without a line, and the attempt was over before it was opened again. The server
// decides what still counts.

import { findLog } from "./quiz/log.js";
import { MOST_AT_ONCE, postSaves } from "./quiz/wire.js";

const outbox = document.querySelector("[data-quiz-outbox]");
const tell = (name) => {
  for (const line of outbox.children) line.hidden = !(name in line.dataset);
};

function* batchesOf(saves) {
  for (const url of new Set(saves.map((save) => save.url))) {
    const ofOne = saves.filter((save) => save.url === url);
    for (let at = 0; at < ofOne.length; at += MOST_AT_ONCE) {
      yield ofOne.slice(at, at + MOST_AT_ONCE);
    }
  }
}

/** Send answers of one attempt; return those that need not be sent again. */
async function post(batch) {
  const [{ url, token }] = batch;
  const { status, text } = await postSaves(url, { token }, batch);
  if (status !== 200) return [];
  const { accepted, refused } = JSON.parse(text);
  const settled = new Set([...accepted, ...refused.map((save) => save.sequence)]);
  return batch.filter((save) => settled.has(save.sequence));
}

let unsent = 0;
async function send() {
  const log = await findLog(outbox.dataset.quizOutbox);
  const waiting = log ? await log.all() : [];
  unsent = waiting.length;
  if (unsent) tell("waiting");
  let sent = 0;
  for (const batch of batchesOf(waiting)) {
    for (const save of await post(batch)) {
      await log.remove(save);
      sent += 1;
      unsent -= 1;
    }
  }
  tell(sent ? "sent" : "nothing");
}

// Without a line it is tried again when there is one.
let sending;
const tryToSend = () => {
  sending = send().catch(() => {});
};
addEventListener("online", tryToSend);
tryToSend();

// The result comes after the log: the first press waits for it, the second does not.
const form = document.querySelector("[data-after-outbox]");
let isAsked = false;
async function ask(event) {
  if (isAsked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  isAsked = true;
  await sending;
  if (unsent) tell("waiting");
  // Not within the event: a form that is being submitted ignores it.
  else setTimeout(() => form.requestSubmit());
}
if (form) form.addEventListener("submit", ask, true);
