"""A small, sound course folder on disk, and ways to spoil it."""

from pathlib import Path

COURSE = """\
key: kursus-kecil
code: KK
title: Kursus Kecil
summary: Kursus untuk mencoba folder.
pillar: cakap
digcomp: [5]
jp: 1
jp_basis: Kurikulum contoh
objectives:
  - {key: t1, level: C2, text: Menjelaskan contoh.}
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
      - {objective: t1, levels: [C1, C2], count: 2}
plan:
  title: Rencana
  text: |
    Tulis **satu** kebiasaan.
"""
SOURCES = """\
- key: sumber
  text: Sumber contoh, 2026.
  url: https://contoh.example/sumber
  dated_on: 2026
  checked_on: 2026-11-21
"""
LESSON = """\
---
key: {key}
title: Pelajaran {key}
minutes: {minutes}
required: true
summary: Ringkas.
---
Pembuka.[^sumber]

## Bagian inti {{#inti}}

Isi pelajaran.

![Alur contoh](images/alur.svg)

/// cek | cek-1
///
"""
QUESTION = """\
  - key: {key}
    type: single_choice
    objective: t1
    level: C2
    stem: |
      Pertanyaan {key}?
    options:
      - {{key: a, text: Benar, correct: true, feedback: Tepat karena ini.}}
      - {{key: b, text: Belum, feedback: "Belum, karena itu."}}
    source: [sumber]
    checked_on: 2026-11-21
"""
IMAGE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<title>Alur</title>
<path d="M0 0h10" stroke="currentColor"/>
</svg>
"""


def bank(*keys: str) -> str:
    """Return a file with these questions."""
    return "questions:\n" + "".join(QUESTION.format(key=key) for key in keys)


def sound_files() -> dict[str, str]:
    """Return the files of a course without any problem: 1 JP, two lessons."""
    return {
        "course.yaml": COURSE,
        "sources.yaml": SOURCES,
        "lessons/01-satu.md": LESSON.format(key="satu", minutes=15),
        "lessons/02-dua.md": LESSON.format(key="dua", minutes=10),
        "questions/pretest.yaml": bank("pre-1", "pre-2"),
        "questions/posttest.yaml": bank("post-1", "post-2", "post-3"),
        "questions/practice.yaml": bank("cek-1"),
        "images/alur.svg": IMAGE,
    }


def write_folder(path: Path, files: dict[str, str] | None = None) -> Path:
    """Write the files and return the folder; files that were there stay."""
    for name, text in (sound_files() if files is None else files).items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return path


def spoil(path: Path, name: str, old: str, new: str) -> Path:
    """Replace a piece of one file that must be there; return the folder."""
    target = path / name
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
