// How a text is said. Voices know letters and whole numbers; what offices write beside
// them (times, amounts, laws, ranks, abbreviations) is turned into words here.

const NAMES = "a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet";
const LETTERS = Object.fromEntries(
  NAMES.split(" ").map((name, at) => [String.fromCharCode(65 + at), name]),
);
// Said as a word or in full. Any other abbreviation is spelled.
const SAID = {
  BSrE: "be es er e",
  JP: "jam pelajaran",
  KB: "kilobita",
  LAN: "lan",
  MB: "megabita",
  NIK: "nik",
  NIP: "nip",
  PANRB: "pan er be",
  PIN: "pin",
  SIASN: "si a es en",
  WIB: "Waktu Indonesia Barat",
  WIT: "Waktu Indonesia Timur",
  WITA: "Waktu Indonesia Tengah",
};
const SHORT = {
  "a.n.": "atas nama",
  "dll.": "dan lain-lain",
  "dsb.": "dan sebagainya",
  "dst.": "dan seterusnya",
  "mis.": "misalnya",
  "No.": "nomor",
  "s.d.": "sampai dengan",
  "tgl.": "tanggal",
};
const RANKS = { I: "satu", II: "dua", III: "tiga", IV: "empat", V: "lima" };
const ROMAN = { VI: "enam", VII: "tujuh", VIII: "delapan", IX: "sembilan", X: "sepuluh" };

const escape = (text) => text.replaceAll(".", "\\.");
const shorts = new RegExp(`(?<!\\w)(?:${Object.keys(SHORT).map(escape).join("|")})`, "g");
const numbers = { ...RANKS, ...ROMAN };

const plain = (number) => number.replaceAll(".", "").replace(",", " koma ");
const spell = (word) => [...word].map((letter) => LETTERS[letter]).join(" ");

// A word that is only written large, such as TIDAK, and no abbreviation.
const WORD = /^(?=...)(?:[^AIUEO]?[AIUEO])+[^AIUEO]?$/;
const said = (word) => SAID[word] || numbers[word] || (WORD.test(word) ? word : spell(word));

/** Return a text as a voice should read it. */
export function spoken(text) {
  return text
    .replace(/https?:\/\/|www\./g, "")
    .replace(/(?<=[a-z\d])\.(?=(?:[a-z\d-]+\.)*(?:id|com|org)\b)/g, " titik ")
    .replace(shorts, (short) => SHORT[short])
    .replace(
      /(?:\b[Pp]ukul )?\b(\d{1,2})\.(\d{2})(?= ?(?:WIB|WITA|WIT)\b)/g,
      (_all, hour, minute) =>
        Number(minute)
          ? `pukul ${Number(hour)} lewat ${Number(minute)} menit`
          : `pukul ${Number(hour)}`,
    )
    .replace(/\b([Pp]ukul) (\d{1,2})\.(\d{2})\b/g, (_all, word, hour, minute) =>
      Number(minute)
        ? `${word} ${Number(hour)} lewat ${Number(minute)} menit`
        : `${word} ${Number(hour)}`,
    )
    .replace(
      /\bRp ?(\d[\d.,]*\d|\d)((?: (?:ribu|juta|miliar|triliun))?)/g,
      (_all, number, unit) => `${plain(number)}${unit} rupiah`,
    )
    .replace(/\b(\d{1,4})\/((?:19|20)\d\d)\b/g, "$1 tahun $2")
    .replace(
      /\b(I|II|III|IV)\/([a-e])\b/g,
      (_all, rank, letter) => `${RANKS[rank]} ${LETTERS[letter.toUpperCase()]}`,
    )
    .replace(
      /\b(?<=[Gg]olongan |[Bb]ab |[Tt]ahap |[Ll]ampiran |[Ee]selon )([IVX]+)\b/g,
      (roman) => numbers[roman] || roman,
    )
    .replace(/\b\d{1,3}(?:\.\d{3})+(?:,\d+)?\b|\b\d+,\d+\b/g, plain)
    .replace(/(?<![\d–-])(\d+) ?[–-] ?(\d+)(?![\d–-])/g, "$1 sampai $2")
    .replace(/ ?% ?/g, " persen ")
    .replace(/ ?× ?/g, " kali ")
    .replace(/ ?→ ?/g, ", lalu ")
    .replace(/\bBSrE\b|\b[A-Z]{2,5}\b/g, said)
    .replace(/ +([,.;:!?])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Return the sentences of a text; a voice stops in the middle of a long one. */
export function sentencesOf(text) {
  return (
    text
      .match(/.*?[.!?:;](?=\s|$)|.+$/g)
      ?.map((one) => one.trim())
      .filter(Boolean) || []
  );
}
