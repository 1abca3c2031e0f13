// Answers on their way from the log of this device to the server: in order, each once,
// however often the line goes. Everything stays in the log until the server has named
// its number.

import { inMemory } from "./log.js";
import { MOST_AT_ONCE, postSaves } from "./wire.js";

const LONGEST_PAUSE = 60;

/** Return the seconds to wait after so many failures; an outage ends for all at once,
 * hence the chance. */
export function pauseAfter(failures, chance = Math.random()) {
  return Math.min(LONGEST_PAUSE, 2 ** failures) * (1 + chance);
}

export class Sending {
  /**
   * `heard` is told what happens: `changed()` when the page has something else to say,
   * `taken(save, reply)` for each answer the server took, `answered(reply, refused)` for
   * each of its replies, `tokenEnded()`, and `finished()` when nothing waits any more.
   * `opening` is the promise of the log; nothing is written or sent before.
   */
  constructor({ url, token, device, person, opening, heard }) {
    Object.assign(this, { url, token, device, person, heard });
    this.log = inMemory(person);
    this.pending = []; // not taken by the server yet, oldest first
    this.writing = 0; // on their way into the log
    this.written = Promise.resolve();
    this.settled = new Set(); // numbers that need not be sent again
    this.named = {}; // the last number that the server took of each device
    this.running = null; // the promise of what is being sent
    this.most = MOST_AT_ONCE;
    this.failures = 0;
    this.isOffline = false;
    this.isBehind = false; // something had to wait
    this.ready = this.open(opening);
  }

  async open(opening) {
    this.log = await opening;
    this.pending = await this.waiting().catch(() => []); // a log that is broken stops nobody
    this.isBehind = this.pending.length > 0;
  }

  /** Return what the log has of this attempt, also from other visits and other tabs. */
  async waiting() {
    const saves = await this.log.all();
    return saves.filter((save) => save.url === this.url && !this.settled.has(save.sequence));
  }

  /** Write an answer into the log, after those before it, and send it. `offset` gives the
   * time it was said: it is asked once the clock is known. */
  write(said, offset) {
    this.writing += 1;
    this.written = this.written.then(() => this.keep(said, offset));
  }

  async keep(said, offset) {
    await this.ready;
    const { url, token, device } = this;
    const save = { url, token, device, ...said, offset_ms: offset() };
    save.sequence = await this.log.add(save).catch(() => {
      this.log = inMemory(this.person);
      return this.log.add(save);
    });
    this.writing -= 1;
    this.pending.push(save);
    this.send();
  }

  /** Add what other tabs have written since; return whether there was anything. */
  async gather() {
    const more = await this.waiting().catch(() => []);
    this.pending.push(...more);
    return more.length > 0;
  }

  /** Send all that waits. Even with nothing to say it asks the server for the time. */
  send() {
    if (!this.running) this.running = this.sendAll().catch((error) => this.failed(error));
    return this.running;
  }

  async sendAll() {
    try {
      await this.ready;
      this.heard.changed();
      do await this.sendBatch();
      while (this.pending.length > 0);
    } finally {
      this.running = null;
    }
    this.failures = 0;
    clearTimeout(this.retry);
    return this.heard.finished();
  }

  async sendBatch() {
    const batch = this.pending.slice(0, this.most);
    const { status, text } = await postSaves(this.url, this, batch);
    this.isOffline = false;
    if (status === 200) this.take(batch, JSON.parse(text));
    else if (status === 400 && batch.length > 1) this.most = 1; // which one is unreadable?
    else if (status === 400) this.take(batch, { accepted: [], refused: batch });
    else {
      if (status === 403) this.heard.tokenEnded();
      throw status;
    }
  }

  take(batch, reply) {
    const refused = reply.refused.map((save) => save.sequence);
    for (const save of batch) {
      const isTaken = reply.accepted.includes(save.sequence);
      if (!isTaken && !refused.includes(save.sequence)) throw 0;
      if (isTaken) {
        this.named[save.device] = Math.max(this.named[save.device] || 0, save.sequence);
        this.heard.taken(save, reply);
      }
      this.settled.add(save.sequence);
      this.log.remove(save).catch(() => {});
    }
    this.pending = this.pending.filter((save) => !batch.includes(save));
    this.heard.answered(reply, refused);
  }

  /** Something could not be sent; try again after a while. An error that is no status
   * means that there is no line. */
  failed(error) {
    this.isOffline = typeof error !== "number";
    if (this.pending.length > 0) this.isBehind = true;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.send(), pauseAfter(this.failures) * 1000);
    this.failures += 1;
    this.heard.changed();
  }

  /** Try at once: the line is back, or somebody looks at the page again. */
  wake() {
    this.failures = 0;
    return this.send();
  }
}
