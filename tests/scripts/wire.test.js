import { afterEach, expect, test } from "bun:test";

import { request } from "../../static/js/quiz/wire.js";

const fetchOfBun = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetchOfBun;
});

test.each([200, 400, 403, 409])("%p is an answer, with what it says", async (status) => {
  globalThis.fetch = async () => new Response("said", { status });

  expect(await request("/", {})).toEqual({ status, text: "said" });
});

test.each([429, 500, 503])("%p is a server that rests: its number is thrown", async (status) => {
  globalThis.fetch = async () => new Response("", { status });

  await expect(request("/", {})).rejects.toBe(status);
});

test("without a line the error is no number", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("no line"));

  await expect(request("/", {})).rejects.toBeInstanceOf(TypeError);
});
