// A running attempt on a poor line: what a press, an answer, the end of the time and each
// reply of the server lead to.
//
// Everything that is answered goes to the log first and is sent from there (sending.js).
// Whatever needs the server, the summary and handing in, waits until all answers have
// arrived; meanwhile the other questions can be answered, because all of them are on the
// phone (paper.js). A hand-in first sends what the log still has of the attempt, also
// from other tabs, and then names the last number of each device that the server took
// (docs/late-answers.md). The end of the time hands in by itself.

import { newKey } from "../phone/keys.js";
import { Clock, neverEarlier } from "./clock.js";
import { openLog } from "./log.js";
import { fieldsOf, isAnswer, Paper } from "./paper.js";
import { Sending } from "./sending.js";
import { Timer } from "./timer.js";
import { drawKept, drawQuestion, drawStatus, focusHeading, introduce } from "./view.js";
import { request } from "./wire.js";
import { wordsOf } from "./words.js";

const SUMMARY = "kirim";
const AS_PART = { "X-Part": "form" }; // the summary without the paper, which is here
const RESTS_AFTER = 700; // typing rests; what was typed so far is an answer

export class Attempt {
  constructor() {
    this.page = document.querySelector("[data-quiz]"); // the form that is shown
    const { person, saveUrl: url, token } = this.page.dataset;
    this.person = person;
    this.root = location.pathname.replace(/[^/]+\/$/, "");
    this.say = wordsOf(document.querySelector("[data-quiz-words]"));
    const { content } = document.querySelector("[data-quiz-paper]");
    // What stands in a template has no address, and so no pictures.
    this.paper = new Paper(this.page, document.importNode(content, true));
    const { kept } = document.documentElement.dataset; // by the service worker
    this.clock = new Clock({ ...this.page.dataset, kept });
    this.wanted = null; // what follows once everything is sent
    this.told = ""; // the word of a notice that a press has led to
    this.isOver = false; // the time
    this.isFinished = false; // the attempt
    this.saidAnew = new Set(); // questions answered before the log was open
    const opening = openLog(person);
    const device = deviceOf(url, { isCopy: Boolean(kept) });
    this.sending = new Sending({ url, token, device, person, opening, heard: this });
    const toast = document.querySelector("[data-toast]");
    // The notice says it already.
    toast.dataset.offline = toast.dataset.online = "";
    const onTick = (seconds) => this.timeIs(seconds);
    this.timer = new Timer({ clock: this.clock, say: this.say, toast, onTick });
  }

  get isQuestion() {
    return this.page === this.paper.form;
  }

  get isOpen() {
    return this.isQuestion && !this.isOver && !this.isFinished;
  }

  async begin() {
    const { paper, sending } = this;
    // A copy opens at the question it was kept at, the address may name another one.
    const asked = Number(location.pathname.slice(this.root.length, -1));
    if (this.isQuestion && paper.has(asked)) paper.turnTo(asked);
    if (this.isQuestion) {
      const fields = fieldsOf(this.page);
      paper.mark(paper.number).answered = isAnswer(fields);
      if (paper.isTouched()) this.record();
    }
    focusHeading(this.page);
    await sending.ready;
    // The log is said oldest first: of each question its last word stays.
    for (const save of sending.pending) this.restore(save);
    if (this.isQuestion) drawQuestion(paper, this.say);
    this.timer.start(this.page);
    this.fetchPictures();
    sending.send();
  }

  restore(save) {
    if (this.saidAnew.has(save.position)) return;
    this.paper.note(save);
    this.paper.restore(save);
  }

  // --- answering -----------------------------------------------------------------------

  /** Take down what the question in the form says. */
  record(flagged = this.paper.mark(this.paper.number).flagged) {
    clearTimeout(this.typing); // it is in the form, and so in what is said now
    this.typing = null;
    const at = this.clock.ticks();
    const said = { position: this.paper.number, fields: fieldsOf(this.page), flagged };
    this.saidAnew.add(said.position);
    this.paper.note(said);
    this.moveOn();
    drawQuestion(this.paper, this.say);
    this.sending.write(said, () => this.offsetOf(at));
    this.changed();
  }

  offsetOf(at) {
    const offset = this.clock.offsetOf(at);
    try {
      return neverEarlier(offset, this.clock.limit, this.sending.url, localStorage);
    } catch {
      return offset; // no storage, and so no other visit that this phone remembers
    }
  }

  /** Turn the mark of doubt of the question in the form. */
  doubt() {
    if (this.isOpen) this.record(!this.paper.mark(this.paper.number).flagged);
  }

