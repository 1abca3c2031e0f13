// The page of a lesson: the box to type in, its tools, what is pasted, preview and
// problems. Everything can be done without it: blocks are typed, the preview has a button.

import { EditorView, keymap } from "@codemirror/view";

import { openArea, replaceAll, showLine } from "./writing/area.js";
import { Checking, markLines, problemGutter } from "./writing/checking.js";
import { keepTyping } from "./writing/keeping.js";
import { markdownOf } from "./writing/paste.js";
import { takeFiles } from "./writing/pictures.js";
import { shortcuts, useTools } from "./writing/tools.js";

const { nonce } = document.currentScript;
const form = document.querySelector("form[data-editor]");
const area = document.getElementById("id_text");

/** Say something that must be heard, below the box. */
function say(words) {
  const notice = document.querySelector("[data-notice]");
  notice.textContent = words;
  notice.hidden = !words;
}

/** A paste that would not fit is refused whole: half a text is worse than none. */
function paste(event, view) {
  const html = event.clipboardData?.getData("text/html");
  const { words, pictures } = html
    ? markdownOf(html)
    : { words: event.clipboardData?.getData("text/plain") || "", pictures: 0 };
  if (!words) return false;
  event.preventDefault();
  const { from, to } = view.state.selection.main;
  const limit = Number(form.dataset.limit);
  const left = limit - (view.state.doc.length - (to - from));
  if (words.length > left) {
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    const said = form.dataset.tooLong.replace("{n}", number(words.length));
    say(said.replace("{left}", number(Math.max(0, left))));
    return true;
  }
  view.dispatch(view.state.replaceSelection(words), {
    userEvent: "input.paste",
    scrollIntoView: true,
  });
  say(pictures ? form.dataset.noPictures : "");
  return true;
}

function begin() {
  const files = takeFiles(form, say);
  const save = () => form.requestSubmit(document.querySelector("button[value=save]"));
  const extensions = [
    problemGutter,
    keymap.of(shortcuts(save)),
    EditorView.domEventHandlers({
      paste: (event, box) => files.paste(event, box) || paste(event, box),
      drop: files.drop,
    }),
    EditorView.updateListener.of((update) => update.docChanged && checking.typed()),
  ];
  const view = openArea(area, { nonce, extensions });
  const checking = new Checking(form, view);
  keepTyping(form, (words) => {
    replaceAll(view, words);
    view.focus();
  });
  useTools(document.querySelector("[data-tools]"), view);
  files.useButton(document.querySelector("[data-upload]"), view);
  view.dispatch(markLines(view.state, JSON.parse(form.dataset.marked)));
  form.querySelector("[data-preview]").addEventListener("click", (event) => {
    event.preventDefault();
    checking.ask();
    document.querySelector("[data-tab=preview]").click();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    document.querySelector("[data-tab=write]").click();
    showLine(view, Number(link.dataset.line));
  });
}

if (form && area) begin();
