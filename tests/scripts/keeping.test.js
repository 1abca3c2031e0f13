import { afterEach, beforeEach, expect, test } from "bun:test";

import { Denied, Keeping, kilobytes } from "../../static/js/phone/keeping.js";
import { FILES, shelfOf } from "../../static/js/phone/shelf.js";
import { makeCaches } from "./fake_caches.js";

const LIST = "/kursus/contoh/simpanan/";
const realFetch = globalThis.fetch;
let asked;
let list;

const lesson = (name, tag) => ({ url: `/pelajaran/${name}/`, title: name, bytes: 2000, tag });

beforeEach(() => {
  globalThis.caches = makeCaches();
  list = {
    tag: "1",
    pages: [{ url: "/", bytes: 500, tag: "" }, lesson("satu", "a"), lesson("dua", "b")],
    files: [{ url: "/gambar/x.svg", bytes: 700 }],
  };
  asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return new Response(url === LIST ? JSON.stringify(list) : `<img src="/gambar/x.svg">`);
  };
});

afterEach(() => {
  globalThis.fetch = realFetch;
  delete globalThis.caches;
});

async function keep() {
  const keeping = new Keeping({ url: LIST, person: "ani" });
  await keeping.open();
  await keeping.fetchAll(await keeping.plan(), () => {});
  return keeping;
}

async function lie(name) {
  return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname).sort();
}

test("what there is to keep is weighed before any of it is fetched", async () => {
  const keeping = new Keeping({ url: LIST, person: "ani" });
  await keeping.open();

  const { missing } = await keeping.plan();

  expect(asked).toEqual([LIST]);
  expect(kilobytes(missing)).toBe(6);
});

test("pages and pictures are kept with their list", async () => {
  const keeping = await keep();

  expect(await lie(shelfOf("ani"))).toEqual(["/", LIST, "/pelajaran/dua/", "/pelajaran/satu/"]);
  expect(await lie(FILES)).toEqual(["/gambar/x.svg"]);
  expect((await keeping.list()).isWhole).toBe(true);
});

test("an update fetches what has changed, and drops what is gone", async () => {
  const keeping = await keep();
  asked = [];
  list = { ...list, tag: "2", pages: [list.pages[0], lesson("dua", "c"), lesson("tiga", "d")] };

  await keeping.fetchAll(await keeping.plan(), () => {});

  expect(asked.sort()).toEqual(["/", LIST, "/pelajaran/dua/", "/pelajaran/tiga/"].sort());
  expect(await lie(shelfOf("ani"))).not.toContain("/pelajaran/satu/");
  expect((await keeping.list()).tag).toBe("2");
});

test("a cut says how far it came, and the next try goes on from there", async () => {
  const answer = globalThis.fetch;
  globalThis.fetch = async (url) => {
    if (url === "/pelajaran/dua/") throw new TypeError("no line");
    return answer(url);
  };
  await expect(keep()).rejects.toThrow("no line");
  const keeping = new Keeping({ url: LIST, person: "ani" });
  await keeping.open();
  expect((await keeping.list()).isWhole).toBe(false);
  globalThis.fetch = answer;

  const { missing } = await keeping.plan();

  expect(missing.map(({ url }) => url)).toContain("/pelajaran/dua/");
  expect(missing.map(({ url }) => url)).not.toContain("/pelajaran/satu/");
});

test("a full phone is told apart from a cut line", async () => {
  globalThis.caches = makeCaches(2);

  await expect(keep()).rejects.toThrow("full");
});

test("a browser that allows no caches says so", async () => {
  globalThis.caches = {
    async open() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  };

  await expect(keep()).rejects.toBeInstanceOf(Denied);
});

test("the login instead of a list is no list", async () => {
  globalThis.fetch = async () => {
    const response = new Response("<html>");
    Object.defineProperty(response, "redirected", { value: true });
    return response;
  };

  await expect(keep()).rejects.toThrow("no list");
});

test("one tap removes the course and the pictures that nothing else needs", async () => {
  const keeping = await keep();

  await keeping.remove();

  expect(await lie(shelfOf("ani"))).toEqual([]);
  expect(await lie(FILES)).toEqual([]);
});

test("people who share a phone do not meet", async () => {
  await keep();
  const other = new Keeping({ url: LIST, person: "budi" });
  await other.open();

  expect(await other.list()).toBe(null);
  await other.remove();
  expect((await lie(shelfOf("ani"))).length).toBe(4);
  expect(await lie(FILES)).toEqual(["/gambar/x.svg"]);
});
