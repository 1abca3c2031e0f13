// The outline of a draft, by dragging. What is dropped is sent as the buttons send it,
// so the server checks, records and answers the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-outline]");
  if (!form) return;
  let dragged = null;

  const rowOf = (element) => element.closest("[data-lesson]");
  const clear = () => {
    for (const mark of document.querySelectorAll(".is-drop")) mark.classList.remove("is-drop");
  };
  // The row before which a drop would put it; null means the end of the list.
  const below = (list, y) =>
    [...list.querySelectorAll("[data-lesson]")].find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged && y < box.top + box.height / 2;
    }) || null;

  document.addEventListener("dragstart", (event) => {
    if (!event.target.closest?.("[data-grip]")) return;
    dragged = rowOf(event.target);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.lesson);
    event.dataTransfer.setDragImage(dragged, 20, 20);
  });
  document.addEventListener("dragover", (event) => {
    const list = dragged && event.target.closest("[data-module]");
    clear();
    if (!list) return;
    event.preventDefault();
    (below(list, event.clientY) || list).classList.add("is-drop");
  });
  document.addEventListener("drop", (event) => {
    const list = dragged && event.target.closest("[data-module]");
    clear();
    if (!list) return;
    event.preventDefault();
    const said = {
      command: `lesson-place:${dragged.dataset.lesson}`,
      module: list.dataset.module,
      before: below(list, event.clientY)?.dataset.lesson || "",
    };
    dragged = null;
    for (const [name, value] of Object.entries(said)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    form.requestSubmit();
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
})();
