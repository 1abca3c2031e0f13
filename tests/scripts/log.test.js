// IndexedDB itself is tried by the journeys in a real browser; here is what takes its place.
import { afterEach, expect, test } from "bun:test";

import { findLog, inMemory, openLog } from "../../static/js/quiz/log.js";

afterEach(() => {
  delete globalThis.localStorage;
});

test("without IndexedDB the log is kept by localStorage", async () => {
  globalThis.localStorage = {};
  const log = await openLog("ani");
  const sequence = await log.add({ position: 1, offset_ms: 5 });

  const later = await openLog("ani");

  expect(log.isLasting).toBe(true);
  expect(await later.all()).toEqual([{ position: 1, offset_ms: 5, sequence }]);
  await later.remove({ sequence });
  expect(await log.all()).toEqual([]);
});

test("people who share a phone do not meet", async () => {
  globalThis.localStorage = {};
  await (await openLog("ani")).add({ position: 1, offset_ms: 5 });

  expect(await (await openLog("budi")).all()).toEqual([]);
});

test("what was said first comes first", async () => {
  const log = inMemory("ani");
  for (const offset_ms of [30, 10, 20]) await log.add({ offset_ms });

  const saves = await log.all();

  expect(saves.map((save) => save.offset_ms)).toEqual([10, 20, 30]);
});

test("its numbers rise and lie above those of a database", async () => {
  const log = inMemory("ani");

  const [first, second] = [await log.add({}), await log.add({})];

  expect(first).toBeGreaterThan(9e8);
  expect(second).toBe(first + 1);
});

test("without any storage the page's memory keeps the log, and says so", async () => {
  const log = await openLog("ani");
  await log.add({ offset_ms: 1 });

  expect(log.isLasting).toBe(false);
  expect((await log.all()).length).toBe(1);
  expect(await (await openLog("ani")).all()).toEqual([]);
});

test("a log that was never made is not found", async () => {
  expect(await findLog("ani")).toBe(null);
});
