// "Ada tulisan yang belum tersimpan": what this browser still has is offered beside what
// the server offers. Each is one writing, whoever has more of it.

/** Show an offer for each writing; `bring` puts one into the form. */
export function offer(writings, { box, template, bring, drop, tell }) {
  for (const writing of writings) {
    replaceOlder(box, writing);
    const shown = template.content.cloneNode(true).firstElementChild;
    const said = shown.querySelector("[data-said]");
    said.textContent = tell(said.dataset.said, writing);
    shown.querySelector("[data-bring]").addEventListener("click", () => {
      shown.remove();
      bring(writing);
    });
    const button = shown.querySelector("[data-drop]");
    button.addEventListener("click", () => dropped(shown, writing, { drop, button }));
    box.append(shown);
  }
}

/** The server offers the same sitting: what is here is as new or newer. */
function replaceOlder(box, { sitting }) {
  const older = [...box.querySelectorAll("[data-offer]")];
  older.find(({ dataset }) => dataset.offer.startsWith(`${sitting}:`))?.remove();
}

/** Dropping can be taken back until the page is left. */
function dropped(shown, writing, { drop, button }) {
  const undrop = drop(writing);
  const said = shown.querySelector("[data-said]");
  const before = said.textContent;
  said.textContent = button.dataset.dropped;
  shown.querySelector("[data-bring]").hidden = true;
  const { undo } = button.dataset;
  const back = button.cloneNode();
  back.textContent = undo;
  button.replaceWith(back);
  back.addEventListener("click", () => {
    undrop();
    said.textContent = before;
    shown.querySelector("[data-bring]").hidden = false;
    back.replaceWith(button);
    button.focus();
  });
  back.focus();
}
