// Sends what is typed to the server, a moment after the last key and every few seconds
// while keys come. Everything is in this browser before it travels (kept.js): a failure is
// told and tried again, and changes nothing else.

const PAUSE = 1500;
const LONGEST = 4000;
const RETRIES = [3000, 6000, 12_000, 30_000];
const PATIENCE = 20_000;

/**
 * `read` returns the fields as they stand, `post` sends a writing and `tell` is told how
 * it stands: "typing", "kept" with the server's words, "here", "ended", "refused" with
 * the server's words, or "lost".
 */
export class Autosave {
  #timer;
  #due = 0;
  #failures = 0;
  #isSending = false;

  constructor({ sitting, sequence, kept, read, post, tell, clock = Date }) {
    Object.assign(this, { sitting, sequence, kept, read, post, tell, clock });
    this.sent = sequence;
    this.isHere = true;
  }

  /** Whether closing the page would lose words: neither browser nor server has them. */
  get wouldLose() {
    return !this.isHere && this.sent < this.sequence;
  }

  /** Something was typed. */
  typed() {
    this.sequence += 1;
    const writing = { sitting: this.sitting, sequence: this.sequence, at: this.clock.now() };
    this.isHere = this.kept.keep({ ...writing, ...this.read() });
    if (!this.#failures) this.tell(this.isHere ? "typing" : "lost");
    this.#schedule();
  }

  #schedule() {
    if (this.#failures || this.#isSending) return;
    const now = this.clock.now();
    this.#due ||= now + LONGEST;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), Math.min(PAUSE, Math.max(0, this.#due - now)));
  }

  /** Send now what the server does not have yet. */
  async send() {
    clearTimeout(this.#timer);
    if (this.#isSending || this.sent >= this.sequence) return;
    this.#isSending = true;
    this.#due = 0;
    const { sequence } = this;
    let said = { state: "here" };
    try {
      said = await this.post({ sequence, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      // No line, or no server: the words are here.
    }
    this.#isSending = false;
    if (said.state === "kept") this.#arrived(sequence, said.words);
    else this.#failed(said);
  }

  #arrived(sequence, words) {
    this.#failures = 0;
    this.sent = sequence;
    if (this.sent === this.sequence) this.tell("kept", words);
    else this.#schedule();
  }

  #failed({ state, words }) {
    this.tell(this.isHere || state === "refused" ? state : "lost", words);
    const wait = RETRIES[Math.min(this.#failures, RETRIES.length - 1)];
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), wait);
  }
}
