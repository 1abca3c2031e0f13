import { afterEach, expect, test } from "bun:test";

import { batchesOf, OUTBOX, sendAll } from "../../static/js/phone/outbox.js";
import { inMemory } from "../../static/js/quiz/log.js";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

/** A site that answers what `say` returns, and remembers what it was asked. */
function site(say) {
  const asked = [];
  globalThis.fetch = async (url, { headers, body }) => {
    const rows = JSON.parse(body);
    asked.push({ url, headers, numbers: rows.map(({ sequence }) => sequence), rows });
    const { status = 200, ...reply } = say(rows, asked.length);
    return new Response(JSON.stringify(reply), { status });
  };
  return asked;
}

const takesAll = (rows) => ({ accepted: rows.map(({ sequence }) => sequence), refused: [] });

async function logOf(...entries) {
  const log = inMemory("ani");
  let offset_ms = 0;
  for (const entry of entries) await log.add({ offset_ms: (offset_ms += 1), ...entry });
  return log;
}

const lesson = { url: OUTBOX, permit: "old", kind: "lesson", lesson: "satu" };
const saved = { url: "/percobaan/1/simpan/", token: "t", position: 1 };

test("what follows each other to one address travels together, in order", () => {
  const urls = ["a", "a", "b", "a"].map((url) => ({ url }));

  expect([...batchesOf(urls)].map((batch) => batch.map(({ url }) => url))).toEqual([
    ["a", "a"],
    ["b"],
    ["a"],
  ]);
});

test("everything is sent once, and what the server has named is forgotten", async () => {
  const log = await logOf(lesson, saved, lesson);
  const asked = site(takesAll);

  const told = await sendAll(log);

  expect(asked.map(({ url }) => url)).toEqual([OUTBOX, saved.url, OUTBOX]);
  expect(told).toEqual({ sent: 3, refused: 0, left: 0, isDenied: false });
  expect(await log.all()).toEqual([]);
});

test("the permit of the page is newer than that of an entry, and neither is told twice", async () => {
  const log = await logOf(lesson);
  const [{ sequence }] = await log.all();
  const asked = site(takesAll);

  await sendAll(log, { permit: "new" });

  expect(asked[0].headers).toEqual({ "X-Outbox-Token": "new" });
  expect(asked[0].rows).toEqual([{ kind: "lesson", lesson: "satu", sequence }]);
});

test("answers that the page of an attempt sends itself are left to it", async () => {
  const log = await logOf(saved, lesson);
  const asked = site(takesAll);

  const told = await sendAll(log, { own: saved.url });

  expect(asked.map(({ url }) => url)).toEqual([OUTBOX]);
  expect(told.left).toBe(0);
  expect((await log.all()).map(({ url }) => url)).toEqual([saved.url]);
});

test("without a line what was sent before is gone and the rest stays, in order", async () => {
  const log = await logOf(lesson, saved, lesson);
  site((rows, time) => {
    if (time === 2) throw new TypeError("no line");
    return takesAll(rows);
  });

  await expect(sendAll(log)).rejects.toThrow("no line");

  expect((await log.all()).map(({ url }) => url)).toEqual([saved.url, OUTBOX]);
});

test("an answer that is lost on its way makes it say the same again", async () => {
  const log = await logOf(lesson);
  let isLost = true;
  const asked = site((rows) => {
    if (!isLost) return takesAll(rows);
    isLost = false;
    throw new TypeError("no line");
  });

  await sendAll(log).catch(() => {});
  await sendAll(log);

  expect(asked[0].rows).toEqual(asked[1].rows);
  expect(await log.all()).toEqual([]);
});

test("who must sign in again is told, and keeps everything", async () => {
  const log = await logOf(lesson);
  site(() => ({ status: 403 }));

  const told = await sendAll(log);

  expect(told).toEqual({ sent: 0, refused: 0, left: 1, isDenied: true });
  expect((await log.all()).length).toBe(1);
});

test("one entry that nobody can read does not hold up the others", async () => {
  const log = await logOf(lesson, { ...lesson, lesson: "??" }, lesson);
  site((rows) => {
    if (rows.some((row) => row.lesson === "??")) return { status: 400 };
    return takesAll(rows);
  });

  const told = await sendAll(log);

  expect(told).toEqual({ sent: 2, refused: 1, left: 0, isDenied: false });
  expect(await log.all()).toEqual([]);
});

test("what is refused is counted and forgotten", async () => {
  const log = await logOf(lesson);
  site(([{ sequence }]) => ({ accepted: [], refused: [{ sequence, code: "not_hers" }] }));

  expect(await sendAll(log)).toEqual({ sent: 0, refused: 1, left: 0, isDenied: false });
});
