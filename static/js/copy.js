// Copies a value beside its button; without this the value is selected by one press.
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  let copied;

  const copy = async (button, text) => {
    await navigator.clipboard.writeText(text);
    copied?.classList.remove("is-copied");
    button.classList.add("is-copied");
    copied = button;
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const value = button.parentElement.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", () => copy(button, value.textContent));
  }
})();
