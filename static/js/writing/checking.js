// Preview, size and problems while writing: asked of the server after a pause, because it
// judges by the same rules that publishing does. What it advises is asked after a longer
// one: that may wait, and is as much work as the preview.

import { forEachDiagnostic, lintGutter, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";

const PAUSE = 900;
const LONG_PAUSE = 3500;

/** Problems beside their lines; F8 goes to the next one. */
export const problemGutter = [lintGutter(), keymap.of([{ key: "F8", run: nextDiagnostic }])];

/** Asks what the server says of the words in the form, now and after each pause. */
export class Checking {
  #timers = [];
  #turn = 0;

  constructor(form, view) {
    this.form = form;
    this.view = view;
  }

  /** Something was typed: ask after a pause. */
  typed() {
    this.#timers.forEach(clearTimeout);
    this.#turn += 1;
    this.#timers = [
      setTimeout(() => this.ask(), PAUSE),
      setTimeout(() => this.#askAdvice(), LONG_PAUSE),
    ];
  }

  /** Ask now. Without a line the last preview stays, and the button still works. */
  async ask() {
    const said = await this.#said(this.form.dataset.check);
    if (!said) return;
    const { size, problems, preview, rows } = said;
    document.getElementById("lesson-size").innerHTML = size;
    document.getElementById("lesson-problems").innerHTML = problems;
    // With problems nothing can be rendered: the last good preview stays below them.
    if (preview) document.getElementById("preview-content").innerHTML = preview;
    this.#mark("error", rows);
  }

  async #askAdvice() {
    const said = await this.#said(this.form.dataset.advice);
    if (!said) return;
    document.getElementById("lesson-advice").innerHTML = said.advice;
    this.#mark("warning", said.rows);
  }

  /** What the server says, unless something was typed meanwhile or nothing came. */
  async #said(address) {
    const mine = this.#turn;
    try {
      const body = new FormData(this.form);
      const response = await fetch(address, { method: "POST", body });
      if (!response.ok || response.redirected) return null;
      const said = await response.json();
      return mine === this.#turn ? said : null;
    } catch {
      return null;
    }
  }

  /** Mark these lines, and leave the marks of the other kind where they are. */
  #mark(severity, rows) {
    const { state } = this.view;
    const others = [];
    forEachDiagnostic(state, (mark, from, to) => {
      if (mark.severity !== severity) others.push({ ...mark, from, to });
    });
    this.view.dispatch(setDiagnostics(state, [...others, ...marksOf(state, rows)]));
  }
}

/** Return the change that marks lines: each row is `[line, severity, words]`. */
export function markLines(state, rows) {
  return setDiagnostics(state, marksOf(state, rows));
}

function marksOf({ doc }, rows) {
  return rows.map(([number, severity, message]) => {
    const line = doc.line(Math.min(Math.max(1, number), doc.lines));
    return { from: line.from, to: line.to, severity, message };
  });
}
