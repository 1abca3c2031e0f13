import { expect, test } from "bun:test";

import { Kept } from "../../static/js/writing/kept.js";

/** A browser's store of so many letters. */
function makeBox(room = Infinity) {
  const box = Object.create({
    setItem(key, value) {
      if (value.length > room) throw new Error("QuotaExceededError");
      this[key] = value;
    },
    getItem(key) {
      return this[key];
    },
    removeItem(key) {
      delete this[key];
    },
  });
  return box;
}

const writing = (sequence, text, sitting = "a") => ({ sitting, sequence, text, at: sequence });

test("the newest words of each sitting are kept, the newest sitting first", () => {
  const kept = new Kept(makeBox(), "7", "/satu/");
  kept.keep(writing(1, "lama"));
  kept.keep(writing(2, "baru"));
  kept.keep(writing(3, "lain", "b"));

  expect(kept.all().map(({ text }) => text)).toEqual(["lain", "baru"]);
});

test("people and lessons do not meet", () => {
  const box = makeBox();
  new Kept(box, "7", "/satu/").keep(writing(1, "x"));

  expect(new Kept(box, "8", "/satu/").all()).toEqual([]);
  expect(new Kept(box, "7", "/dua/").all()).toEqual([]);
});

test("what the server has closed is forgotten up to its number", () => {
  const kept = new Kept(makeBox(), "7", "/satu/");
  kept.keep(writing(4, "tersimpan"));
  kept.keep(writing(6, "sesudahnya", "b"));
  kept.forget(["a:4", "b:5", ""], 10);

  expect(kept.all().map(({ text }) => text)).toEqual(["sesudahnya"]);
});

test("a browser without room or store says so", () => {
  expect(new Kept(makeBox(3), "7", "/satu/").keep(writing(1, "x"))).toBe(false);
  expect(new Kept(null, "7", "/satu/").keep(writing(1, "x"))).toBe(false);
  expect(new Kept(null, "7", "/satu/").all()).toEqual([]);
});
