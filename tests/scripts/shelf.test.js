import { afterEach, beforeEach, expect, test } from "bun:test";

import {
  dated,
  FILES,
  forget,
  greet,
  isQuestion,
  KEPT_AT,
  keptPapers,
  nameKit,
  placeOf,
  shelfOf,
  sweep,
  TAG,
  whose,
} from "../../static/js/phone/shelf.js";
import { makeCaches } from "./fake_caches.js";

const PAPER = "/percobaan/8f1d7a52-0f0a-4d0e-9c55-5d5f6d656c6b/";

beforeEach(() => {
  globalThis.caches = makeCaches();
});

afterEach(() => {
  delete globalThis.caches;
});

test("all questions of an attempt have one place, other pages their own", () => {
  expect(placeOf(`${PAPER}3/`)).toBe(PAPER);
  expect(placeOf(`${PAPER}kirim/`)).toBe(PAPER);
  expect(placeOf("/kursus/contoh/")).toBe("/kursus/contoh/");
});

test("results and reasons are no papers", () => {
  expect(isQuestion(`${PAPER}3/`)).toBe(true);
  for (const name of ["hasil/", "kirim/", "nilai/", "pembahasan/1/", ""]) {
    expect(isQuestion(PAPER + name)).toBe(false);
  }
});

test("pages are shown to the person who was here last, and to nobody after her", async () => {
  expect(await whose()).toBe("");
  await greet("ani");
  await greet("budi");
  expect(await whose()).toBe("budi");

  await forget("budi");

  expect(await whose()).toBe("");
});

test("a copy knows when it was made and what it holds, and keeps its policy", async () => {
  const headers = { "Content-Security-Policy": "default-src 'none'" };
  const copy = await dated(new Response("<p>", { headers }), "a1");

  expect(Number(copy.headers.get(KEPT_AT))).toBeGreaterThan(0);
  expect(copy.headers.get(TAG)).toBe("a1");
  expect(copy.headers.get("Content-Security-Policy")).toBe("default-src 'none'");
  expect(await copy.text()).toBe("<p>");
});

test("papers are found among the pages", async () => {
  const shelf = await caches.open(shelfOf("ani"));
  await shelf.put("/", new Response(""));
  await shelf.put(PAPER, new Response(""));

  expect(await keptPapers(shelf)).toEqual([PAPER]);
});

test("files stay while a page of anybody names them", async () => {
  const files = await caches.open(FILES);
  for (const name of ["old.css", "new.css", "gone.css"]) {
    await files.put(`/static/${name}`, new Response(""));
  }
  const shelf = await caches.open(shelfOf("ani"));
  await shelf.put("/", new Response(`<link href="/static/old.css">`));

  expect(await nameKit(["/static/new.css"])).toEqual([]);
  await sweep();

  const left = (await files.keys()).map(({ url }) => new URL(url).pathname);
  expect(left).toEqual(["/static/old.css", "/static/new.css", "/kit"]);
  expect(await nameKit([])).toEqual(["/static/new.css", "/kit"]);
});

test("signing out leaves the pages of others", async () => {
  for (const person of ["ani", "budi"]) {
    await (await caches.open(shelfOf(person))).put("/", new Response(""));
  }

  await forget("ani");

  expect(await caches.keys()).toEqual([shelfOf("budi"), FILES]);
});
