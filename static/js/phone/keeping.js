// A course that is kept on this phone: what there is to fetch, fetching it, removing it.
//
// The list of its pages lies beside them. A page is fetched when its tag is another one
// than that of the copy, so that an update costs what has changed; a fetch that was cut
// goes on where it stopped.

import { dated, FILES, shelfOf, sweep, TAG } from "./shelf.js";

const AT_ONCE = 3;

/** Thrown where this browser allows no caches. */
export class Denied extends Error {}

export class Keeping {
  /** `url` is the address of the list of the course. */
  constructor({ url, person }) {
    this.url = url;
    this.person = person;
  }

  async open() {
    try {
      this.shelf = await caches.open(shelfOf(this.person));
      this.files = await caches.open(FILES);
    } catch (error) {
      throw new Denied(String(error));
    }
  }

  /** Return the list that is kept, or null. */
  async list() {
    const found = await this.shelf.match(this.url);
    return found ? found.json() : null;
  }

  /** Ask what there is to keep; return the list and what of it has to be fetched. */
  async plan() {
    const response = await fetch(this.url);
    if (!response.ok || response.redirected) throw new TypeError("no list");
    const list = await response.json();
    const missing = [];
    for (const page of list.pages) if (!(await this.has(page))) missing.push(page);
    for (const file of list.files) {
      if (!(await this.files.match(file.url))) missing.push({ ...file, isFile: true });
    }
    return { list, missing };
  }

  async has({ url, tag }) {
    const kept = tag && (await this.shelf.match(url));
    return Boolean(kept) && kept.headers.get(TAG) === tag;
  }

  /** Fetch what is missing; `onStep` is told how much is done. Returns the list as kept. */
  async fetchAll({ list, missing }, onStep) {
    const before = await this.list();
    await this.write({ ...list, isWhole: false });
    const queue = [...missing];
    let done = 0;
    const work = async () => {
      while (queue.length > 0) {
        await this.fetchOne(queue.shift());
        done += 1;
        onStep(done, missing.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const now = new Set(list.pages.map(({ url }) => url));
    for (const { url } of before?.pages || []) if (!now.has(url)) await this.shelf.delete(url);
    const whole = { ...list, isWhole: true, at: Date.now() };
    await this.write(whole);
    return whole;
  }

  async fetchOne({ url, tag, isFile }) {
    const response = await fetch(url);
    if (!response.ok || response.redirected) throw new TypeError(`${url}: ${response.status}`);
    if (isFile) await this.files.put(url, response);
    else await this.shelf.put(url, await dated(response, tag));
  }

  write(list) {
    return this.shelf.put(this.url, new Response(JSON.stringify(list)));
  }

  /** Remove the course; the home page stays while another course or a paper needs it. */
  async remove() {
    const list = await this.list();
    for (const { url } of list?.pages || []) if (url !== "/") await this.shelf.delete(url);
    await this.shelf.delete(this.url);
    if ((await this.shelf.keys()).length === 1) await this.shelf.delete("/");
    await sweep();
  }
}

/** Return what some pieces weigh, in whole kilobytes. */
export function kilobytes(pieces) {
  return Math.ceil(pieces.reduce((sum, { bytes }) => sum + bytes, 0) / 1024);
}
