// The tool bar above the box: one stop for Tab, arrows inside it, as WAI-ARIA says of tool
// bars. What a button does stands in its `data-` attributes, in the page's own language.

import { around, block, heading, insert, link, startLines } from "./commands.js";

/** Return the command of a button, undefined for a button that has none. */
export function commandOf({ dataset }) {
  const { tool, mark, words, chosen } = dataset;
  const made = {
    around: () => around(mark),
    heading: () => heading(2),
    lines: () => startLines(mark),
    link: () => link,
    block: () => block(words, chosen),
    insert: () => insert(words),
  };
  return made[tool]?.();
}

/** Let the buttons of a bar work on an editor. */
export function useTools(bar, view) {
  bar.hidden = false;
  const stops = () => [...bar.querySelectorAll(":scope > button, summary")];
  const rest = (target) => {
    for (const stop of stops()) stop.tabIndex = stop === target ? 0 : -1;
  };
  rest(stops()[0]);
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const command = button && commandOf(button);
    if (!command) return;
    button.closest("details")?.removeAttribute("open");
    view.focus();
    command(view);
  });
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(event.target);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 };
    if (event.key === "Escape") closeMenus(bar, view);
    if (at < 0 || !(event.key in steps)) return;
    const next = all[(steps[event.key] + all.length) % all.length];
    event.preventDefault();
    rest(next);
    next.focus();
  });
  bar.addEventListener("focusin", ({ target }) => stops().includes(target) && rest(target));
  document.addEventListener("click", ({ target }) => {
    for (const menu of bar.querySelectorAll("details[open]")) {
      if (!menu.contains(target)) menu.removeAttribute("open");
    }
  });
}

function closeMenus(bar, view) {
  const open = bar.querySelector("details[open]");
  if (!open) return view.focus();
  open.removeAttribute("open");
  return open.querySelector("summary").focus();
}

/** The same by keys; `save` is called for Ctrl+S. */
export function shortcuts(save) {
  return [
    { key: "Mod-b", run: around("**") },
    { key: "Mod-i", run: around("*") },
    { key: "Mod-k", run: link },
    { key: "Mod-Alt-2", run: heading(2) },
    { key: "Mod-Shift-7", run: startLines("1. ") },
    { key: "Mod-Shift-8", run: startLines("- ") },
    { key: "Mod-s", run: () => save() || true },
  ];
}
