"""The columns of a workbook of questions: a row for each option.

The first row of a question holds its wording and its first option; the rows below,
with nothing under “Soal”, hold the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from quizzes.exchange.formats.moodle.question import percent_of
from quizzes.questions.types import TYPES
from quizzes.questions.types.shares import MOST_POINTS, plain_number, read_share

SHEET, GUIDE, LISTS = "Soal", "Petunjuk", "Daftar"
RIGHT_CELL, WRONG_CELL = "benar", "salah"
ROW_CELL, CHOICE_CELL, SCENE_CELL = "baris", "pilihan", "adegan"
GROUPS: Mapping[str, str] = {"row": ROW_CELL, "choice": CHOICE_CELL}
# Types whose options are accepted answers: right unless something else is said.
ANSWERS = frozenset({"numeric", "short_text"})
_BINARY = frozenset(
    {"single_choice", "multiple_response", "true_false_set", "mark_text"}
)


@dataclass(frozen=True)
class Column:
    """A column: its title, width in characters, how to fill it."""

    title: str
    width: int
    note: str
    list_name: str = ""


KEY = Column("Kode soal", 22, "Huruf kecil, angka, tanda hubung. Boleh kosong.")
TYPE = Column("Jenis", 30, "Pilih dari daftar. Wajib di baris pertama soal.", "jenis")
STEM = Column("Soal", 60, "Pertanyaannya, dengan Markdown. Kosong di baris berikutnya.")
SCORING = Column(
    "Aturan nilai", 24, "Pilih dari daftar; kosong berarti aturan baku.", "aturan"
)
OPTION_KEY = Column("Kode pilihan", 16, "Kode tiap pilihan. Boleh kosong.")
OPTION = Column(
    "Pilihan",
    48,
    "Teks pilihan, pernyataan, langkah, bagian teks, atau jawaban yang diterima.",
)
WORTH = Column(
    "Nilai",
    10,
    "benar, salah, atau persen seperti 50%. Untuk soal situasi: poin 0 sampai 5.",
    "nilai",
)
MATCH = Column(
    "Pasangan",
    24,
    "Menjodohkan: kode atau teks pasangannya. Angka: toleransi, seperti 0.5 atau 5%. "
    "Percakapan: kode adegan berikutnya, kosong untuk mengakhiri.",
)
GROUP = Column(
    "Kelompok",
    16,
    "Menjodohkan: baris atau pilihan. Isian pilihan: nama daftarnya. Percakapan: "
    "kode adegan tempat balasan ini; tulis adegan di baris yang berisi ucapannya.",
)
FEEDBACK = Column("Umpan balik", 48, "Satu kalimat untuk yang memilih ini.")
DISCUSSION = Column("Pembahasan", 48, "Ditampilkan setelah soal selesai.")
OBJECTIVE = Column("Tujuan", 12, "Kunci tujuan kursus, misalnya t1.")
LEVEL = Column("Tingkat", 10, "C1 sampai C6.", "tingkat")
PILLAR = Column("Pilar", 12, "Kosong bila sama dengan kursusnya.", "pilar")
TAGS = Column("Tanda", 24, "Dipisah koma.")
SOURCES = Column("Sumber", 20, "Kunci sumber, dipisah koma.")
CHECKED = Column("Diperiksa", 14, "Tanggal, misalnya 2026-11-21.")
EXPECTED = Column(
    "Taksiran", 12, "Persen benar sebelum dan sesudah kursus, misalnya 40/82."
)
ENEMIES = Column(
    "Tidak bersama", 24, "Kode soal yang tidak boleh selembar dengannya, dipisah koma."
)
UNIT = Column("Satuan", 12, "Untuk soal angka: satuan dengan kata, misalnya orang.")

COLUMNS = (
    *(KEY, TYPE, STEM, SCORING, OPTION_KEY, OPTION, WORTH, MATCH, GROUP, FEEDBACK),
    *(DISCUSSION, OBJECTIVE, LEVEL, PILLAR, TAGS, SOURCES, CHECKED, UNIT),
    *(EXPECTED, ENEMIES),
)


def said_worth(type: str, fraction: Decimal) -> str:
    """Return what an option is worth as a person writes it."""
    points = fraction * MOST_POINTS
    if type == "situational" and points == points.to_integral_value():
        return f"{plain_number(points):f}"
    if type in _BINARY and fraction in {0, 1}:
        return RIGHT_CELL if fraction else WRONG_CELL
    if not fraction and type not in ANSWERS | {"situational", "dialogue"}:
        return ""
    return f"{percent_of(fraction)}%"


def worth_of_cell(type: str, words: str) -> Decimal | None:
    """Return the share that a cell says, None where it says none.

    A cell with the format of a percentage comes as a part of one.
    """
    word = words.strip().lower()
    if not word:
        return Decimal(type in ANSWERS)
    if word in {RIGHT_CELL, WRONG_CELL, "true", "false"}:
        return Decimal(word in {RIGHT_CELL, "true"})
    if word.endswith("%"):
        return read_share(word[:-1])
    share = read_share(word)
    if share is None:
        return None
    number = share * 100
    if type == "situational" and 0 <= number <= MOST_POINTS:
        return number / MOST_POINTS
    return plain_number(number) if -1 <= number <= 1 else None


def read_type(words: str) -> str | None:
    """Return the name of a type by name or label, None for another."""
    word = words.strip().lower()
    for name, question_type in TYPES.items():
        if word in {name, question_type.label.lower()}:
            return name
    return None


def read_scoring(type: str, words: str) -> str:
    """Return the name of a rule by name or label; what is neither stays as it is."""
    word = words.strip().lower()
    for name, label in TYPES[type].scorings.items():
        if word in {name, label.lower()}:
            return name
    return words.strip()
