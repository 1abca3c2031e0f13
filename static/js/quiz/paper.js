// The questions of an attempt. All of them come with the page: the one that is asked for
// stands in the form, the others wait in a template, which nobody sees and no form sends.
// One form asks them all in turn; answering needs no line and no further request.

const inputsOf = (question) => [...question.querySelectorAll("input, select")];
const isTicked = (input) => input.type === "checkbox" || input.type === "radio";

/** Return what a form says of the question in it, as the server takes it. */
export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("answer")) fields[name] = [...(fields[name] || []), value];
  }
  return fields;
}

/** Say whether anything was said at all. */
export function isAnswer(fields) {
  return Object.values(fields).flat().some(Boolean);
}

function isTouched(input) {
  if (isTicked(input)) return input.checked !== input.defaultChecked;
  if (!input.options) return input.value !== input.defaultValue;
  const options = [...input.options];
  return input.value !== (options.find((option) => option.defaultSelected) || options[0]).value;
}

export class Paper {
  /** Read the page: `shown` is its form, a question or the summary; `rest` its template. */
  constructor(shown, rest) {
    this.form = shown.dataset.position ? shown : rest.querySelector("form");
    this.questions = new Map();
    for (const question of [shown, rest].flatMap(questionsIn)) {
      this.questions.set(Number(question.dataset.question), question);
    }
    this.marks = [...shown.querySelectorAll(".m-chips li")].map(({ classList }) => ({
      answered: classList.contains("is-answered"),
      flagged: classList.contains("is-flagged"),
    }));
    this.unseen = [...rest.querySelectorAll("img")].map((image) => image.src);
  }

  get number() {
    return Number(this.form.dataset.position);
  }

  get question() {
    return this.questions.get(this.number);
  }

  get total() {
    return this.marks.length;
  }

  has(number) {
    return this.questions.has(number);
  }

  mark(number) {
    return this.marks[number - 1];
  }

  /** Put another question into the form. */
  turnTo(number) {
    const question = this.questions.get(number);
    if (question !== this.question) this.question.replaceWith(question);
    this.form.dataset.position = number;
  }

  /** Say whether the question in the form was answered before any script ran. */
  isTouched() {
    return inputsOf(this.question).some(isTouched);
  }

  /** Note what was said of a question. */
  note({ position, fields, flagged }) {
    this.marks[position - 1] = { answered: isAnswer(fields), flagged };
  }

  /** Show in a question what was said there. */
  restore({ position, fields }) {
    const question = this.questions.get(position);
    for (const input of question ? inputsOf(question) : []) {
      const values = fields[input.name] || [""];
      if (isTicked(input)) input.checked = values.includes(input.value);
      else [input.value] = values;
    }
    question?.dispatchEvent(new Event("restored", { bubbles: true })); // to exercise.js
  }

  /** Return how many questions have a mark, "answered" or "flagged". */
  count(name) {
    return this.marks.filter((mark) => mark[name]).length;
  }

  /** Fetch the pictures of the other questions; those that fail are fetched next time. */
  async fetchPictures() {
    const fetched = await Promise.all(this.unseen.map(fetchPicture));
    this.unseen = this.unseen.filter((_, index) => !fetched[index]);
  }

  /** Return how many questions are on this device with all their pictures. */
  countKept() {
    const lacks = (question) =>
      [...question.querySelectorAll("img")].some((image) => this.unseen.includes(image.src));
    return [...this.questions.values()].filter((question) => !lacks(question)).length;
  }
}

function questionsIn(part) {
  return [...part.querySelectorAll("[data-question]")];
}

function fetchPicture(address) {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = address;
  });
}
