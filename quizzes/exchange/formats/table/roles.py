"""What a column of somebody's own table can be, and the headings that say so."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Role = Literal[
    "",
    "number",
    "stem",
    "option",
    "right",
    "key",
    "feedback",
    "type",
    "objective",
    "level",
    "tags",
    "image",
]
ROLES: tuple[Role, ...] = get_args(Role)
LABELS: Mapping[Role, str] = MappingProxyType(
    {
        "": "Tidak dipakai",
        "number": "Nomor",
        "stem": "Soal",
        "option": "Pilihan (A, B, C, … menurut urutan kolom)",
        "right": "Jawaban benar yang juga pilihan",
        "key": "Kunci (huruf, nomor, atau teks)",
        "feedback": "Pembahasan",
        "type": "Jenis soal",
        "objective": "Kunci tujuan",
        "level": "Tingkat (C1 sampai C6)",
        "tags": "Tanda",
        "image": "Gambar (hanya diberitahukan)",
    }
)
# These may stand in more than one column.
MANY: frozenset[Role] = frozenset({"", "option", "key", "image"})
_WORDS: Mapping[Role, frozenset[str]] = {
    "number": frozenset(
        {"no", "nomor", "no soal", "nomor soal", "no urut", "number", "question number"}
    ),
    "stem": frozenset(
        {
            *("soal", "pertanyaan", "butir soal", "teks soal", "isi soal", "question"),
            *("question text", "naskah soal", "pertanyaan soal", "uraian soal"),
            *("rumusan soal", "soal pertanyaan", "question title"),
        }
    ),
    "option": frozenset(
        {"pilihan", "opsi", "pilihan jawaban", "opsi jawaban", "options", "choices"}
        | {"alternatif jawaban", "option", "pengecoh"}
    ),
    "right": frozenset(
        {"pilihan benar", "opsi benar", "jawaban benar dan pilihan", "correct option"}
    ),
    "key": frozenset(
        {
            *("kunci", "kunci jawaban", "jawaban", "jawaban benar", "key", "answer"),
            *("jawaban yang benar", "answer key", "correct answer", "correct answers"),
            *("correct answer s", "correct", "kunci soal", "right answer", "kunci jwb"),
        }
    ),
    "feedback": frozenset(
        {
            *("pembahasan", "penjelasan", "feedback", "umpan balik", "explanation"),
            *("answer explanation", "alasan", "rationale", "pembahasan soal"),
        }
    ),
    "type": frozenset(
        {"jenis", "tipe", "jenis soal", "tipe soal", "question type", "type"}
        | {"bentuk soal"}
    ),
    "objective": frozenset({"tujuan", "kunci tujuan", "kode tujuan", "objective"}),
    "level": frozenset({"tingkat", "level", "level kognitif", "tingkat kognitif"}),
    "tags": frozenset({"tanda", "tag", "tags"}),
    "image": frozenset({"gambar", "image", "image link", "picture", "image url"}),
}
_OPTION = re.compile(
    r"(?:(?:pilihan|pil|opsi|option|jawaban|answer|alternatif|choice|pengecoh)"
    r"(?: jawaban| answer)? )?(?P<mark>[a-j]|\d{1,2})"
)
# Kahoot says behind the name how much fits: "Question - max 120 characters".
_REMARK = re.compile(r" (?:max \d+ characters|choose at least one).*")


def plain_heading(words: str) -> str:
    """Return a heading in small letters without signs, as headings are compared."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded))


def role_of(heading: str) -> Role:
    """Return what a column of this heading most likely is, "" for another."""
    words = _REMARK.sub("", plain_heading(heading))
    if not words:
        return ""
    for role, known in _WORDS.items():
        if words in known:
            return role
    return "option" if is_option(words) else ""


def is_option(words: str) -> bool:
    """Whether a plain heading names one option: "a", "opsi b", "answer 3"."""
    found = _OPTION.fullmatch(words)
    # A bare number is the head of a column of numbers, not an option.
    return found is not None and not words.isdecimal()
