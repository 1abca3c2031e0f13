// Copies a value beside its button; without this the value is selected by one press.
document.querySelectorAll("[data-copy]").forEach((button) => {
  const value = button.parentElement.querySelector("[data-copied]");
  if (!navigator.clipboard || !value) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(value.textContent).then(() => {
      document.querySelectorAll("[data-copy].is-copied").forEach((other) => {
        other.classList.remove("is-copied");
      });
      button.classList.add("is-copied");
    });
  });
});
