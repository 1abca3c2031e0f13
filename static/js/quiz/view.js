// What the page of an attempt looks like: the list of questions, the buttons that lead
// on, and what is said about saving.

import { noticeWord, statusWord } from "./status.js";
import { put } from "./words.js";

/** Draw everything around the question in the form. */
export function drawQuestion(paper, say) {
  const { form, number } = paper;
  drawButtons(paper, say);
  const flag = form.querySelector("button[name=flag]");
  flag.setAttribute("aria-pressed", paper.mark(number).flagged);
  const strip = form.querySelectorAll(".m-strip i");
  form.querySelectorAll(".m-chips li").forEach((chip, index) => {
    const state = stateOf(paper, index + 1);
    strip[index].className = `is-${state}`;
    drawChip(chip, { number: index + 1, state, flagged: paper.mark(index + 1).flagged, flag, say });
  });
  const [answered, flagged] = [paper.count("answered"), paper.count("flagged")];
  form.querySelector("[data-quiz-tally]").textContent = say("tally", { answered, flagged });
}

function stateOf(paper, number) {
  if (number === paper.number) return "current";
  return paper.mark(number).answered ? "answered" : "open";
}

function drawChip(chip, { number, state, flagged, flag, say }) {
  chip.className = `is-${state} ${flagged ? "is-flagged" : ""}`;
  const button = chip.firstElementChild;
  button.textContent = number;
  if (flagged) button.append(flag.querySelector("svg").cloneNode(true));
  const words = say(state) + (flagged ? say("doubt") : "");
  button.setAttribute("aria-label", say("chip", { number, state: words }));
}

/** The last question leads to the summary, the first one nowhere back. */
function drawButtons(paper, say) {
  const { form, number, total } = paper;
  const isLast = number === total;
  const back = form.querySelector("[data-back]");
  back.hidden = number === 1;
  back.value = number - 1;
  form.querySelector("[data-check]").hidden = isLast;
  for (const forward of form.querySelectorAll("[data-forward]")) {
    forward.value = isLast ? "kirim" : number + 1;
    // The default button, which Enter presses, has no words.
    if (forward.textContent) put(forward, say(isLast ? "check" : "next"));
  }
}

/** Say how many questions are on this device. */
export function drawKept(paper, say) {
  const [number, total] = [paper.countKept(), paper.total];
  const word = number < total ? "some-kept" : "all-kept";
  put(paper.form.querySelector("[data-quiz-kept]"), say(word, { number, total }));
}

/** Say on a form, a question or the summary, how saving stands. */
export function drawStatus(page, state, say) {
  const show = (element, word) => {
    const { waiting: number, savedAt: time, root } = state;
    put(element, word ? say(word, { number, time, root }) : "");
  };
  show(page.querySelector("[data-save-status]"), statusWord(state));
  show(page.querySelector("[data-quiz-notice]"), noticeWord(state));
}

/** Give the focus to what is new on the page, and name the tab after it. */
export function introduce(page) {
  const title = page.querySelector(".m-number, h2").textContent.trim();
  document.title = document.title.replace(/^.*? ·/, `${title} ·`);
  scrollTo(0, 0);
  focusHeading(page);
}

export function focusHeading(page) {
  const heading = page.querySelector(".m-stem, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
