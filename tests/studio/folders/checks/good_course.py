"""A course folder that passes every check, in pieces that a test can replace."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.studio.course_folders import write_folder

COURSE = """\
key: kursus-baik
code: KB
title: Kursus baik
summary: Kursus yang lolos setiap pemeriksaan.
pillar: cakap
digcomp: [5]
jp: 1
jp_basis: Kurikulum contoh
objectives:
  - {key: t1, level: C2, text: Menjelaskan tiga lapis layanan.}
  - {key: t2, level: C3, text: Memilih langkah yang sesuai.}
  - {key: t3, level: C6, text: Merancang satu kebiasaan.}
modules:
  - key: m1
    title: Modul satu
    lessons: [satu, dua]
minutes:
  pretest: 5
  posttest: 10
  plan: 5
quizzes:
  - key: pretest
    purpose: pretest
    title: Pre-test
    bank: pretest
    slots: all
  - key: posttest
    purpose: posttest
    title: Post-test
    bank: posttest
    time_limit_minutes: 10
    pass_mark: 70
    attempts: 3
    cooldown_hours: 24
    draw:
      - {objective: t1, levels: [C1, C2], count: 4}
      - {objective: t2, levels: [C3], count: 3, types: [single_choice]}
      - {objective: t2, levels: [C3], count: 5, types: [ordering]}
plan:
  title: Rencana
  text: |
    Tulis **satu** kebiasaan yang ingin Anda ubah pekan ini.
"""
SOURCES = """\
- key: sumber
  text: Sumber contoh, 2026.
  url: https://contoh.example/sumber
  dated_on: 2026
  checked_on: 2026-11-21
"""
FILLER = (
    "Petugas mencatat setiap permohonan yang masuk, lalu meneruskannya kepada rekan di "
    "meja sebelah. Warga menerima nomor dan dapat melihat kemajuannya dari papan. Bila "
    "ada berkas yang kurang, pemberitahuan dikirim pada hari yang sama. Cara ini sudah "
    "dicoba di beberapa kecamatan dan membuat antrean pagi lebih pendek."
)
OPENING = (
    "Pukul tujuh pagi, Bu Ina membuka loket di Waingapu. Dua puluh orang sudah "
    "duduk di bangku, dan separuhnya membawa nomor dari HP. Printer nomor kertas macet "
    "sejak kemarin. Siapa yang sebaiknya dilayani lebih dahulu?"
)
LESSON = f"""\
---
key: {{key}}
title: Pelajaran {{key}}
minutes: {{minutes}}
required: true
summary: Melihat satu layanan dari dekat.
---
{OPENING}[^sumber]

## Yang tampak {{{{#tampak}}}}

{FILLER} {FILLER}

![{{alt}}](images/{{image}}.svg)

## Yang tidak tampak {{{{#tersembunyi}}}}

{FILLER} {FILLER}

/// cek | {{check}}
///

## Dilema {{{{#dilema}}}}

{FILLER} {FILLER}

/// kasus | Satu antrean, dua nomor
{FILLER} {FILLER} {FILLER}
///

## Ringkas dan coba {{{{#penutup}}}}

/// rangkum | Ringkasan
- {FILLER}
///

/// hari-ini | Coba hari ini
Amati satu antrean selama lima menit.
///
"""
ALT = "Alur dari loket ke papan: warga menerima nomor lalu melihat kemajuan berkasnya."
IMAGE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<title>Alur {name}</title>
<rect width="10" height="10" fill="#073B44"/>
<path d="M0 0h10" stroke="#FFFFFF"/>
</svg>
"""
EXERCISE = """\
  - key: cek-2
    type: true_false_set
    objective: t2
    level: C3
    stem: |
      Tandai kalimat tentang papan antrean yang dapat dipercaya oleh pengunjung loket.
    options:
      - {key: a, text: Papan memuat jam, correct: true, feedback: Jam membantu warga.}
      - {key: b, text: Papan memuat NIK, correct: false, feedback: NIK dijaga.}
    source: [sumber]
    checked_on: 2026-11-21
"""
PLACES = (
    *("Ambon", "Biak", "Cirebon", "Dumai", "Ende", "Fakfak", "Garut", "Hulu", "Ilir"),
    *("Jayapura", "Kupang", "Luwuk", "Maros", "Nias", "Oksibil", "Palu", "Raha"),
    *("Sintang", "Ternate", "Ujung", "Vila", "Wamena", "Yapen", "Zaitun", "Aceh"),
    *("Bima", "Cianjur", "Donggala"),
)
THINGS = (
    *("akta", "buku", "cuti", "data", "ekspor", "faktur", "gaji", "hibah", "izin"),
    *("jadwal", "kartu", "laporan", "memo", "notula", "objek", "peta", "rapor"),
    *("surat", "tabel", "undangan", "visi", "wakaf", "yayasan", "zakat", "arsip"),
    *("berita", "cetakan", "disposisi"),
)


