// On a lesson: says where the reader stopped when she leaves, for her next device, and
// offers to read aloud where this device has a voice for it (listen.js).

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
