import { expect, test } from "bun:test";

import { noticeWord, statusWord } from "../../static/js/quiz/status.js";

const CALM = { writing: 0, waiting: 0, isLasting: true };

test.each([
  ["", {}],
  ["saved", { savedAt: "10.30" }],
  ["sent", { savedAt: "10.30", isBehind: true }],
  ["saving", { writing: 1, savedAt: "10.30" }],
  ["saving", { waiting: 1, isSending: true }],
  ["sending", { waiting: 1, isSending: true, isBehind: true }],
  ["waiting", { waiting: 1, isOffline: true }],
  ["queued", { waiting: 1 }],
  ["memory", { waiting: 1, isLasting: false }],
  ["sending", { isHandingIn: true }],
  ["waiting", { waiting: 1, isHandingIn: true, isOffline: true }],
  // What is on its way into the log is not saved yet, whatever else is.
  ["saving", { writing: 1, waiting: 3, isOffline: true }],
])("the line about saving says %p for %p", (word, state) => {
  expect(statusWord({ ...CALM, ...state })).toBe(word);
});

test.each([
  ["", {}],
  ["offline", { isOffline: true }],
  ["unkept", { isOffline: true, isLasting: false }],
  ["wait", { isOffline: true, isLeaving: true }],
  ["wait-submit", { isOffline: true, isLeaving: true, isHandingIn: true }],
  ["over", { isOver: true, isOffline: true, isLeaving: true, isHandingIn: true }],
  ["finished", { isFinished: true, isOffline: true }],
  ["refused", { told: "refused", isOffline: true }],
  ["token", { told: "token", isOver: true }],
])("the notice says %p for %p", (word, state) => {
  expect(noticeWord({ ...CALM, ...state })).toBe(word);
});
