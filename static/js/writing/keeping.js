// Puts together what keeps typed words: the browser's own store, the server, the offers of
// an earlier visit, and the sentence in the tool bar that says where they are.

import { Autosave } from "./autosave.js";
import { Kept, storeOf } from "./kept.js";
import { offer } from "./offers.js";
import { postOf } from "./post.js";

const FIELDS = ["base", "title", "summary", "minutes", "text"];

/** Keep what is typed into the form. `bringText` puts a text into the editor. */
export function keepTyping(form, bringText) {
  const [sitting, sequence] = form.elements.sitting.value.split(":");
  form.dataset.sitting = sitting;
  const kept = new Kept(storeOf(window), form.dataset.person, location.pathname);
  const autosave = new Autosave({
    sitting,
    sequence: Number(sequence),
    kept,
    read: () => fieldsOf(form),
    post: postOf(form),
    tell: (state, words) => tell(state, words),
  });
  kept.forget(form.dataset.closed.split(" "), Date.now());
  form.addEventListener("input", ({ target }) => {
    // The editor's own events come without a name, before the area has the words.
    if (!target.name) return;
    autosave.typed();
    form.elements.sitting.value = `${sitting}:${autosave.sequence}`;
  });
  listen(autosave, form);
  offerEarlier({ form, kept, sitting, bringText });
  return autosave;
}

function fieldsOf(form) {
  const said = { required: form.elements.is_required.checked };
  for (const name of FIELDS) said[name] = form.elements[name].value;
  return said;
}

function listen(autosave, form) {
  addEventListener("online", () => autosave.send());
  addEventListener("focus", () => autosave.send());
  document.addEventListener("visibilitychange", () => document.hidden && autosave.send());
  let isSaving = false;
  form.addEventListener("submit", () => (isSaving = true));
  addEventListener("beforeunload", (event) => {
    if (autosave.wouldLose && !isSaving) event.preventDefault();
  });
}

function tell(state, words) {
  const status = document.querySelector("[data-kept]");
  status.textContent = words || status.dataset[state] || "";
}

function offerEarlier({ form, kept, sitting, bringText }) {
  const [restored, upto] = form.elements.restored.value.split(":");
  const stored = { title: "", summary: "", text: "", ...fieldsOf(form) };
  const isOffered = (writing) =>
    writing.sitting !== sitting &&
    !(writing.sitting === restored && writing.sequence <= Number(upto)) &&
    ["title", "summary", "text"].some((name) => writing[name].trim() !== stored[name].trim());
  offer(kept.all().filter(isOffered), {
    box: document.querySelector("[data-offers]"),
    template: document.querySelector("[data-offer-here]"),
    tell: (said, { at, text }) =>
      said.replace("{when}", timeOf(at)).replace("{words}", wordsIn(text)),
    bring: (writing) => bring(writing, { form, bringText }),
    drop: (writing) => drop(writing, { form, kept }),
  });
}

const timeOf = (at) =>
  new Date(at).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
const wordsIn = (text) =>
  (text.match(/\S+/g) || []).length.toLocaleString(document.documentElement.lang);

function bring(writing, { form, bringText }) {
  for (const name of ["title", "summary", "minutes", "base"])
    form.elements[name].value = writing[name];
  form.elements.is_required.checked = writing.required;
  form.elements.restored.value = `${writing.sitting}:${writing.sequence}`;
  bringText(writing.text);
}

/** Forget it here and on the server; return what takes that back. */
function drop(writing, { form, kept }) {
  const close = () => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("sitting", `${writing.sitting}:${writing.sequence}`);
    return fetch(form.dataset.close, { method: "POST", body, keepalive: true, redirect: "manual" });
  };
  kept.drop(writing.sitting);
  close().catch(() => {});
  // The server has closed its number by then: what comes back is a newer one.
  return () => kept.keep({ ...writing, sequence: writing.sequence + 1 });
}
