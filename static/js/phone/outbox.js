// The outbox of one person on this phone: lessons read, checks answered and answers of
// attempts, in one append-only log (quiz/log.js). It is sent from any page and, where the
// browser can, without one: in order, and each entry until the server has named its
// number. Saying a thing twice changes nothing there.

import { MOST_AT_ONCE, postSaves, request } from "../quiz/wire.js";

export const OUTBOX = "/kiriman/";
const DENIED = 403;
const UNREADABLE = 400;

/** Yield what may travel together: entries that follow each other, to one address. */
export function* batchesOf(entries) {
  let batch = [];
  for (const entry of entries) {
    if (batch.length > 0 && (batch[0].url !== entry.url || batch.length === MOST_AT_ONCE)) {
      yield batch;
      batch = [];
    }
    batch.push(entry);
  }
  if (batch.length > 0) yield batch;
}

/** Send entries of the outbox's own address; `permit` is newer than theirs, if any. */
function postEntries(batch, permit) {
  const headers = { "X-Outbox-Token": permit || batch[0].permit };
  const rows = batch.map(({ url: _url, permit: _permit, offset_ms: _offset, ...row }) => row);
  return request(OUTBOX, { method: "POST", keepalive: true, headers, body: JSON.stringify(rows) });
}

async function post(batch, permit) {
  const [{ url, token }] = batch;
  const { status, text } =
    url === OUTBOX ? await postEntries(batch, permit) : await postSaves(url, { token }, batch);
  if (status === UNREADABLE && batch.length > 1) {
    const each = [];
    for (const entry of batch) each.push(await post([entry], permit));
    return {
      settled: each.flatMap(({ settled }) => settled),
      refused: each.reduce((sum, { refused }) => sum + refused, 0),
      isDenied: each.some(({ isDenied }) => isDenied),
    };
  }
  if (status === UNREADABLE) return { settled: batch, refused: 1, isDenied: false };
  if (status !== 200) return { settled: [], refused: 0, isDenied: status === DENIED };
  const { accepted, refused } = JSON.parse(text);
  const named = new Set([...accepted, ...refused.map(({ sequence }) => sequence)]);
  return {
    settled: batch.filter(({ sequence }) => named.has(sequence)),
    refused: refused.length,
    isDenied: false,
  };
}

/**
 * Send what a log holds, but for entries to the address `own`, which its page sends.
 *
 * Returns how much was sent, refused and is left, and whether the server wants to know
 * the person anew. Throws where there is no line; what was sent until then is gone.
 */
export async function sendAll(log, { permit = "", own = "" } = {}) {
  const waiting = (await log.all()).filter(({ url }) => url !== own);
  const told = { sent: 0, refused: 0, left: waiting.length, isDenied: false };
  for (const batch of batchesOf(waiting)) {
    const { settled, refused, isDenied } = await post(batch, permit);
    for (const entry of settled) await log.remove(entry);
    told.sent += settled.length - refused;
    told.refused += refused;
    told.left -= settled.length;
    told.isDenied ||= isDenied;
  }
  return told;
}

/** Run a job while no other tab of this phone sends. */
export function alone(job) {
  return navigator.locks ? navigator.locks.request("outbox", job) : job();
}
