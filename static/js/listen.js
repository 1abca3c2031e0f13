// Reads a lesson aloud with a voice of this device. Loaded when somebody presses
// "Dengarkan" (reading.js), which is there only where such a voice is.
//
// Pausing ends the sentence and remembers it: the browsers' own pause never comes back
// on many phones.

import { sentencesOf, spoken } from "./listen/words.js";
import { voiceOf } from "./listen/voice.js";

const BLOCKS = "h1, h2, h3, h4, p, li, tr, figcaption, blockquote, dt, dd";
const SILENT =
  "nav, aside, form, details.m-toc, ul.m-meta, .small, .m-check, .m-references, [data-listen], [data-print=no]";
const UNSAID = "sup, svg, button, .visually-hidden, ul, ol, table";

const bar = document.querySelector("[data-listen]");
const [toggle, stop] = bar.querySelectorAll("button");
const { speechSynthesis: voices } = window;
let at = 0; // the sentence that is said next
let isReading = false;

/** Return what stands in a block itself; what is a block of its own comes by itself. */
function wordsOf(block) {
  const copy = block.cloneNode(true);
  for (const part of copy.querySelectorAll(UNSAID)) part.remove();
  const cells = [...copy.querySelectorAll("th, td")].map((cell) => cell.textContent.trim());
  return cells.length > 0 ? cells.filter(Boolean).join(", ") : copy.textContent;
}

const lines = [...document.querySelectorAll(`main :is(${BLOCKS})`)]
  .filter((block) => !block.closest(SILENT) && !block.parentElement.closest("p, tr, figcaption"))
  .flatMap((block) => sentencesOf(spoken(wordsOf(block))).map((words) => ({ block, words })));

function show(block) {
  for (const one of document.querySelectorAll(".is-said")) one.classList.remove("is-said");
  block?.classList.add("is-said");
  block?.scrollIntoView({ block: "nearest" });
}

function draw() {
  toggle.textContent = isReading
    ? bar.dataset.pause
    : at > 0
      ? bar.dataset.resume
      : bar.dataset.start;
  stop.hidden = !isReading && at === 0;
}

function say() {
  const line = lines[at];
  if (!line) return end();
  const utterance = new SpeechSynthesisUtterance(line.words);
  utterance.voice = voiceOf(voices.getVoices());
  utterance.lang = "id-ID";
  utterance.onend = () => {
    if (!isReading) return;
    at += 1;
    say();
  };
  utterance.onerror = () => isReading && rest();
  show(line.block);
  voices.speak(utterance);
  return draw();
}

function rest() {
  isReading = false;
  voices.cancel();
  draw();
}

function end() {
  at = 0;
  rest();
  show(null);
}

toggle.addEventListener("click", () => {
  if (isReading) return rest();
  isReading = true;
  return say();
});
stop.addEventListener("click", () => {
  end();
  toggle.focus();
});
addEventListener("pagehide", () => voices.cancel());
isReading = true;
say();
