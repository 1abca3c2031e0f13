// The log of one person on this device: what was answered here and may not have reached
// the server yet. An answer is added before anything is sent, and it leaves the log only
// when the server has named its number as accepted or refused. Each person has a database
// of its own, so that people who share a computer never meet.
//
// A log has three verbs, `all`, `add` and `remove`, and says whether it `isLasting`: it
// outlives the page. Where IndexedDB is missing, localStorage takes its place; where that
// is missing too, the memory of the page does, and the page says so.

const STORE = "saves";
// Some browsers never answer, in private windows for example.
const PATIENCE = 4000;

const nameOf = (person) => `quiz-${person}`;

/** Open the log of a person; it is made where there is none. Never fails. */
export async function openLog(person) {
  const name = nameOf(person);
  try {
    return inDatabase(await openDatabase(name, { makes: true }));
  } catch {
    return inLocalStorage(name) || inMemory(person);
  }
}

/** Return the log that an earlier visit has left, or null. None is made. */
export async function findLog(person) {
  const name = nameOf(person);
  try {
    return inDatabase(await openDatabase(name, { makes: false }));
  } catch {
    return inLocalStorage(name);
  }
}

/** Return a log that ends with the page. */
export function inMemory(person) {
  return inBox({}, nameOf(person), false);
}

function openDatabase(name, { makes }) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const { result, transaction } = opening;
      if (makes) result.createObjectStore(STORE, { keyPath: "sequence", autoIncrement: true });
      else transaction.abort();
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
    setTimeout(reject, PATIENCE);
  });
}

function inDatabase(database) {
  // "strict": the answer is on the disk before the page says that it is kept.
  const run = (verb, value) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
      const request = transaction.objectStore(STORE)[verb](value);
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = reject;
    });
  return {
    isLasting: true,
    all: () => run("getAll"),
    add: (save) => run("add", save),
    remove: (save) => run("delete", save.sequence),
  };
}

function inLocalStorage(name) {
  try {
    return inBox(localStorage, name, true);
  } catch {
    return null;
  }
}

function inBox(box, name, isLasting) {
  // Numbers far above those of a database that worked before and fails now: for the
  // server the highest number of a device is its last word.
  let sequence = Math.floor((1 + Math.random()) * 9e8);
  return {
    isLasting,
    async all() {
      const keys = Object.keys(box).filter((key) => key.startsWith(name));
      const saves = keys.map((key) => JSON.parse(box[key]));
      return saves.sort((a, b) => a.offset_ms - b.offset_ms);
    },
    async add(save) {
      sequence += 1;
      box[name + sequence] = JSON.stringify({ ...save, sequence });
      return sequence;
    },
    async remove(save) {
      delete box[name + save.sequence];
    },
  };
}
