// The box that a lesson is typed in: CodeMirror in the place of a plain text area. The
// area stays in the form and always holds the same words, so that sending, guarding and
// reading the form are what they were.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkup,
  markdownLanguage,
} from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LOOK = HighlightStyle.define([
  { tag: tags.heading, class: "is-heading" },
  { tag: tags.strong, class: "is-strong" },
  { tag: tags.emphasis, class: "is-emphasis" },
  { tag: [tags.link, tags.url], class: "is-link" },
  { tag: tags.processingInstruction, class: "is-mark" },
]);

/**
 * Put an editor in the place of a text area and return its view.
 *
 * The editor takes over the area's id and label. Tab is left alone: it leaves the box.
 * `nonce` is what the page's policy asks of a style sheet that a script makes.
 */
export function openArea(area, { nonce, extensions }) {
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorView.cspNonce.of(nonce),
        history(),
        markdownLanguage,
        syntaxHighlighting(LOOK),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(namesOf(area)),
        ...extensions,
        keymap.of([
          { key: "Enter", run: insertNewlineContinueMarkup },
          { key: "Backspace", run: deleteMarkupBackward },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => update.docChanged && mirror(update, area)),
      ],
    }),
  });
  area.id += "_source";
  area.hidden = true;
  area.after(view.dom);
  return view;
}

function namesOf(area) {
  const { id, lang } = area;
  const label = area.labels[0];
  label.id ||= `${id}-label`;
  label.addEventListener("click", () => document.getElementById(id).focus());
  return {
    id,
    lang,
    spellcheck: "true",
    autocorrect: "on",
    autocapitalize: "sentences",
    "aria-labelledby": label.id,
    "aria-describedby": area.getAttribute("aria-describedby"),
  };
}

function mirror({ state }, area) {
  area.value = state.doc.toString();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Show a line, counted from 1, and choose it. */
export function showLine(view, number) {
  const { doc } = view.state;
  const line = doc.line(Math.min(Math.max(1, number), doc.lines));
  const effects = EditorView.scrollIntoView(line.from, { y: "center" });
  view.dispatch({ selection: { anchor: line.from, head: line.to }, effects });
  view.focus();
}

/** Replace all words at once; one step back undoes it. */
export function replaceAll(view, words) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: words } });
}