  /** Something is being typed: it is taken down when the typing rests. */
  type() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.flush(), RESTS_AFTER);
  }

  /** Take down now what was typed. */
  flush() {
    if (this.typing && this.isOpen) this.record();
  }

  /** A press ends what was wanted and told before; the end of the time stays wanted. */
  moveOn() {
    const { sending } = this;
    this.flush();
    this.told = "";
    if (!this.isOver) this.wanted = null;
    if (sending.pending.length === 0) sending.isBehind = false;
  }

  // --- going from question to question -------------------------------------------------

  /** Open a question by its number, or the summary. */
  go(name) {
    const number = Number(name);
    if (!this.paper.has(number)) return this.ask(this.openingOf(name));
    const isShown = this.isQuestion && this.paper.number === number;
    this.moveOn();
    if (isShown) return this.changed();
    this.paper.turnTo(number);
    drawQuestion(this.paper, this.say);
    return this.show(this.paper.form, number);
  }

  show(page, name) {
    if (page !== this.page) {
      this.timer.moveTo(page);
      this.page.replaceWith(page);
      this.page = page;
    }
    if (this.isQuestion) drawKept(this.paper, this.say);
    this.changed();
    const path = `${this.root}${name}/`;
    if (location.pathname !== path) history.pushState(null, "", path);
    introduce(page);
  }

  /** Return the job that fetches the summary: only the server knows what has arrived. */
  openingOf(name) {
    const open = async () => {
      const page = await this.fetchSummary();
      if (this.wanted !== open) return null;
      this.wanted = this.isOver ? this.handIn : null;
      // It is the login or the result by now.
      if (!page || name !== SUMMARY) return location.assign(`${this.root}${name}/`);
      this.show(page, name);
      return this.proceed();
    };
    return open;
  }

  async fetchSummary() {
    const options = { cache: "no-store", headers: AS_PART };
    const { text } = await request(`${this.root}${SUMMARY}/`, options);
    this.sending.isOffline = false;
    const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-quiz]");
    if (!found || found.dataset.person !== this.person) return null;
    this.sending.token = found.dataset.token;
    return document.adoptNode(found);
  }

  /** Answers go first; without a line the job waits. */
  async ask(job) {
    const { sending } = this;
    this.moveOn();
    this.wanted = job;
    await sending.written;
    await (sending.pending.length > 0 || sending.running ? sending.send() : this.proceed());
    if (sending.isOffline) scrollTo(0, 0);
  }

  proceed() {
    return this.wanted && this.wanted().catch((error) => this.sending.failed(error));
  }

  // --- the end -------------------------------------------------------------------------

  handIn = async () => {
    const { sending } = this;
    this.changed();
    if (await sending.gather()) return sending.send();
    const body = new FormData(this.page);
    body.append("log", JSON.stringify(sending.named));
    const options = { method: "POST", redirect: "manual", headers: AS_PART, body };
    const { status } = await request(`${this.root}${SUMMARY}/`, options);
    sending.isOffline = false;
    if (status !== 409) return this.leave();
    this.told = "unsent";
    this.wanted = null;
    return this.changed();
  };

  /** Go where the address leads by now: to the result, or to the login. */
  leave = async () => location.replace(`${this.root}${SUMMARY}/`);

  timeIs(seconds) {
    const isOver = seconds === 0;
    if (this.isOver === isOver || this.isFinished) return;
    this.flush();
    this.isOver = isOver;
    this.wanted = isOver ? this.handIn : null;
    this.changed();
    if (isOver) this.sending.send(); // first: the server may have given more time
  }

  // --- what sending.js tells -----------------------------------------------------------

  changed() {
    drawStatus(this.page, this.state(), this.say);
    if (this.isQuestion) this.paper.question.disabled = !this.isOpen;
  }

  taken(save, reply) {
    const question = this.paper.questions.get(save.position);
    if (question) question.dataset.savedAt = reply.saved_at;
  }

  answered(reply, refused) {
    if (refused.length > 0) {
      this.told = "refused";
      this.wanted = null;
    }
    if (reply.seconds_left != null) this.clock.setSecondsLeft(reply.seconds_left);
    if (reply.state === "in_progress") return;
    const isLeaving = this.isOver || this.wanted === this.handIn;
    this.isFinished = true;
    this.wanted = isLeaving ? this.leave : null;
  }

  tokenEnded() {
    this.told = "token";
  }

  finished() {
    this.timer.tick();
    this.changed();
    return this.proceed();
  }

  state() {
    const { sending, told, isFinished, isOver, wanted, root } = this;
    const { writing, isBehind, isOffline, log } = sending;
    return {
      writing,
      waiting: new Set(sending.pending.map((save) => save.position)).size,
      isBehind,
      isOffline,
      isSending: Boolean(sending.running),
      isLasting: log.isLasting,
      isHandingIn: wanted === this.handIn,
      isLeaving: Boolean(wanted),
      savedAt: this.isQuestion ? this.paper.question.dataset.savedAt : "",
      told,
      isFinished,
      isOver,
      root,
    };
  }

  // --- the phone -----------------------------------------------------------------------

  /** The line may be back, or somebody looks at the page again. */
  wake() {
    this.fetchPictures();
    return this.sending.wake();
  }

  async fetchPictures() {
    await this.paper.fetchPictures();
    drawKept(this.paper, this.say);
  }

  /** Say whether leaving now would lose an answer. */
  get wouldLose() {
    const { writing, log, pending } = this.sending;
    return writing > 0 || (!log.isLasting && pending.length > 0);
  }
}

/**
 * Return the device that a visit is. Each is one of its own: two tabs of one phone count
 * apart. A copy that is opened without a line goes on as the visit that was kept: the
 * server knows only that one, and after the deadline takes nothing from a stranger.
 */
function deviceOf(url, { isCopy }) {
  const place = `device-${url}`;
  try {
    const device = (isCopy && localStorage.getItem(place)) || newKey();
    localStorage.setItem(place, device);
    return device;
  } catch {
    return newKey(); // no storage, and so no copy
  }
}
