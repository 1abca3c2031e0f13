// Every page of somebody who has signed in, with what every page has (site/): brings
// the service worker, sends what waits on this phone, and says so. Without a line
// "Tandai selesai" and answers of checks are taken down in the outbox.

import { newKey } from "./phone/keys.js";
import { listKept } from "./phone/listing.js";
import { alone, OUTBOX, sendAll } from "./phone/outbox.js";
import { forget, greet, keptPapers, shelfOf } from "./phone/shelf.js";
import { findLog, openLog } from "./quiz/log.js";
import { put, wordsOf } from "./quiz/words.js";
import { revealControls } from "./site/enhancements.js";

const bar = document.querySelector("[data-phone]");
const { phone: person, permit, worker } = bar.dataset;
const own = document.querySelector("[data-quiz]")?.dataset.saveUrl;
const { kept } = document.documentElement.dataset;
// So long a press waits for the line before it goes on without.
const PATIENCE = 3000;
const LATEST_TRY = 60_000;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

let words;

/** Return a word; they stand in the page without a line, which every phone has. */
async function say(word, values) {
  words ||= fetchWords();
  try {
    return (await words)(word, values);
  } catch {
    words = null; // neither there nor to be fetched: another time
    return "";
  }
}

async function fetchWords() {
  const address = bar.dataset.words;
  const found = await window.caches?.match(address);
  const html = await (found || (await fetch(address))).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  return wordsOf(page.querySelector("[data-phone-words]"));
}

async function tell(line, word, values) {
  put(bar.querySelector(`[data-line=${line}]`), await say(word, values));
}

// --- sending ---------------------------------------------------------------------------

let tries = 0;
let again;

/** Return the entries that wait here, but for those that the page of an attempt sends. */
async function waiting() {
  const log = await findLog(person);
  const entries = log ? await log.all() : [];
  return entries.filter(({ url }) => url !== own);
}

async function deliver() {
  if (!person) return 0; // the page without a line is nobody's
  clearTimeout(again);
  const log = await findLog(person);
  const left = await showWaiting();
  if (!log || left === 0) return left;
  try {
    const told = await alone(() => sendAll(log, { permit, own }));
    tries = 0;
    const word = told.refused > 0 ? "refused" : told.isDenied ? "denied" : "sent";
    if (told.left === 0 || word !== "sent") await tell("outbox", word, { number: told.refused });
    return told.left;
  } catch {
    tries += 1;
    again = setTimeout(deliver, Math.min(LATEST_TRY, 1000 * 2 ** tries) * (1 + Math.random()));
    return showWaiting();
  }
}

async function showWaiting() {
  const entries = await waiting();
  if (entries.length > 0) await tell("outbox", "waiting", { number: entries.length });
  await markRead(entries);
  return entries.length;
}

/** Lessons that were read and not told yet are shown as read wherever they are listed. */
async function markRead(entries) {
  for (const { kind, course, lesson } of entries) {
    if (kind !== "lesson") continue;
    const path = `/kursus/${course}/pelajaran/${lesson}/`;
    for (const link of document.querySelectorAll(`a[href="${path}"]:not([data-told])`)) {
      link.dataset.told = "";
      link.insertAdjacentHTML("beforeend", await say("read"));
    }
  }
}

/** Take something down; false where this browser keeps nothing. */
async function keep(entry) {
  const log = await openLog(person);
  if (!log.isLasting) return false;
  const now = Date.now();
  try {
    await log.add({ url: OUTBOX, permit, ...entry, offset_ms: now, told_at: now });
  } catch {
    return false;
  }
  // Where the browser can, it sends without a page; where not, the next page does.
  navigator.serviceWorker?.ready
    .then((registration) => registration.sync?.register("outbox"))
    .catch(() => {});
  return true;
}

// --- a lesson is done ------------------------------------------------------------------

async function finish(form) {
  const { course, lesson, cycle, version, then } = form.dataset;
  if (!(await keep({ kind: "lesson", course, lesson, cycle, version }))) return form.submit();
  await Promise.race([deliver(), pause(PATIENCE)]);
  // Without a worker the browser would show a page of its own.
  if (navigator.onLine || navigator.serviceWorker?.controller) return location.assign(then);
  return tell("copy", "unopened");
}

