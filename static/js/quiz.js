// A running attempt on a poor line. How it works and what it says stands in
// templates/quizzes/_quiz_words.html.
(() => {
  "use strict";
  const one = (selector, parent = form) => parent.querySelector(selector);
  const all = (selector, parent = form) => [...parent.querySelectorAll(selector)];

  let form = one("[data-quiz]", document);
  const { person, saveUrl: url } = form.dataset;
  const root = location.pathname.replace(/[^/]+\/$/, "");
  const REVIEW = "kirim";
  const place = (page = form) => page.dataset.position || REVIEW;
  const isQuestion = () => form.dataset.position;
  const inputsOf = (page) => all("fieldset :is(input, select)", page);
  const words = one("[data-quiz-words]", document).content;
  const say = (name, values) =>
    one(`[data-word=${name}]`, words).innerHTML.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // A device per visit; a blob's address ends with a UUID.
  const device = URL.createObjectURL(new Blob()).slice(-36);
  const title = `quiz-${person}`;
  const inDatabase = async () => {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(title, 1);
      const store = { keyPath: "sequence", autoIncrement: true };
      opening.onupgradeneeded = () => opening.result.createObjectStore("saves", store);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = reject;
      setTimeout(reject, 4000); // some never answer
    });
    const run = (verb, value) =>
      new Promise((resolve, reject) => {
        const durably = { durability: "strict" };
        const transaction = database.transaction("saves", "readwrite", durably);
        const request = transaction.objectStore("saves")[verb](value);
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = reject;
      });
    return {
      isLasting: true,
      saves: await run("getAll"),
      add: (save) => run("add", save),
      remove: (save) => run("delete", save.sequence),
    };
  };
  // Its numbers lie above those of a database that failed.
  const inBox = (box, isLasting) => {
    const keys = Object.keys(box).filter((key) => key.startsWith(title));
    const saves = keys.map((key) => JSON.parse(box[key]));
    let sequence = Math.floor((1 + Math.random()) * 9e8);
    return {
      isLasting,
      saves: saves.sort((a, b) => a.offset_ms - b.offset_ms),
      add: async (save) => {
        sequence++;
        box[title + sequence] = JSON.stringify({ ...save, sequence });
        return sequence;
      },
      remove: async (save) => delete box[title + save.sequence],
    };
  };
  let log = inBox({});

  const pages = new Map(); // by question number
  const answers = new Map(); // what was said here last
  const marks = all(".m-chips li").map(({ classList }) => ({
    answered: classList.contains("is-answered"),
    flagged: classList.contains("is-flagged"),
  }));
  let pending = []; // not taken by the server yet, oldest first
  let { token } = form.dataset;
  let wanted; // what follows once everything is sent
  let told;
  let isOffline = false;
  let isBehind = false; // something had to wait
  let isOver = false;
  let isFinished = false;
  const isOpen = () => isQuestion() && !isOver && !isFinished;

  // Spares a reload in this tab the questions.
  let past = {};
  try {
    past = JSON.parse(sessionStorage[root]);
  } catch {}
  const keep = () => {
    const next = {};
    for (const [name, page] of isFinished ? [] : pages) {
      for (const input of inputsOf(page)) {
        input.defaultChecked = input.checked;
        input.defaultValue = input.value;
        for (const option of input.options || []) option.defaultSelected = option.selected;
      }
      next[name] = page.outerHTML;
    }
    try {
      sessionStorage[root] = JSON.stringify(next);
    } catch {}
  };

  // The server's start plus the monotonic clock, which stands still while a phone
  // sleeps; every answer of the server sets it right.
  let asleep = 0;
  let base = 0;
  let limit = Infinity;
  const ticks = () => performance.now() + asleep;
  const setClock = (page) => {
    const { started, now, deadline } = page.dataset;
    base = Date.parse(now) - Date.parse(started) - ticks();
    if (deadline) limit = Date.parse(deadline) - Date.parse(started);
  };

  const statusWord = (savedAt) => {
    if (wanted === handIn && !isOffline) return "sending";
    if (!pending.length) return isBehind ? "sent" : savedAt && "saved";
    if (sending) return isBehind ? "sending" : "saving";
    return log.isLasting ? "waiting" : "memory";
  };
  const noticeWord = () => {
    if (told || isFinished) return told || "finished";
    if (isOffline && !log.isLasting) return "unkept";
    if (isOver) return "over";
    if (isOffline && wanted) return wanted === handIn ? "wait-submit" : "wait";
    return isOffline && "offline";
  };
  // A live region speaks when it is touched.
  const put = (element, name, values) => {
    const html = name ? say(name, values) : "";
    if (element.innerHTML !== html) element.innerHTML = html;
  };
  const render = () => {
    const status = one("[data-save-status]");
    const time = status.dataset.savedAt;
    const waiting = new Set(pending.map((save) => save.position));
    put(status, statusWord(time), { number: waiting.size, time });
    put(one("[data-quiz-notice]"), noticeWord(), { root });
    if (isQuestion()) one("fieldset").disabled = !isOpen();
  };
  const paint = () => {
    if (!isQuestion()) return;
    const flag = one("button[name=flag]");
    const strip = all(".m-strip i");
    all(".m-chips li").forEach((chip, index) => {
      const { answered, flagged } = marks[index];
      const number = index + 1;
      const state = number == place() ? "current" : answered ? "answered" : "open";
      strip[index].className = `is-${state}`;
      chip.className = `is-${state} ${flagged ? "is-flagged" : ""}`;
      const button = chip.firstElementChild;
      button.textContent = number;
      if (flagged) button.append(one("svg", flag).cloneNode(true));
      const label = say(state) + (flagged ? say("doubt") : "");
      button.setAttribute("aria-label", say("chip", { number, state: label }));
    });
    flag.setAttribute("aria-pressed", marks[place() - 1].flagged);
    const count = (key) => marks.filter((mark) => mark[key]).length;
    const tally = say("tally", { answered: count("answered"), flagged: count("flagged") });
    one("[data-quiz-tally]").textContent = tally;
  };

  const request = async (path, options) => {
    const abort = new AbortController();
    const patience = setTimeout(() => abort.abort(), 20000);
    try {
      const response = await fetch(path, { ...options, signal: abort.signal });
      const { status } = response;
      if (status >= 500 || status === 429) throw status;
      const text = await response.text();
      isOffline = false;
      return { status, text };
    } finally {
      clearTimeout(patience);
    }
  };
  // An outage ends for all at once, hence jitter.
  let failures = 0;
  let retry;
  const failed = (error) => {
    isOffline = typeof error !== "number";
    isBehind = isBehind || pending.length > 0;
    clearTimeout(retry);
    const pause = Math.min(60, 2 ** failures++) * (1 + Math.random());
    retry = setTimeout(send, pause * 1000);
    render();
  };
  const proceed = () => wanted && wanted().catch(failed);

  let sending;
  const send = () => {
    return sending || (sending = sendAll().catch(failed));
  };
  const sendAll = async () => {
    try {
      await ready;
      render();
      do await sendBatch();
      while (pending.length);
    } finally {
      sending = null;
    }
    failures = 0;
    clearTimeout(retry);
    tick();
    render();
    load();
    return proceed();
  };

  let most = 50;
  const sendBatch = async () => {
    const batch = pending.slice(0, most);
    const { status, text } = await request(url, {
      method: "POST",
      keepalive: true,
      headers: { "X-Attempt-Token": token },
      body: JSON.stringify(batch.map(({ url, token, ...save }) => save)),
    });
    if (status === 200) take(batch, JSON.parse(text));
    else if (status === 400 && batch.length > 1) most = 1; // which one is unreadable?
    else if (status === 400) take(batch, { accepted: [], refused: batch });
    else {
      if (status === 403) told = "token";
      throw status;
    }
  };
  const take = (batch, { accepted, refused, ...reply }) => {
    const lost = refused.map((save) => save.sequence);
    for (const save of batch) {
      if (!accepted.concat(lost).includes(save.sequence)) throw 0;
      const page = accepted.includes(save.sequence) && pages.get(save.position);
      if (page) one("[data-save-status]", page).dataset.savedAt = reply.saved_at;
      log.remove(save).catch(() => 0);
    }
    pending = pending.filter((save) => !batch.includes(save));
    if (lost.length) {
      told = "refused";
      wanted = null;
    }
    if (reply.seconds_left != null) base = limit - ticks() - reply.seconds_left * 1000;
    if (reply.state !== "submitted") return;
    isFinished = true;
    wanted = (isOver || wanted === handIn) && leave;
  };

  const readPage = (html) => {
    const page = one("[data-quiz]", new DOMParser().parseFromString(html, "text/html"));
    if (!page || page.dataset.person !== person) return null;
    for (const image of all("img", page)) new Image().src = image.src;
    return document.adoptNode(page);
  };
  const addPage = (page) => {
    const said = answers.get(place(page));
    for (const input of said ? inputsOf(page) : []) {
      const values = said.fields[input.name] || [""];
      if (/box|radio/.test(input.type)) input.checked = values.includes(input.value);
      else [input.value] = values;
    }
    page.dispatchEvent(new Event("restored", { bubbles: true })); // to exercise.js
    pages.set(place(page), page);
    return page;
  };
  // Null where the address shows the login or the result by now.
  const fetchPage = async (name) => {
    const part = { cache: "no-store", headers: { "X-Part": "form" } };
    const page = readPage((await request(`${root}${name}/`, part)).text);
    if (!page || name === REVIEW || pages.has(name)) return pages.get(name) || page;
    token = page.dataset.token;
    return addPage(page);
  };

  let loading;
  const load = () => loading || (loading = loadAll().catch(failed));
  const loadAll = async () => {
    try {
      for (let number = 1; number <= marks.length && !isFinished; number++) {
        if (!pages.has(`${number}`) && !(await fetchPage(`${number}`))) break;
      }
    } finally {
      loading = null;
    }
  };

  const focusQuestion = () => {
    const heading = one(".m-stem, h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const show = (page) => {
    if (page === form) return;
    if (timer) {
      const still = one(".m-timer", page);
      timer.replaceWith(still.cloneNode());
      still.replaceWith(timer);
    }
    const old = form;
    form = page;
    paint();
    render();
    old.replaceWith(form);
    const heading = one(".m-number, h2").textContent.trim();
    document.title = document.title.replace(/^.*? ·/, `${heading} ·`);
    const path = `${root}${place()}/`;
    if (location.pathname !== path) history.pushState(null, "", path);
    scrollTo(0, 0);
    focusQuestion();
  };

  // What is being typed is taken down when the typing rests.
  let typing;
  const flush = () => {
    if (!typing) return;
    typing = clearTimeout(typing);
    if (isOpen()) record();
  };
  const type = ({ target }) => {
    if (target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(flush, 700);
  };
  const moveOn = () => {
    flush();
    told = "";
    wanted = isOver ? wanted : null;
    isBehind = isBehind && pending.length > 0;
  };
  // Answers go first, and without a line the job waits.
  let written = Promise.resolve();
  const ask = async (job) => {
    moveOn();
    wanted = job;
    await written;
    await (pending.length || sending ? send() : proceed());
    if (isOffline) scrollTo(0, 0);
  };
  const go = (name) => {
    const open = async () => {
      const page = await fetchPage(name);
      if (wanted !== open) return;
      wanted = isOver ? handIn : null;
      if (!page) return location.assign(`${root}${name}/`);
      show(page);
      return proceed();
    };
    if (!pages.has(name)) return ask(open);
    moveOn();
    show(pages.get(name));
  };

  const fieldsOf = (page) => {
    const fields = {};
    for (const [key, value] of new FormData(page)) {
      if (/^answer/.test(key)) fields[key] = (fields[key] || []).concat(value);
    }
    return fields;
  };
  const isAnswer = (fields) => Object.values(fields).flat().some(Boolean);
  let writing = 0;
  const mark = (save) => {
    const { position, fields, flagged } = save;
    answers.set(position, save);
    marks[position - 1] = { answered: isAnswer(fields), flagged };
  };
  const record = (flagged = marks[place() - 1].flagged) => {
    const at = ticks();
    const fields = fieldsOf(form);
    const save = { url, token, device, position: place(), fields, flagged };
    mark(save);
    moveOn();
    paint();
    writing++;
    written = written.then(async () => {
      await ready;
      save.offset_ms = Math.max(0, Math.round(base + at));
      save.sequence = await log.add(save).catch(() => (log = inBox({})).add(save));
      writing--;
      pending.push(save);
      send();
    });
  };

  // To the result, or to the login.
  const leave = async () => location.replace(`${root}${REVIEW}/`);
  const handIn = async () => {
    render();
    const body = new FormData(form);
    await request(`${root}${REVIEW}/`, { method: "POST", redirect: "manual", body });
    return leave();
  };

  // The notice says it already.
  const toast = one("[data-toast]", document);
  toast.dataset.offline = toast.dataset.online = "";
  let timer;
  let last = 0;
  const tick = () => {
    if (!timer || limit === Infinity) return;
    const left = Math.max(0, Math.ceil((limit - base - ticks()) / 1000));
    const number = Math.ceil(left / 60);
    const [digits, label] = all("span", timer);
    digits.textContent = `${Math.floor(left / 60)}.${`${left % 60}`.padStart(2, "0")}`;
    label.textContent = say(digits.hidden ? "show" : "hide", { number });
    if (number < last && [10, 5, 1].includes(number)) {
      toast.textContent = say("minutes", { number });
      setTimeout(() => (toast.textContent = ""), 8000);
    }
    last = number;
    if (isOver === !left || isFinished) return;
    flush();
    isOver = !left;
    wanted = isOver ? handIn : null;
    render();
    if (isOver) send(); // first: the server may have given more time
  };
  const startTimer = (still) => {
    timer = one("[data-word=timer] button", words).cloneNode(true);
    timer.onclick = () => {
      one("span", timer).toggleAttribute("hidden");
      tick();
    };
    still.replaceWith(timer);
    tick();
    setInterval(tick, 1000);
  };

  const press = (event) => {
    const target = event.target.closest("a, button");
    if (!form.contains(target) || event.ctrlKey || event.metaKey) return;
    const { name, value, type, hash, pathname = "" } = target;
    const link = !hash && pathname.startsWith(root) && pathname.slice(root.length, -1);
    if (link || name === "go") go(link || value);
    else if (name === "flag") isOpen() && record(!marks[place() - 1].flagged);
    else if (type === "submit") ask(handIn);
    else return;
    event.preventDefault();
  };
  // Only where the question has the focus (WCAG 2.1.4).
  const choose = ({ key, target, ctrlKey, altKey, metaKey }) => {
    if (ctrlKey || altKey || metaKey || !target.matches("legend, .m-option input")) return;
    const options = all(".m-option input", target.closest("fieldset"));
    const option = options["abcdefgh".indexOf(key.toLowerCase())];
    if (!option) return;
    option.focus();
    option.click();
  };

  const ready = (async () => {
    log = await inDatabase()
      .catch(() => inBox(localStorage, true))
      .catch(() => inBox({}));
    pending = log.saves.filter((save) => save.url === url);
    isBehind = pending.length > 0;
    for (const save of [...pending].reverse()) answers.has(save.position) || mark(save);
    if (isQuestion()) {
      Object.values(past).map(readPage).filter(Boolean).forEach(addPage);
      addPage(form);
    }
    setClock(form);
    paint();
    const still = one(".m-timer");
    if (still) startTimer(still);
  })();

  const wake = () => {
    failures = 0;
    send();
  };
  let drift = Date.now() - performance.now();
  const turn = () => {
    flush();
    const slept = Date.now() - performance.now() - drift;
    drift += slept;
    if (document.hidden) return keep();
    asleep += Math.max(0, slept);
    wake();
  };
  const listeners = {
    click: press,
    keydown: choose,
    change: ({ target }) => {
      if (target.type === "text") flush();
      else if (form.contains(target) && isOpen()) record();
    },
    input: type,
    pagehide: flush,
    visibilitychange: turn,
    online: wake,
    focus: wake,
    pageshow: (event) => event.persisted && wake(),
    offline: failed,
    popstate: () => go(location.pathname.slice(root.length, -1)),
    beforeunload: (event) => {
      if (!writing && (log.isLasting || !pending.length)) return;
      event.preventDefault();
      event.returnValue = "";
    },
  };
  for (const pair of Object.entries(listeners)) addEventListener(...pair);

  if (isQuestion()) {
    const fields = fieldsOf(form);
    marks[place() - 1].answered = isAnswer(fields);
    const before = fieldsOf(readPage(form.outerHTML));
    if (JSON.stringify(fields) !== JSON.stringify(before)) record(); // before this ran
  }
  focusQuestion();
  ready.then(send);
})();
