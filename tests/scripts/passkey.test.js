import { expect, test } from "bun:test";

import {
  answer,
  bytesOf,
  creation,
  problemOf,
  request,
  textOf,
} from "../../static/js/passkey/wire.js";

const buffer = (...bytes) => Uint8Array.from(bytes).buffer;

test("bytes come back, also those whose signs addresses write otherwise", () => {
  for (const bytes of [[], [0], [251, 255, 191], [1, 2, 3, 4]]) {
    expect([...bytesOf(textOf(buffer(...bytes)))]).toEqual(bytes);
  }
  expect(textOf(buffer(251, 255, 191))).toBe("-_-_");
  expect(textOf(buffer(1))).toBe("AQ");
});

test("a browser hears bytes where the site says text", () => {
  const keys = [{ type: "public-key", id: "AQI" }];
  const made = creation({
    publicKey: {
      challenge: "AQ",
      rp: { name: "x" },
      user: { id: "MQ", name: "Siti" },
      excludeCredentials: keys,
    },
  }).publicKey;
  const used = request({
    publicKey: { challenge: "AQ", rpId: "x", allowCredentials: keys },
  }).publicKey;

  expect([...made.challenge]).toEqual([1]);
  expect([...made.user.id]).toEqual([49]);
  expect(made.user.name).toBe("Siti");
  expect([...made.excludeCredentials[0].id]).toEqual([1, 2]);
  expect([...used.allowCredentials[0].id]).toEqual([1, 2]);
  expect(used.rpId).toBe("x");
  expect(request({ publicKey: { challenge: "AQ" } }).publicKey.allowCredentials).toEqual([]);
});

test("the site hears what a key has said and nothing else", () => {
  const credential = {
    id: "AQ",
    rawId: buffer(1),
    type: "public-key",
    authenticatorAttachment: "platform",
    response: { clientDataJSON: buffer(2), signature: buffer(3), userHandle: null },
  };

  expect(answer(credential)).toEqual({
    id: "AQ",
    rawId: "AQ",
    type: "public-key",
    response: { clientDataJSON: "Ag", signature: "Aw" },
    clientExtensionResults: {},
  });
});

test("a refusal is told in the word that the page has a sentence for", () => {
  expect(problemOf({ name: "InvalidStateError" })).toBe("known");
  expect(problemOf({ name: "SecurityError" })).toBe("impossible");
  expect(problemOf({ name: "NotAllowedError" })).toBe("ended");
  expect(problemOf(undefined)).toBe("ended");
});
