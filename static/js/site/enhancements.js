// Small enhancements. Every page works without this file; each part below looks
// for its own data attribute and leaves everything else alone.

const all = (selector, root = document) => root.querySelectorAll(selector);

// Controls that only make sense with scripts are hidden in the HTML.
export const revealControls = (root) => {
  for (const element of all("[data-needs-js], [data-reveal]", root)) {
    element.hidden = false;
  }
};

// "Lihat": shows the password that is being typed. It is never sent back.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reveal]");
  if (!button) return;
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const label = button.querySelector("[data-label]");
  const isShown = field.type === "text";
  field.type = isShown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!isShown));
  [label.dataset.label, label.textContent] = [label.textContent, label.dataset.label];
});

// Busy: the pressed button keeps its width, says what happens, and a second
// press sends nothing. Coming back with the browser's button unlocks it.
const busy = new Map();
const lock = (form, button) => {
  if (!button) return;
  busy.set(form, [button, button.innerHTML]);
  button.setAttribute("aria-disabled", "true");
  if (form.dataset.busy) {
    button.style.minWidth = `${button.offsetWidth}px`;
    button.textContent = form.dataset.busy;
  }
};
const unlock = (form) => {
  const [button, label] = busy.get(form) || [];
  busy.delete(form);
  if (!button) return;
  button.removeAttribute("aria-disabled");
  button.innerHTML = label;
};

// Guard: asks before unsaved changes are lost.
const dirty = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "guard" in form.dataset) dirty.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if (dirty.size) event.preventDefault();
});

// Swap: posts in the background and replaces one element by its new self. When
// the line is gone, the form stays as it was and can be sent again. What comes back
// without that element (the session has ended) is left to the browser: it sends the
// form as any other, and the server says what is the matter.
const swap = async (form, button) => {
  const id = form.dataset.swap;
  const body = new FormData(form);
  if (button && button.name) body.append(button.name, button.value);
  let html;
  try {
    html = await (await fetch(form.action, { method: "POST", body })).text();
  } catch {
    unlock(form);
    say("offline");
    return form.dispatchEvent(new Event("unsent", { bubbles: true })); // to phone.js
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById(id);
  if (!fresh) {
    unlock(form);
    delete form.dataset.swap;
    return form.requestSubmit(button);
  }
  document.getElementById(id).replaceWith(document.adoptNode(fresh));
  revealControls(fresh);
  const target = fresh.querySelector("[data-focus]");
  if (target) target.focus();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (busy.has(form)) return event.preventDefault();
  dirty.delete(form);
  if ("busy" in form.dataset) lock(form, button);
  if (form.dataset.swap) {
    event.preventDefault();
    swap(form, button);
  }
});
window.addEventListener("pageshow", () => [...busy.keys()].forEach(unlock));

// One polite sentence when the line goes, one when it is back.
const toast = document.querySelector("[data-toast]");
let timer;
const say = (what) => {
  if (!toast) return;
  clearTimeout(timer);
  toast.textContent = toast.dataset[what];
  timer = setTimeout(() => (toast.textContent = ""), 6000);
};
window.addEventListener("offline", () => say("offline"));
window.addEventListener("online", () => say("online"));

// A field that holds less than what is pasted: browsers cut it and say nothing.
document.addEventListener("paste", ({ target, clipboardData }) => {
  if (!(target.maxLength > 0)) return;
  const kept = target.value.length - (target.selectionEnd - target.selectionStart);
  if (kept + clipboardData.getData("text").length > target.maxLength) say("cut");
});

// Marks in the table of contents the part that is being read.
const contents = document.querySelector("[data-spy]");
if (contents && "IntersectionObserver" in window) {
  const links = new Map();
  for (const link of all("a", contents)) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const mark = () => {
    let current = null;
    for (const heading of links.keys()) {
      if (!current || heading.getBoundingClientRect().top < 160) current = heading;
    }
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "-150px 0px -50% 0px" });
  for (const heading of links.keys()) observer.observe(heading);
  mark();
}
