import { expect, jest, test } from "bun:test";

import { Autosave } from "../../static/js/writing/autosave.js";

/** An autosave whose server answers as it is told, and what was posted and said. */
function makeAutosave(answers, { isHere = true } = {}) {
  const posted = [];
  const told = [];
  const autosave = new Autosave({
    sitting: "a",
    sequence: 0,
    kept: { keep: () => isHere },
    read: () => ({ text: "x" }),
    post: async ({ sequence }) => {
      posted.push(sequence);
      const answer = answers.shift();
      if (!answer) throw new Error("no line");
      return typeof answer === "function" ? answer() : answer;
    },
    tell: (state) => told.push(state),
    clock: { now: () => 0 },
  });
  return { autosave, posted, told };
}

const KEPT = { state: "kept", words: "…" };

test("what arrived is not sent again", async () => {
  const { autosave, posted, told } = makeAutosave([KEPT]);
  autosave.typed();
  autosave.typed();
  await autosave.send();
  await autosave.send();

  expect(posted).toEqual([2]);
  expect(told.at(-1)).toBe("kept");
});

test("what is typed while something travels is sent after it", async () => {
  jest.useFakeTimers();
  const made = makeAutosave([() => made.autosave.typed() || KEPT, KEPT]);
  made.autosave.typed();
  await made.autosave.send();
  expect(made.autosave.sent).toBe(1);
  await made.autosave.send();
  jest.useRealTimers();

  expect(made.posted).toEqual([1, 2]);
});

test("without a line the words are here, and closing loses nothing", async () => {
  const { autosave, told } = makeAutosave([null, KEPT]);
  autosave.typed();
  await autosave.send();

  expect(told.at(-1)).toBe("here");
  expect(autosave.wouldLose).toBe(false);
  await autosave.send();
  expect(told.at(-1)).toBe("kept");
});

test("with neither a line nor a store it says that words would be lost", async () => {
  const { autosave, told } = makeAutosave([null], { isHere: false });
  autosave.typed();
  await autosave.send();

  expect(told.at(-1)).toBe("lost");
  expect(autosave.wouldLose).toBe(true);
});
