// Studio's pages: panels on phones, cards of a question. The box that a lesson is typed
// in has a script of its own, writing.js.
(() => {
  "use strict";

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
})();
