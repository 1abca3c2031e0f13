import { expect, test } from "bun:test";

import { digitsOf, isAnnounced } from "../../static/js/quiz/timer.js";

test.each([
  [0, "0.00"],
  [9, "0.09"],
  [760, "12.40"],
  [6000, "100.00"],
])("%p seconds are shown as %p", (seconds, digits) => {
  expect(digitsOf(seconds)).toBe(digits);
});

test("ten, five and one minute are announced, once each, on the way down", () => {
  const minutes = [12, 11, 10, 10, 9, 5, 2, 1, 1, 0];

  const announced = minutes.filter((now, index) => isAnnounced(now, minutes[index - 1]));

  expect(announced).toEqual([10, 5, 1]);
  expect(isAnnounced(10, 9)).toBe(false);
});
