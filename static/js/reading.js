// On a lesson: says where the reader stopped when she leaves, for her next device, shows
// what terms mean, and offers to read aloud where this device has a voice (listen.js).

import { voiceOf } from "./listen/voice.js";

const form = document.querySelector("[data-place]");
const bar = document.querySelector("[data-listen]");
let said;

/** Return the part that is read now and, after a dot, what of it is in view. */
function placeInView() {
  let part = "";
  let paragraph = 0;
  for (const block of document.querySelector("main").children) {
    if (block.getBoundingClientRect().top > innerHeight / 2) break;
    paragraph += 1;
    if (block.matches("h2[id]")) [part, paragraph] = [block.id, 0];
  }
  // The first lines of a lesson are no place to come back to.
  return !part && scrollY < innerHeight / 2 ? "" : `${part}.${paragraph}`;
}

/** Go to the paragraph that an address names; anchors are the browser's own work. */
function goOn() {
  const [, part, number] = /^#([^.]*)\.(\d+)$/.exec(location.hash) ?? [];
  let block = part ? document.getElementById(part) : document.querySelector("main > *");
  if (!number || !block) return;
  for (let left = part ? number : number - 1; left > 0; left -= 1) {
    block = block.nextElementSibling ?? block;
  }
  block.scrollIntoView({ block: "center", behavior: "instant" });
  // The browser looks for no anchor, and stays here when the page is reloaded.
  history.replaceState(history.state, "", location.pathname + location.search);
}

goOn();

document.addEventListener("visibilitychange", () => {
  const part = placeInView();
  if (!form || document.visibilityState !== "hidden" || part === said) return;
  said = part;
  form.elements.part.value = part;
  navigator.sendBeacon(form.action, new FormData(form));
});

// What a term means, in place; without this script its link leads to the list below.
for (const link of document.querySelectorAll("a.m-term")) {
  const meaning = document.querySelector(`[id="${link.hash.slice(1)}"] dd`);
  if (!meaning) continue;
  link.ariaExpanded = "false";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const isOpen = link.ariaExpanded === "true";
    link.ariaExpanded = String(!isOpen);
    if (isOpen) return link.nextSibling.remove();
    const box = document.createElement("span");
    box.className = "m-meaning";
    box.textContent = meaning.textContent;
    link.after(box);
  });
}

function offer() {
  if (voiceOf(speechSynthesis.getVoices())) bar.hidden = false;
}

function load() {
  const script = document.createElement("script");
  script.src = bar.dataset.src;
  script.onerror = () =>
    bar.querySelector("button").addEventListener("click", load, { once: true });
  document.head.append(script);
}

if (bar && "speechSynthesis" in window) {
  offer();
  // Some browsers look for their voices only now.
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  bar.querySelector("button").addEventListener("click", load, { once: true });
}
