import { afterEach, expect, test } from "bun:test";

import { inMemory } from "../../static/js/quiz/log.js";
import { pauseAfter, Sending } from "../../static/js/quiz/sending.js";

const URL = "/percobaan/x/simpan/";
const fetchOfBun = globalThis.fetch;
const opened = [];

afterEach(() => {
  globalThis.fetch = fetchOfBun;
  for (const sending of opened.splice(0)) clearTimeout(sending.retry);
});

/** Return a page that has the log open, and what it was told. */
function makePage({ log = inMemory("ani"), device = "phone" } = {}) {
  const told = [];
  const heard = {
    changed() {},
    taken: (save) => told.push(["taken", save.position]),
    answered: (_reply, refused) => refused.length && told.push(["refused", refused]),
    tokenEnded: () => told.push(["token"]),
    finished() {},
  };
  const page = { url: URL, token: "t", device, person: "ani" };
  const sending = new Sending({ ...page, opening: Promise.resolve(log), heard });
  opened.push(sending);
  return { sending, log, told };
}

/** Return a server that takes every answer, as the real one does: twice is once. */
function makeServer({ line = () => "", refuses = () => false } = {}) {
  const server = { saves: new Map(), order: [], requests: [] };
  globalThis.fetch = async (_path, options) => {
    const weather = line();
    if (weather === "cut") throw new TypeError("no line");
    if (typeof weather === "number") return new Response("{}", { status: weather });
    const rows = JSON.parse(options.body);
    server.requests.push({ rows, headers: options.headers });
    const refused = rows.filter(refuses).map((row) => ({ sequence: row.sequence }));
    const accepted = rows.filter((row) => !refuses(row)).map((row) => row.sequence);
    for (const row of rows.filter((each) => !refuses(each))) {
      const key = `${row.device} ${row.sequence}`;
      if (!server.saves.has(key)) server.order.push(row.position);
      server.saves.set(key, row);
    }
    // Taken, but the phone does not hear of it.
    if (weather === "cut back") throw new TypeError("no line");
    return Response.json({ accepted, refused, state: "in_progress", saved_at: "10.30" });
  };
  return server;
}

async function say(sending, ...positions) {
  for (const position of positions) {
    sending.write({ position, fields: { answer: ["a"] }, flagged: false }, () => position);
  }
  await sending.written;
  await sending.running;
}

test("answers arrive in order and leave the log", async () => {
  const server = makeServer();
  const { sending, log, told } = makePage();

  await say(sending, 1, 2, 3);
  await sending.send();

  expect(server.order).toEqual([1, 2, 3]);
  expect(told).toEqual([
    ["taken", 1],
    ["taken", 2],
    ["taken", 3],
  ]);
  expect(await log.all()).toEqual([]);
  expect(sending.pending).toEqual([]);
});

test("what travels is the answer; token and device go beside it", async () => {
  const server = makeServer();
  const { sending } = makePage();

  await say(sending, 4);

  const { rows, headers } = server.requests.at(-1);
  const { sequence } = rows[0];
  expect(rows).toEqual([
    {
      device: "phone",
      position: 4,
      fields: { answer: ["a"] },
      flagged: false,
      offset_ms: 4,
      sequence,
    },
  ]);
  expect(headers).toEqual({ "X-Attempt-Token": "t", "X-Device": "phone" });
  expect(sending.named).toEqual({ phone: sequence });
});

test("without a line all stays in the log, and is sent once when it is back", async () => {
  let weather = "cut";
  const server = makeServer({ line: () => weather });
  const { sending, log } = makePage();
  await say(sending, 1, 2);
  expect([sending.isOffline, sending.isBehind, sending.pending.length]).toEqual([true, true, 2]);
  expect((await log.all()).length).toBe(2);

  weather = "";
  await sending.wake();

  expect(server.order).toEqual([1, 2]);
  expect([sending.isOffline, await log.all()]).toEqual([false, []]);
});

test.each([503, 429])("a server that answers %p is no line that is cut", async (status) => {
  makeServer({ line: () => status });
  const { sending, log } = makePage();

  await say(sending, 1);

  expect(sending.isOffline).toBe(false);
  expect((await log.all()).length).toBe(1);
});

test("what the server refuses is told and forgotten", async () => {
  makeServer({ refuses: (row) => row.position === 2 });
  const { sending, log, told } = makePage();

  await say(sending, 1, 2, 3);
  await sending.send();

  expect(told.map(([what]) => what).toSorted()).toEqual(["refused", "taken", "taken"]);
  expect(await log.all()).toEqual([]);
});

