"""Which columns the rows of each question type have in the editor.

`COLUMNS` is the table of docs/decisions/0019-question-types.md as authors meet it: a
new type is a line of it. A row always has a text; everything else is a column.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

ONE, MANY = "radio", "checkbox"
PERCENT, POINTS, TRUTH = "percent", "points", "truth"
ROW, CHOICE = "row", "choice"
TRUE, FALSE = "benar", "salah"


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of row, in words for authors.

    `word` names a row ("Pilihan A"), numbered unless it `has_letters`. `picks` says how
    a key is marked, `worth` in what a row's value is typed. `goes_to` labels a list
    of other rows or scenes, `tolerance` and `group` fields of their own. `fewest` rows
    are offered at first, `most` can be added.
    """

    word: str
    help: str
    text: str = "Teks"
    picks: str = ""
    picked: str = ""
    worth: str = ""
    goes_to: str = ""
    has_feedback: bool = True
    has_tolerance: bool = False
    has_group: bool = False
    has_letters: bool = False
    is_named_in_stem: bool = False
    fewest: int = 4
    most: int = 8


COLUMNS: Mapping[str, Columns] = {
    "single_choice": Columns(
        "Pilihan",
        "Tandai satu kunci. Beri alasan singkat untuk setiap pilihan; "
        "peserta membacanya setelah menjawab.",
        picks=ONE,
        picked="Kunci jawaban",
        has_letters=True,
    ),
    "multiple_response": Columns(
        "Pilihan",
        "Tandai semua yang benar. Tanpa tanda berarti tidak ada yang benar.",
        picks=MANY,
        picked="Benar",
        has_letters=True,
        most=10,
    ),
    "true_false_set": Columns(
        "Pernyataan",
        "Tulis satu pernyataan tiap baris, lalu tentukan benar atau salah.",
        worth=TRUTH,
        most=10,
    ),
    "ordering": Columns(
        "Langkah",
        "Susun dalam urutan yang benar. Peserta menerimanya dalam urutan acak.",
        most=12,
    ),
    "gap_select": Columns(
        "Pilihan",
        "Tulis kodenya di pertanyaan, misalnya [[a]], di tempat pilihan itu yang "
        "benar. Celah menawarkan semua pilihan dari kelompok yang sama.",
        has_group=True,
        is_named_in_stem=True,
        most=20,
    ),
    "numeric": Columns(
        "Jawaban",
        "Tulis angka dengan koma desimal, misalnya 9,6. Toleransi boleh angka atau "
        "persen, misalnya 5%; 0 berarti harus tepat.",
        text="Angka",
        worth=PERCENT,
        has_tolerance=True,
        fewest=1,
    ),
    "short_text": Columns(
        "Jawaban",
        "Tulis semua jawaban yang diterima, masing-masing dengan nilainya.",
        worth=PERCENT,
        fewest=2,
        most=12,
    ),
    "situational": Columns(
        "Pilihan",
        "Beri tiap pilihan 0 sampai 5 poin. Yang terbaik bernilai 5.",
        worth=POINTS,
        has_letters=True,
    ),
    "mark_text": Columns(
        "Bagian",
        "Tulis kodenya di pertanyaan, misalnya [[a]], di tempat bagian itu berada. "
        "Centang bagian yang perlu ditandai peserta.",
        picks=MANY,
        picked="Perlu ditandai",
        is_named_in_stem=True,
        most=20,
    ),
}
MATCHING_ROWS = Columns(
    "Baris",
    "Tulis yang dijodohkan, lalu pilih pasangannya. "
    "Beberapa baris boleh berbagi pasangan.",
    goes_to="Pasangannya",
    fewest=3,
    most=12,
)
MATCHING_CHOICES = Columns(
    "Pasangan",
    "Pasangan yang tidak dipakai boleh ada, supaya jawaban tidak bisa ditebak.",
    has_feedback=False,
    has_letters=True,
    fewest=3,
    most=12,
)
REPLIES = Columns(
    "Tanggapan",
    "Beri 0 sampai 5 poin, dan pilih adegan berikutnya.",
    worth=POINTS,
    goes_to="Lanjut ke",
    fewest=2,
    most=6,
)


def columns_of(type_name: str, scoring: str, *, has_parts: bool = False) -> Columns:
    """Return the columns of a type whose rows stand in one list.

    With `has_parts` some option of a single choice carries a part of the points, as
    imported ones may; under fractions every option of a multiple response does.
    """
    columns = COLUMNS[type_name]
    if scoring == "fractions" or (type_name == "single_choice" and has_parts):
        return replace(columns, picks="", worth=PERCENT, help=_HELP_ON_PARTS)
    return columns


_HELP_ON_PARTS = (
    "Beri tiap pilihan nilainya dalam persen. Yang benar berjumlah 100; "
    "yang salah boleh di bawah 0."
)
