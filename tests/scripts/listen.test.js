import { expect, test } from "bun:test";

import { voiceOf } from "../../static/js/listen/voice.js";
import { sentencesOf, spoken } from "../../static/js/listen/words.js";

const SAID = [
  ["NIP Anda dan 24 JP", "nip Anda dan 24 jam pelajaran"],
  ["SPBE, ASN, dan AI", "es pe be e, a es en, dan a i"],
  ["PPPK di Kementerian PANRB", "pe pe pe ka di Kementerian pan er be"],
  ["paling lambat 16.15 WIB", "paling lambat pukul 16 lewat 15 menit Waktu Indonesia Barat"],
  ["Pukul 08.00 WIT.", "pukul 8 Waktu Indonesia Timur."],
  ["mulai pukul 08.30", "mulai pukul 8 lewat 30 menit"],
  ["Rp1.500.000 atau Rp 2,5 juta", "1500000 rupiah atau 2 koma 5 juta rupiah"],
  ["PP 11/2017 dan UU 27/2022", "pe pe 11 tahun 2017 dan u u 27 tahun 2022"],
  ["golongan III/b, eselon IV", "golongan tiga be, eselon empat"],
  ["1.234,5 dari 17.000 orang", "1234 koma 5 dari 17000 orang"],
  ["70% dalam 3 × 24 jam", "70 persen dalam 3 kali 24 jam"],
  ["2–4 halaman, 2020-2024", "2 sampai 4 halaman, 2020 sampai 2024"],
  ["2026-11-30 atau 0812-3456-7890", "2026-11-30 atau 0812-3456-7890"],
  ["TIDAK boleh, kata JDIH dan OPD", "TIDAK boleh, kata je de i ha dan o pe de"],
  ["surat, nota, dll.", "surat, nota, dan lain-lain"],
  ["buka https://lapor.go.id sekarang", "buka lapor titik go titik id sekarang"],
  ["Satu Data Indonesia", "Satu Data Indonesia"],
];

test.each(SAID)("%s", (text, said) => expect(spoken(text)).toBe(said));

test("a text is said sentence by sentence, and none gets lost", () => {
  const text = "Buka surat. Sudah? Catat: nomor, tanggal; lalu simpan";

  expect(sentencesOf(text).join(" ")).toBe(text);
  expect(sentencesOf(text)).toHaveLength(5);
  expect(sentencesOf("")).toEqual([]);
});

test("only a voice of this device is asked to speak", () => {
  const voices = [
    { lang: "en-US", localService: true, name: "english" },
    { lang: "id-ID", localService: false, name: "far away" },
    { lang: "in_ID", localService: true, name: "old phone" },
  ];

  expect(voiceOf(voices).name).toBe("old phone");
  expect(voiceOf(voices.slice(0, 2))).toBeUndefined();
});
