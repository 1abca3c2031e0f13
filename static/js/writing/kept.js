// What is typed, in this browser: written at once with every key, so that it outlives the
// tab, the line, the session and the server. Each person has her own, on shared computers
// too. localStorage, because it is done before the next key: a database would still be
// busy when the tab dies.

const AGE = 30 * 24 * 3600 * 1000;

/** Keeps of one person for one lesson; `box` is localStorage or stands in for it. */
export class Kept {
  constructor(box, person, lesson) {
    this.box = box;
    this.prefix = `tulisan:${person}:${lesson}:`;
  }

  /** Keep the newest words of a sitting; false where the browser has no room or no store. */
  keep(writing) {
    try {
      this.box.setItem(this.prefix + writing.sitting, JSON.stringify(writing));
      return true;
    } catch {
      return false;
    }
  }

  /** Return every writing of this person and lesson, the newest first. */
  all() {
    const found = [];
    for (const key of this.#keys()) {
      const writing = read(this.box.getItem(key));
      if (writing) found.push(writing);
    }
    return found.sort((a, b) => b.at - a.at);
  }

  /** Forget a sitting. */
  drop(sitting) {
    this.box?.removeItem(this.prefix + sitting);
  }

  /** Forget what the server has closed up to its number, and what is older than a month. */
  forget(closed, now) {
    const upto = new Map(closed.map((said) => said.split(":")));
    for (const { sitting, sequence, at } of this.all()) {
      if (sequence <= Number(upto.get(sitting) || 0) || at < now - AGE) this.drop(sitting);
    }
  }

  #keys() {
    try {
      return Object.keys(this.box).filter((key) => key.startsWith(this.prefix));
    } catch {
      return [];
    }
  }
}

/** The browser's own store, or null where it refuses. */
export function storeOf(window) {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
