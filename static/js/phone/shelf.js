// What is kept on this phone, in the caches of the browser:
//
//   files          styles, scripts and pictures: nobody's, named after what they hold
//   pages-PERSON   pages of one person, under the address they came from; of a running
//                  attempt one page with the whole paper; of a course that is kept a
//                  list of its pages too
//   who            whose pages may be shown: the person who was here last
//
// Nothing here is ever shown to another person, and signing out removes it.

export const FILES = "files";
export const KEPT_AT = "X-Kept-At";
export const TAG = "X-Kept-Tag";
const KIT = "/kit";
const WHO = "who";
const PAGES = "pages-";

const PAPER = /^\/percobaan\/[0-9a-f-]{36}\//;
const QUESTION = /^\/percobaan\/[0-9a-f-]{36}\/\d+\/$/;
const NAMED_FILE = /(?:src|href)="(\/(?:static|gambar|berkas)\/[^"]+)"/g;

export const shelfOf = (person) => PAGES + person;

/** Return the pages of a person, or null where she keeps none. */
export async function findShelf(person) {
  const name = shelfOf(person);
  return (await caches.has(name)) ? caches.open(name) : null;
}

/** Return the address under which a page is kept: a paper has one for all questions. */
export function placeOf(path) {
  return path.match(PAPER)?.[0] || path;
}

/** Say whether a page is a question of a running attempt, with the whole paper. */
export const isQuestion = (path) => QUESTION.test(path);

/** Return the key of the person who was here last, or "". */
export async function whose() {
  const found = await caches.match("/", { cacheName: WHO });
  return found ? found.text() : "";
}

/** Remember who is here. */
export async function greet(person) {
  if ((await whose()) === person) return;
  const box = await caches.open(WHO);
  await box.put("/", new Response(person));
}

/** Return an answer as it is kept: with the moment, and the tag of what it holds. */
export async function dated(response, tag = "") {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, Date.now());
  headers.set(TAG, tag);
  return new Response(await response.blob(), { headers });
}

/** Return the lists of the courses that a person keeps. */
export async function keptCourses(shelf) {
  const keys = await shelf.keys();
  const lists = keys.filter(({ url }) => url.endsWith("/simpanan/"));
  return Promise.all(lists.map(async (key) => (await shelf.match(key)).json()));
}

/** Return the addresses of papers that a person has begun. */
export async function keptPapers(shelf) {
  const paths = (await shelf.keys()).map(({ url }) => new URL(url).pathname);
  return paths.filter((path) => PAPER.test(path));
}

/** Name the files that the site needs whatever is kept; return those named before. */
export async function nameKit(paths) {
  const files = await caches.open(FILES);
  const before = await files.match(KIT);
  await files.put(KIT, new Response(JSON.stringify([...paths, KIT])));
  return before ? before.json() : [];
}

/** Remove files that no page on this phone names, but for those of the kit. */
export async function sweep() {
  const kit = await caches.match(KIT, { cacheName: FILES });
  const used = new Set(kit ? await kit.json() : []);
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const shelf = await caches.open(name);
    for (const key of await shelf.keys()) {
      const html = await (await shelf.match(key)).text();
      for (const [, path] of html.matchAll(NAMED_FILE)) used.add(path);
    }
  }
  const files = await caches.open(FILES);
  for (const key of await files.keys()) {
    const { pathname } = new URL(key.url);
    if (!used.has(pathname)) await files.delete(key);
  }
}

/** Remove everything of a person; what waits to be sent stays in her outbox. */
export async function forget(person) {
  await caches.delete(shelfOf(person));
  await caches.delete(WHO);
  await sweep();
}
