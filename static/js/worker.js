// The service worker: no page of the browser's own when there is no line.
//
// A page is asked for from the site first; where nothing answers, the copy that the
// person keeps is shown, or a page that says what is kept. It keeps running attempts by
// itself, courses where somebody asks for it (phone/keeping.js). Files whose name holds
// a hash are never asked for twice. A new version waits until no tab of the site is
// open, so that nobody's attempt changes under her hands.
//
// `self.kit` stands before this script when the site sends it (elearning/offline).

import { alone, sendAll } from "./phone/outbox.js";
import {
  dated,
  FILES,
  findShelf,
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
} from "./phone/shelf.js";
import { findLog } from "./quiz/log.js";

const { files, page, assets } = self.kit;
// A line that answers nothing for so long is no line, where there is a copy.
const PATIENCE = 5000;
const FILE = /^\/(gambar|berkas)\/.*\.(png|jpg|webp|gif|svg)$/;
const NAMED_BY_HASH = /[0-9a-f]{64}\.|\.[0-9a-f]{12}\./;

const pathOf = (url) => new URL(url).pathname;

async function install() {
  // The version that is at work still needs its own.
  const kit = [...files, page];
  await nameKit([...(await nameKit(kit)), ...kit]);
  const box = await caches.open(FILES);
  await box.addAll(files);
  // Fetched as nobody: it is shown to whoever holds the phone.
  await box.put(page, await fetch(page, { credentials: "omit" }));
}

async function activate() {
  await self.clients.claim();
  await nameKit([...files, page]);
  await sweep();
}

async function openFile(request) {
  const path = pathOf(request.url);
  const isLasting = NAMED_BY_HASH.test(path);
  const kept = await caches.match(path, { cacheName: FILES });
  if (kept && isLasting) return kept;
  try {
    const response = await fetch(request);
    const isOurs = path.startsWith(assets) || path.startsWith("/gambar/soal/");
    if (response.status === 200 && isOurs) {
      const box = await caches.open(FILES);
      await box.put(path, response.clone());
    }
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Learn from a page that came: who is here, and what she keeps of it. */
async function learn(path, response) {
  const person = response.headers.get("X-Person");
  if (!person || response.redirected) return;
  await greet(person);
  const isPaper = isQuestion(path);
  const shelf = isPaper ? await caches.open(shelfOf(person)) : await findShelf(person);
  if (!shelf) return;
  if (path === "/") await dropPapers(shelf, await response.clone().text());
  if (path.endsWith("/hasil/")) await shelf.delete(placeOf(path));
  else if (response.ok) await refresh(shelf, path, response);
}

/** Keep a page that is kept already, and every paper. */
async function refresh(shelf, path, response) {
  const place = placeOf(path);
  const before = await shelf.match(place);
  // The page before handing in holds the paper too, but opens at no question.
  if (isQuestion(path) || (before && place === path)) {
    await shelf.put(place, await dated(response, before?.headers.get(TAG) || ""));
  }
}

/** The home page names all attempts that run: other papers are over. */
async function dropPapers(shelf, home) {
  for (const paper of await keptPapers(shelf)) {
    if (!home.includes(paper)) await shelf.delete(paper);
  }
}

async function findCopy(path) {
  const shelf = await findShelf(await whose());
  const kept = shelf && (await shelf.match(placeOf(path)));
  if (!kept) return null;
  const html = await kept.text();
  const mark = `<html data-kept="${kept.headers.get(KEPT_AT)}"`;
  return new Response(html.replace("<html", mark), { headers: kept.headers });
}

async function openPage(event) {
  const { request } = event;
  const path = pathOf(request.url);
  const copy = request.method === "GET" && path !== page ? await findCopy(path) : null;
  const asking = fetch(request).then((response) => {
    if (response.status >= 500 && copy) throw response.status;
    if (request.method === "GET") event.waitUntil(learn(path, response.clone()).catch(() => {}));
    return response;
  });
  const waits = copy && new Promise((resolve) => setTimeout(() => resolve(copy), PATIENCE));
  try {
    return await (copy ? Promise.race([asking, waits]) : asking);
  } catch {
    return copy || (await caches.match(page, { cacheName: FILES })) || Response.error();
  } finally {
    // It may still come: then the copy is a fresh one.
    event.waitUntil(asking.catch(() => {}));
  }
}

async function sendOutbox() {
  const person = await whose();
  const log = person && (await findLog(person));
  // The browser tries again later when this fails.
  if (log) await alone(() => sendAll(log));
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("sync", (event) => event.waitUntil(sendOutbox()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(event));
  else if (request.method !== "GET" || request.headers.has("range")) return;
  else if (url.pathname.startsWith(assets) || FILE.test(url.pathname)) {
    event.respondWith(openFile(request));
  }
});
