// The browser's caches in memory, as far as static/js/phone uses them.

const pathOf = (key) => new URL(key.url || key, "https://melek.example").pathname;

class Box {
  constructor(room) {
    this.kept = new Map();
    this.room = room;
  }

  async put(key, response) {
    if (this.kept.size >= this.room) throw new DOMException("full", "QuotaExceededError");
    this.kept.set(pathOf(key), response);
  }

  async match(key) {
    return this.kept.get(pathOf(key))?.clone();
  }

  async delete(key) {
    return this.kept.delete(pathOf(key));
  }

  async keys() {
    return [...this.kept.keys()].map((path) => ({ url: `https://melek.example${path}` }));
  }
}

/** Return caches whose boxes hold so many answers each. */
export function makeCaches(room = Infinity) {
  const boxes = new Map();
  return {
    async open(name) {
      if (!boxes.has(name)) boxes.set(name, new Box(room));
      return boxes.get(name);
    },
    async match(key, { cacheName }) {
      return boxes.get(cacheName)?.match(key);
    },
    async has(name) {
      return boxes.has(name);
    },
    async delete(name) {
      return boxes.delete(name);
    },
    async keys() {
      return [...boxes.keys()];
    },
  };
}
