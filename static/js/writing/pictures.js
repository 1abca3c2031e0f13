// Pictures and files that are chosen, pasted or dropped: sent to the course, and the
// Markdown that shows them put where they were meant to stand.

import { sendFile } from "./sending.js";

/**
 * Let files come into an editor. `form` says in its data where they go and what is said;
 * `say` tells something that must be heard.
 */
export function takeFiles(form, say) {
  const take = (event, view, data, at) => {
    const files = [...(data?.files || [])];
    // Word sends a picture of what was copied beside the words: the words are meant.
    if (!files.length || data.types.includes("text/html")) return false;
    event.preventDefault();
    insertFiles({ form, say, view, at }, files);
    return true;
  };
  return {
    paste: (event, view) => take(event, view, event.clipboardData),
    drop: (event, view) => take(event, view, event.dataTransfer, view.posAtCoords(event)),
    useButton: (button, view) => {
      const input = button.parentNode.querySelector("input[type=file]");
      button.addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        button.closest("details")?.removeAttribute("open");
        insertFiles({ form, say, view }, [...input.files]);
        input.value = "";
      });
    },
  };
}

async function insertFiles({ form, say, view, at }, files) {
  const words = form.dataset;
  let place = at ?? view.state.selection.main.head;
  for (const file of files) {
    // The place is held by words, so that whoever goes on typing moves it along.
    const held = `![${words.sending.replace("{name}", nameOf(file))}]()`;
    view.dispatch({ changes: { from: place, insert: held }, userEvent: "input.paste" });
    // eslint-disable-next-line no-await-in-loop -- one after the other, in their order
    const said = await sendFile(form, words.files, file).catch(() => ({ error: words.lost }));
    place = replace(view, held, said.markdown || "", place);
    say(said.error ? `${file.name}: ${said.error}` : described(said, words));
  }
  view.focus();
}

const nameOf = (file) => (file.name || "").replaceAll(/[[\]()\n]/g, "").slice(0, 60);

const described = ({ markdown }, words) => (markdown.startsWith("![](") ? words.describe : "");

/** Put the Markdown where its place was held; where that is gone, at the old place. */
function replace(view, held, markdown, place) {
  const { doc } = view.state;
  const found = doc.toString().indexOf(held);
  const from = found < 0 ? Math.min(place, doc.length) : found;
  const to = found < 0 ? from : from + held.length;
  // What a picture shows is to be typed next.
  const anchor = from + (markdown.startsWith("![](") ? 2 : markdown.length);
  view.dispatch({
    changes: { from, to, insert: markdown },
    selection: { anchor },
    userEvent: "input.paste",
    scrollIntoView: true,
  });
  return from + markdown.length;
}