// --- checks ----------------------------------------------------------------------------

const NOT_SAID = new Set(["csrfmiddlewaretoken", "token"]);

async function answer(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!NOT_SAID.has(name)) fields[name] = [...(fields[name] || []), value];
  }
  const token = form.elements.token.value;
  const { course, question } = form.dataset;
  if (!Object.values(fields).flat().some(Boolean)) return;
  if (!(await keep({ kind: "check", course, question, fields, token }))) return;
  form.elements.token.value = newKey();
  await explain(form, Object.values(fields).flat());
  await showWaiting();
}

/** Return what is kept with the course about answers to a check, or undefined. */
async function reserveOf({ course, question }) {
  const shelf = await caches.open(shelfOf(person));
  const found = await shelf.match(`/kursus/${course}/simpanan/latihan/`);
  const html = found ? await found.text() : "";
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector(`[data-check="${question}"]`);
}

/** Show what is known here of this answer; the rest is told when there is a line. */
async function explain(form, values) {
  const reserve = await reserveOf(form.dataset).catch(() => null);
  const found = values.length === 1 && reserve?.querySelector(`[data-for="${values[0]}"]`);
  const key = reserve?.querySelector("[data-key]");
  const place = form.querySelector("[data-explained]");
  const other = () => (key ? say("compare", { key: key.innerHTML }) : say("checked"));
  put(place, found ? found.innerHTML : await other());
  place.tabIndex = -1;
  place.focus();
}

// --- a copy that is kept ---------------------------------------------------------------

async function introduceCopy() {
  const when = new Date(Number(kept)).toLocaleString("id-ID", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  await tell("copy", "copy", { when });
  // A second answer from the same copy is another answer.
  for (const input of document.querySelectorAll(".m-check [name=token]")) input.value = newKey();
  if (own || document.querySelector("[data-running]")) return;
  const papers = await keptPapers(await caches.open(shelfOf(person)));
  if (papers.length > 0) await tell("paper", "paper", { url: `${papers[0]}1/` });
}

// --- the time that is left -------------------------------------------------------------

function countDown(left) {
  const end = Number(left.dataset.left) * 1000 + (Number(kept) || Date.now());
  const draw = () => {
    const minutes = Math.max(0, Math.ceil((end - Date.now()) / 60_000));
    put(left, left.innerHTML.replace(/\d+/, minutes));
  };
  draw();
  setInterval(draw, 10_000);
}

// --- events ----------------------------------------------------------------------------

// The result comes after the log: the first press waits for it, the second does not.
let isAsked = false;
async function afterOutbox(form) {
  isAsked = true;
  // Not within the event: a form that is being submitted ignores it.
  if ((await deliver()) === 0) setTimeout(() => form.requestSubmit());
}

/** Signing out removes what is kept here, and sends first what waits. */
async function signOut(form) {
  await Promise.race([deliver(), pause(PATIENCE)]);
  await forget(person);
  form.submit();
}

function submit(event) {
  const form = event.target;
  const job =
    "finish" in form.dataset
      ? finish
      : "signOut" in form.dataset
        ? signOut
        : "afterOutbox" in form.dataset && !isAsked && afterOutbox;
  if (!job) return;
  event.preventDefault();
  // She presses again while the line is waited for (site/enhancements.js).
  if (event.submitter?.ariaDisabled === "true") return;
  if (job === afterOutbox) event.stopImmediatePropagation();
  job(form).catch(() => form.submit());
}

revealControls(document);
addEventListener("submit", submit, true);
addEventListener("unsent", ({ target }) => "question" in target.dataset && answer(target));
addEventListener("online", deliver);
addEventListener("pageshow", (event) => event.persisted && deliver());
document.querySelectorAll("[data-left]").forEach(countDown);
if (kept) introduceCopy();
// The first page of a visit comes before there is a worker to see it.
else if (person && window.caches) greet(person).catch(() => {});
deliver();
const unanswered = document.querySelector("[data-unanswered]");
if (unanswered) listKept(unanswered);
if ("serviceWorker" in navigator) {
  const bring = () =>
    navigator.serviceWorker.register(worker, { updateViaCache: "all" }).catch(() => {});
  // After what the page itself needs.
  if (document.readyState === "complete") bring();
  else addEventListener("load", bring);
}