test("a reply that does not name an answer leaves it in the log", async () => {
  globalThis.fetch = async () => Response.json({ accepted: [], refused: [] });
  const { sending, log } = makePage();

  await say(sending, 1);

  expect((await log.all()).length).toBe(1);
  expect(sending.pending.length).toBe(1);
});

test("of several answers only the one that cannot be read is given up", async () => {
  const seen = [];
  globalThis.fetch = async (_path, options) => {
    const rows = JSON.parse(options.body);
    if (rows.some((row) => row.position === 2)) return new Response("{}", { status: 400 });
    seen.push(...rows.map((row) => row.position));
    return Response.json({ accepted: rows.map((row) => row.sequence), refused: [] });
  };
  const log = inMemory("ani");
  for (const position of [1, 2, 3]) await log.add({ url: URL, position, offset_ms: position });
  const { sending, told } = makePage({ log });

  await sending.send();

  expect(seen).toEqual([1, 3]);
  expect(told.filter(([what]) => what === "refused").length).toBe(1);
  expect(await log.all()).toEqual([]);
});

test("a token that has ended is told, and the answer is kept", async () => {
  makeServer({ line: () => 403 });
  const { sending, log, told } = makePage();

  await say(sending, 1);

  expect(told).toContainEqual(["token"]);
  expect((await log.all()).length).toBe(1);
});

test("the logs of other attempts are left alone", async () => {
  const server = makeServer();
  const log = inMemory("ani");
  await log.add({ url: "/percobaan/y/simpan/", position: 9, offset_ms: 1 });
  const { sending } = makePage({ log });

  await say(sending, 1);

  expect(server.order).toEqual([1]);
  expect((await log.all()).map((save) => save.position)).toEqual([9]);
});

test("before handing in, what another tab has written comes along once", async () => {
  const server = makeServer();
  const { sending, log } = makePage();
  await say(sending, 1);
  await log.add({ url: URL, device: "other", position: 2, offset_ms: 2 });

  expect(await sending.gather()).toBe(true);
  await sending.send();

  expect(server.order).toEqual([1, 2]);
  expect(await sending.gather()).toBe(false);
});

test("what a log cannot forget is not sent again", async () => {
  const server = makeServer();
  const log = { ...inMemory("ani"), remove: () => Promise.reject(new Error("stuck")) };
  const { sending } = makePage({ log });
  await say(sending, 1, 2);
  await sending.send();

  expect(await sending.gather()).toBe(false);
  expect(server.requests.flatMap(({ rows }) => rows).length).toBe(2);
});

test("a hand-in names the last number of each device", async () => {
  makeServer();
  const log = inMemory("ani");
  for (const sequence of [7, 9]) await log.add({ url: URL, device: "other", offset_ms: sequence });
  const [, last] = await log.all();
  const { sending } = makePage({ log });

  await say(sending, 1, 2, 3);
  await sending.send();

  expect(sending.named).toEqual({ other: last.sequence, phone: last.sequence + 3 });
});

test("a log that is broken is followed by the page's memory", async () => {
  const server = makeServer();
  const full = {
    isLasting: true,
    all: () => Promise.reject(new Error("broken")),
    add: () => Promise.reject(new Error("full")),
    remove: async () => {},
  };
  const { sending } = makePage({ log: full });

  await say(sending, 1);

  expect(server.order).toEqual([1]);
  expect(sending.log.isLasting).toBe(false);
});

test("pauses grow to a minute, and chance keeps phones apart", () => {
  expect([0, 1, 5, 6, 20].map((failures) => pauseAfter(failures, 0))).toEqual([1, 2, 32, 60, 60]);
  expect(pauseAfter(20, 0.5)).toBe(90);
});

/** Return numbers from 0 to 1 that are the same in each run. */
function makeChance(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test.each(Array.from({ length: 20 }, (_, seed) => seed + 1))(
  "two hundred random cuts lose nothing, double nothing and keep the order (%p)",
  async (seed) => {
    const chance = makeChance(seed);
    let isGood = false;
    const weathers = ["", "cut", "cut back", 503];
    const line = () => (isGood ? "" : weathers[Math.floor(chance() * weathers.length)]);
    const server = makeServer({ line });
    const { sending, log } = makePage();
    const positions = Array.from({ length: 200 }, (_, index) => index + 1);

    for (const position of positions) {
      await say(sending, position);
      if (chance() < 0.3) await sending.wake();
    }
    isGood = true;
    await sending.wake();

    expect(server.order).toEqual(positions);
    expect(server.saves.size).toBe(200);
    expect(await log.all()).toEqual([]);
  },
);