def question(
    key: str,
    number: int,
    *,
    objective: str = "t1",
    level: str = "C2",
    key_at: int | None = None,
    key_text: str = "",
    wrong_text: str = "",
) -> str:
    """Return a question of four options; the key wanders unless `key_at` says where."""
    place = number % 4 if key_at is None else key_at
    thing = THINGS[number]
    lines = [
        f"  - key: {key}",
        "    type: single_choice",
        f"    objective: {objective}",
        f"    level: {level}",
        "    stem: |",
        f"      Kantor {PLACES[number]} menerima {thing} rangkap {number + 2} dari "
        f"bidang {PLACES[-number]}. Langkah pertama petugas {thing}?",
        "    options:",
    ]
    for at, letter in enumerate("abcd"):
        text = f"Cara {letter} untuk {thing}"
        if at == place:
            text, correct = key_text or text, ", correct: true"
        else:
            text, correct = f"{wrong_text} {letter}" if wrong_text else text, ""
        lines.append(
            f'      - {{key: {letter}, text: "{text}", feedback: "Karena {letter}."'
            f"{correct}}}"
        )
    return "\n".join([*lines, *_SAID, ""])


_SAID = (
    "    source: [sumber]",
    "    checked_on: 2026-11-21",
    "    expected: {untrained: 40, trained: 80}",
)


def sequence(number: int) -> str:
    """Return a question about the order of four steps."""
    thing, place = THINGS[number], PLACES[number + 3]
    lines = [
        f"  - key: urut-{number + 1}",
        "    type: ordering",
        "    objective: t2",
        "    level: C3",
        "    stem: |",
        f"      Loket {place} membagi {thing} menjadi {number + 40} berkas sebelum "
        f"rapat {PLACES[number + 7]}. Susun kegiatannya.",
        "    options:",
    ]
    lines += [
        f'      - {{key: {letter}, text: "Tahap {letter} {thing}", feedback: "Urut."}}'
        for letter in "abcd"
    ]
    return "\n".join([*lines, *_SAID, ""])


Change = Callable[[int], dict[str, object]]


def posttest(change: Change = lambda _number: {}, count: int = 21) -> str:
    """Return the bank of the post-test; `change` may alter question by number."""
    rows = []
    for number in range(count):
        kind = ("t1", "C2") if number < 12 else ("t2", "C3")
        said = {"objective": kind[0], "level": kind[1], **change(number)}
        rows.append(question(f"post-{number + 1}", number, **said))
    rows += [sequence(number) for number in range(15)]
    return "questions:\n" + "".join(rows)


def bank(prefix: str, numbers: Sequence[int]) -> str:
    """Return a bank of plain questions, one for each number."""
    rows = (question(f"{prefix}-{n}", n) for n in numbers)
    return "questions:\n" + "".join(rows)


def lesson(key: str, minutes: int, check: str, image: str, alt: str = ALT) -> str:
    """Return a lesson of more than 500 words."""
    return LESSON.format(key=key, minutes=minutes, check=check, image=image, alt=alt)


def good_files() -> dict[str, str]:
    """Return the files of a course that passes every check."""
    return {
        "course.yaml": COURSE,
        "sources.yaml": SOURCES,
        "lessons/01-satu.md": lesson("satu", 15, "cek-21", "alur"),
        "lessons/02-dua.md": lesson("dua", 10, "cek-2", "papan"),
        "questions/pretest.yaml": bank("pre", [23, 24]),
        "questions/posttest.yaml": posttest(),
        "questions/practice.yaml": bank("cek", [21]) + EXERCISE,
        "images/alur.svg": IMAGE.format(name="loket"),
        "images/papan.svg": IMAGE.format(name="papan"),
    }


def write_good(path: Path, **files: str) -> Path:
    """Write the good course and return its folder."""
    return write_folder(path, {**good_files(), **files})
