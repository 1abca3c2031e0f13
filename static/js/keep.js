// "Simpan semua di HP" on the page of a course: says what it weighs before it fetches
// anything, how far it is, that it is kept, and why not. A course that has changed since
// is brought up to date, with a word.

import { Denied, Keeping, kilobytes } from "./phone/keeping.js";
import { put, wordsOf } from "./quiz/words.js";

const box = document.querySelector("[data-keep]");
const status = box.querySelector("[role=status]");
const say = wordsOf(box.querySelector("template"));
const { phone: person } = document.querySelector("[data-phone]").dataset;
const keeping = new Keeping({ url: box.dataset.keep, person });
// What a phone stores is not packed as it travels.
const UNPACKED = 5;

let plan;
let step = { done: 0, total: 0 };

const lessonsOf = ({ pages }) => pages.filter(({ title }) => title);
const show = (word, values) => put(status, say(word, values));

function showKept(list) {
  const when = new Date(list.at).toLocaleDateString("id-ID", { day: "numeric", month: "long" });
  const size = kilobytes([...list.pages, ...list.files]);
  show("kept", { lessons: lessonsOf(list).length, size, when });
}

/** Say why something did not work; what was fetched until then stays. */
function explain(error) {
  if (error instanceof Denied) return show("denied");
  if (error.name === "QuotaExceededError") {
    return show("full", { room: UNPACKED * kilobytes(plan.missing) });
  }
  if (step.total > 0) return show("cut", step);
  return show("later");
}

async function ask() {
  show("asking");
  plan = await keeping.plan();
  const size = kilobytes(plan.missing);
  show("plan", { size, lessons: lessonsOf(plan.list).length });
  box.querySelector("[data-do=save]").focus();
}

async function save() {
  plan = await keeping.plan();
  const room = await navigator.storage?.estimate?.();
  const needed = UNPACKED * 1024 * kilobytes(plan.missing);
  if (room && room.quota - room.usage < needed) {
    return show("full", { room: Math.ceil(needed / 1024) });
  }
  // So that the browser does not clear it when room gets scarce.
  await navigator.storage?.persist?.();
  step = { done: 0, total: plan.missing.length };
  const list = { ...plan.list, url: location.pathname, title: titleOf() };
  list.lessons = lessonsOf(list).map(({ url, title }) => ({ url, title }));
  const kept = await keeping.fetchAll({ ...plan, list }, (done, total) => {
    step = { done, total };
    show("saving", step);
  });
  step = { done: 0, total: 0 };
  return showKept(kept);
}

const titleOf = () => document.querySelector("h1").textContent.trim();

async function update() {
  const fresh = await keeping.plan();
  show("updating", { size: kilobytes(fresh.missing) });
  await save();
}

async function remove() {
  await keeping.remove();
  show("offer");
  box.querySelector("button").focus();
}

const verbs = { ask, save, remove, cancel: async () => show("offer") };
const run = (verb) => verb().catch(explain);

async function begin() {
  if (!("caches" in window) || !navigator.serviceWorker) throw new Denied("no caches");
  await keeping.open();
  const list = await keeping.list();
  if (!list) return show("offer");
  if (list.isWhole) showKept(list);
  if (list.isWhole && list.tag === box.dataset.tag) return null;
  if (document.documentElement.dataset.kept) return null; // without a line
  return list.isWhole ? update() : save();
}

box.addEventListener("click", ({ target }) => {
  const name = target.closest("[data-do]")?.dataset.do;
  if (name) run(verbs[name]);
});
// What was cut goes on.
addEventListener("online", () => step.total > 0 && run(save));
run(begin);
