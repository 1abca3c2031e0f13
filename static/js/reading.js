// On a lesson: says where the reader stopped when she leaves, for her next device, shows
// what terms mean, and offers to read aloud where this device has a voice (listen.js).

import { voiceOf } from "./listen/voice.js";

const form = document.querySelector("[data-place]");
const bar = document.querySelector("[data-listen]");
let said;

function partInView() {
  let part = "";
  for (const heading of document.querySelectorAll("main h2[id]")) {
    if (heading.getBoundingClientRect().top < innerHeight / 2) part = heading.id;
  }
  return part;
}

document.addEventListener("visibilitychange", () => {
  const part = partInView();
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
