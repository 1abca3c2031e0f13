import { expect, test } from "bun:test";

import { Clock, neverEarlier } from "../../static/js/quiz/clock.js";

const TEN_MINUTES = {
  started: "2026-11-30T09:00:00+07:00",
  now: "2026-11-30T09:01:00+07:00",
  deadline: "2026-11-30T09:10:00+07:00",
};

/** Return a phone whose two clocks are turned by hand, in seconds. */
function makePhone({ started = 5 } = {}) {
  const phone = { monotonicMs: started * 1000, wallMs: 1e12 };
  return {
    monotonic: () => phone.monotonicMs,
    wall: () => phone.wallMs,
    wait(seconds) {
      phone.monotonicMs += seconds * 1000;
      phone.wallMs += seconds * 1000;
    },
    sleep(seconds) {
      phone.wallMs += seconds * 1000;
    },
    turn(seconds) {
      phone.wallMs += seconds * 1000;
    },
  };
}

test("the server's time goes on with the phone's monotonic clock", () => {
  const phone = makePhone();
  const clock = new Clock(TEN_MINUTES, phone);

  phone.wait(30);

  expect(clock.offsetOf(clock.ticks())).toBe(90_000);
  expect(clock.secondsLeft()).toBe(510);
});

test.each([-3600, 3600])("turning the phone's own clock by %p seconds changes nothing", (by) => {
  const phone = makePhone();
  const clock = new Clock(TEN_MINUTES, phone);

  phone.turn(by);
  clock.notice({ isAwake: false });
  clock.notice({ isAwake: true });

  expect(clock.secondsLeft()).toBe(540);
});

test("a phone that sleeps loses the time it slept", () => {
  const phone = makePhone();
  const clock = new Clock(TEN_MINUTES, phone);

  clock.notice({ isAwake: false });
  phone.sleep(240);
  clock.notice({ isAwake: true });
  clock.notice({ isAwake: false });
  clock.notice({ isAwake: true });

  expect(clock.secondsLeft()).toBe(300);
});

test("a clock turned back while the phone slept gives no time", () => {
  const phone = makePhone();
  const clock = new Clock(TEN_MINUTES, phone);

  clock.notice({ isAwake: false });
  phone.turn(-86_400);
  clock.notice({ isAwake: true });

  expect(clock.secondsLeft()).toBe(540);
});

test("every answer of the server sets the clock right", () => {
  const clock = new Clock(TEN_MINUTES, makePhone());

  clock.setSecondsLeft(42);

  expect(clock.secondsLeft()).toBe(42);
  expect(clock.offsetOf(clock.ticks())).toBe(558_000);
});

test("time is over at zero and stays there", () => {
  const phone = makePhone();
  const clock = new Clock(TEN_MINUTES, phone);

  phone.wait(540.5);

  expect(clock.secondsLeft()).toBe(0);
});

test("a moment before the start counts as the start", () => {
  const clock = new Clock({ ...TEN_MINUTES, now: TEN_MINUTES.started }, makePhone());

  expect(clock.offsetOf(clock.ticks() - 50)).toBe(0);
});

test("an attempt without a deadline has no end", () => {
  const clock = new Clock({ ...TEN_MINUTES, deadline: undefined }, makePhone());

  expect(clock.secondsLeft()).toBe(Infinity);
});

test("a copy that is opened later is as much older than what it says", () => {
  const page = {
    started: "2026-11-21T01:00:00Z",
    now: "2026-11-21T01:01:00Z",
    deadline: "2026-11-21T01:20:00Z",
  };
  const wall = Date.parse("2026-11-21T09:00:00Z"); // this phone's clock is wrong by hours
  const at = { monotonic: () => 0, wall: () => wall };

  const fresh = new Clock(page, at);
  const copy = new Clock({ ...page, kept: String(wall - 5 * 60_000) }, at);
  const turnedBack = new Clock({ ...page, kept: String(wall + 60_000) }, at);

  expect(fresh.secondsLeft()).toBe(19 * 60);
  expect(copy.secondsLeft()).toBe(14 * 60);
  expect(copy.offsetOf(0)).toBe(6 * 60_000);
  expect(turnedBack.secondsLeft()).toBe(19 * 60);
});

test("what one phone says later is later, whatever a visit believes of the time", () => {
  const box = new Map();
  const storage = {
    getItem: (key) => box.get(key) ?? null,
    setItem: (key, value) => box.set(key, value),
  };

  const said = [4242, 4046, 5000].map((offset) => neverEarlier(offset, 9000, "/a/", storage));
  const other = neverEarlier(7, 9000, "/b/", storage);

  expect(said).toEqual([4242, 4242, 5000]);
  expect(other).toBe(7);
  // A clock that was a day ahead and was put right takes nothing behind the end.
  expect(neverEarlier(86_400_000, 9000, "/a/", storage)).toBe(86_400_000);
  expect(neverEarlier(6000, 9000, "/a/", storage)).toBe(9000);
  expect(neverEarlier(6100, Infinity, "/c/", storage)).toBe(6100);
});
