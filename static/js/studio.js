// Studio's editor: tool bar, preview while writing, panels on phones. Everything
// here can also be done without it: the preview has a button, blocks are typed.
(() => {
  "use strict";
  const PAUSE = 1200;
  const form = document.querySelector("form[data-editor]");
  const text = document.getElementById("id_text");

  // --- panels: the tabs of a phone change what is seen and lose nothing typed -------
  const tabs = [...document.querySelectorAll("[data-tab]")];
  const panels = [...document.querySelectorAll("[data-panel]")];
  const show = (name) => {
    for (const panel of panels) {
      if (panel.dataset.panel === name) panel.removeAttribute("data-phone");
      else panel.dataset.phone = "no";
    }
    for (const tab of tabs) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset.tab);
    });
  }

  // --- choices: the card of a key is marked at once ---------------------------------
  document.addEventListener("change", (event) => {
    if (event.target.name !== "right") return;
    for (const pick of document.querySelectorAll("[data-choice] [name=right]")) {
      pick.closest("[data-choice]").classList.toggle("is-right", pick.checked);
    }
  });

  // --- marking rules: the words of the one chosen -----------------------------------
  const scoring = document.querySelector("[data-rules]");
  scoring?.addEventListener("change", () => {
    for (const rule of document.querySelectorAll("[data-rule]")) {
      rule.hidden = rule.dataset.rule !== scoring.value;
    }
  });

  // --- unsaved: said once, in the tool bar ------------------------------------------
  const unsaved = document.querySelector("[data-unsaved]");
  document.addEventListener("input", (event) => {
    if (unsaved && event.target.form === form) unsaved.textContent = unsaved.dataset.text;
  });

  // --- a problem's line -------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link || !text) return;
    event.preventDefault();
    show("write");
    const lines = text.value.split("\n");
    const start = lines.slice(0, link.dataset.line - 1).join("\n").length;
    const from = Number(link.dataset.line) > 1 ? start + 1 : 0;
    text.focus();
    text.setSelectionRange(from, from + (lines[link.dataset.line - 1] || "").length);
    text.scrollTop = (text.scrollHeight * (link.dataset.line - 3)) / lines.length;
  });

  if (!form || !text) return;

  // --- tool bar: execCommand keeps the browser's own undo ---------------------------
  const insert = (words) => {
    text.focus();
    if (document.execCommand("insertText", false, words)) return;
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const chosen = () => text.value.slice(text.selectionStart, text.selectionEnd);
  const around = (before, after) => {
    const words = chosen();
    insert(before + words + after);
    if (words) return;
    const place = text.selectionEnd - after.length;
    text.setSelectionRange(place, place);
  };
  const block = (words) => {
    const above = text.value.slice(0, text.selectionStart);
    const gap = !above || above.endsWith("\n\n") ? "" : above.endsWith("\n") ? "\n" : "\n\n";
    insert(`${gap}${words}\n\n`);
  };
  const startLines = (mark) => {
    const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    text.setSelectionRange(start, text.selectionEnd);
    insert(chosen().split("\n").map((line) => mark + line).join("\n"));
  };
  form.addEventListener("click", (event) => {
    const { around: pair, before, after, block: words, lineStart } =
      event.target.closest(".m-editor-tools button")?.dataset || {};
    if (pair) around(pair, pair);
    else if (before) around(before, after);
    else if (words) block(words);
    else if (lineStart) startLines(lineStart);
  });

  // --- preview: after a pause, by the same address as its button --------------------
  // With problems nothing can be rendered: the last good preview stays below them.
  const PARTS = ["lesson-size", "lesson-problems", "preview-content"];
  let timer;
  let turn = 0;
  const refresh = async () => {
    const mine = ++turn;
    const body = new FormData(form);
    body.set("command", "preview");
    try {
      const response = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!response.ok || mine !== turn) return;
      const sheet = document.querySelector("symbol")?.parentNode;
      for (const symbol of page.querySelectorAll("symbol")) {
        if (sheet && !document.getElementById(symbol.id)) sheet.append(symbol);
      }
      for (const id of PARTS) {
        const fresh = page.getElementById(id);
        const isEmpty = id === "preview-content" && !fresh?.querySelector("article");
        if (fresh && !isEmpty) document.getElementById(id).replaceChildren(...fresh.childNodes);
      }
    } catch {
      // No signal: the last preview stays, and the button still works.
    }
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  form.querySelector("[data-preview]").addEventListener("click", (event) => {
    event.preventDefault();
    refresh();
    show("preview");
  });
})();
