// What the tool bar and the shortcuts do to the words: each takes what CodeMirror gives a
// command, `{ state, dispatch }`, and needs no page.

import { EditorSelection } from "@codemirror/state";

/** Put marks around the chosen words, or take them away. */
export const around =
  (before, after = before) =>
  ({ state, dispatch }) => {
    const change = state.changeByRange((range) =>
      isAround(state, range, before, after)
        ? unwrapped(range, before, after)
        : wrapped(range, before, after),
    );
    dispatch(state.update(change, { userEvent: "input", scrollIntoView: true }));
    return true;
  };

/** One star makes italics and two make bold: three are both, and one alone is no bold. */
function isAround(state, { from, to }, before, after) {
  if (!before.startsWith("*")) return false;
  const above = /\**$/.exec(state.sliceDoc(Math.max(0, from - 3), from))[0].length;
  const below = /^\**/.exec(state.sliceDoc(to, to + 3))[0].length;
  const stars = Math.min(above, below);
  return before.length === 1 ? stars % 2 === 1 : stars >= after.length;
}

function unwrapped({ from, to }, before, after) {
  return {
    changes: [
      { from: from - before.length, to: from },
      { from: to, to: to + after.length },
    ],
    range: EditorSelection.range(from - before.length, to - before.length),
  };
}

function wrapped({ from, to }, before, after) {
  return {
    changes: [
      { from, insert: before },
      { from: to, insert: after },
    ],
    range: EditorSelection.range(from + before.length, to + before.length),
  };
}

/**
 * Begin every chosen line with a mark, or take it away where all have it.
 *
 * `1. ` counts on.
 */
export const startLines =
  (mark) =>
  ({ state, dispatch }) => {
    const lines = chosenLines(state);
    const own = mark === "1. " ? /^\d+\. / : mark;
    const has = ({ text }) => (own === mark ? text.startsWith(mark) : own.test(text));
    const isOn = lines.every(has);
    const changes = lines.map((line, at) => {
      const old = has(line) ? (own === mark ? mark : own.exec(line.text)[0]).length : 0;
      const insert = isOn ? "" : mark === "1. " ? `${at + 1}. ` : mark;
      return { from: line.from, to: line.from + old, insert };
    });
    const above = state.doc.lineAt(lines[0].from).number - 1;
    // A list begins below an empty line, as whoever reads the source expects.
    if (!isOn && above > 0 && isPlain(state.doc.line(above).text)) {
      changes[0].insert = `\n${changes[0].insert}`;
    }
    dispatch(state.update({ changes, userEvent: "input", scrollIntoView: true }));
    return true;
  };

const isPlain = (text) => text.trim() !== "" && !/^\s*([-*+•]|\d+[.)])\s/.test(text);

function chosenLines({ doc, selection }) {
  const { from, to } = selection.main;
  const lines = [];
  for (let at = doc.lineAt(from).number; at <= doc.lineAt(to).number; at += 1) {
    lines.push(doc.line(at));
  }
  return lines;
}

/** Make the line a heading of this level, or plain again where it is one already. */
export const heading =
  (level) =>
  ({ state, dispatch }) => {
    const line = state.doc.lineAt(state.selection.main.head);
    const old = /^#{1,6} /.exec(line.text)?.[0] || "";
    const mark = `${"#".repeat(level)} `;
    const insert = old === mark ? "" : mark;
    const changes = { from: line.from, to: line.from + old.length, insert };
    dispatch(state.update({ changes, userEvent: "input", scrollIntoView: true }));
    return true;
  };

/** Put lines of their own below the chosen place; `chosen` is selected in them. */
export const block =
  (words, chosen = "") =>
  ({ state, dispatch }) => {
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    const from = line.text.trim() ? line.to : line.from;
    const above = state.sliceDoc(Math.max(0, from - 2), from);
    const gap = !above || above.endsWith("\n\n") ? "" : above.endsWith("\n") ? "\n" : "\n\n";
    const below = state.sliceDoc(from, from + 2);
    const end = below === "\n\n" || !below ? "\n" : "\n\n";
    const insert = `${gap}${words}${end}`;
    const at = from + gap.length + Math.max(0, words.indexOf(chosen));
    const selection = chosen
      ? { anchor: at, head: at + chosen.length }
      : { anchor: from + gap.length + words.length };
    dispatch(
      state.update({
        changes: { from, insert },
        selection,
        userEvent: "input",
        scrollIntoView: true,
      }),
    );
    return true;
  };

/** Put words at the chosen place, the cursor behind them. */
export const insert =
  (words) =>
  ({ state, dispatch }) => {
    dispatch(
      state.update(state.replaceSelection(words), { userEvent: "input", scrollIntoView: true }),
    );
    return true;
  };

/** Make the chosen words a link, and choose its address, which is to be typed. */
export const link = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const words = state.sliceDoc(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(words);
  const address = isAddress ? words : "https://";
  const text = isAddress ? "" : words;
  const at = from + text.length + 3;
  const selection =
    isAddress || !text ? { anchor: from + 1 } : { anchor: at, head: at + address.length };
  const changes = { from, to, insert: `[${text}](${address})` };
  dispatch(state.update({ changes, selection, userEvent: "input", scrollIntoView: true }));
  return true;
};
