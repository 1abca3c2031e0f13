"""One cell of the sheet: text in, value out, or a problem with its remedy."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from accounts.people_import.columns import (
    ESELONS,
    GENDERS,
    GOLONGAN_PNS,
    GOLONGAN_PPPK,
    JABATAN_KINDS,
    STATUSES,
    ZONES,
)

Value = str | date | None
Reader = Callable[[str], Value]

# Invisible marks that come along from a PDF or a chat.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Excel's way to keep digits as text in a CSV: ="199001172015041901".
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_FORMULA_STARTS = ("=", "+", "@")
_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
)
_NOTHING = frozenset({"-", "–", "—"})
# Control characters, halves of characters, private and unassigned ones.
_BAD_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*/?^_`{|}~-][a-z0-9.!#$%&'*+/=?^_`{|}~-]*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_YES = frozenset({"", "ya", "y", "1", "true", "aktif"})
_NO = frozenset({"tidak", "t", "0", "false", "tidakaktif"})


class CellProblem(Exception):
    """A cell that cannot be used: code and message as in `Finding`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def clean(raw: str) -> str:
    """Return the text without invisible marks and double spaces.

    A lone dash is nothing. Capitals, degrees and punctuation stay exactly as given.
    """
    text = " ".join(_INVISIBLE.sub("", raw).split())
    quoted = _QUOTED_FORMULA.fullmatch(text)
    if quoted:
        text = quoted[1].strip()
    return "" if text in _NOTHING else text


def check_text(text: str, longest: int) -> None:
    """Refuse formulas, error values of Excel, control characters and overlong text."""
    if text.startswith(_FORMULA_STARTS) or text in _EXCEL_ERRORS:
        raise CellProblem(
            "SEL_RUMUS",
            "Isi sel ini rumus atau galat Excel. Ganti dengan nilainya saja.",
        )
    if any(
        unicodedata.category(letter) in _BAD_CATEGORIES or letter in _DIRECTION_MARKS
        for letter in text
    ):
        raise CellProblem(
            "HURUF_TIDAK_DIKENAL",
            "Sel ini berisi huruf yang tidak tampak. Ketik ulang isinya.",
        )
    if longest and len(text) > longest:
        raise CellProblem(
            "TERLALU_PANJANG",
            f"Isinya {len(text)} huruf, paling panjang {longest}. Ringkas isinya.",
        )


def read_date(text: str) -> date | None:
    """Read `dd-mm-yyyy` or `yyyy-mm-dd`; nothing stays nothing."""
    if not text:
        return None
    text = text.lstrip("'\u2019")
    day_first = _DAY_FIRST.fullmatch(text)
    year_first = _YEAR_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        if year_first:
            year, month, day = map(int, year_first.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise CellProblem(
        "TANGGAL_TIDAK_TERBACA",
        "Tanggal ini tidak terbaca. Tulis seperti 31-12-2025 atau 2025-12-31.",
    )


def read_email(text: str) -> str | None:
    """Return the address in small letters; nothing stays nothing."""
    address = text.lower()
    if not address:
        return None
    if not _EMAIL.fullmatch(address) or ".." in address:
        raise CellProblem(
            "SUREL_TIDAK_SAH",
            "Alamat surel ini tidak lengkap. Contoh yang benar: nama@instansi.go.id.",
        )
    return address


def read_active(text: str) -> bool:
    """Read `ya` or `tidak`; an empty cell is `ya`."""
    word = _key(text)
    if word in _YES | _NO:
        return word in _YES
    raise CellProblem("AKTIF_TIDAK_DIKENAL", "Isi kolom ini dengan ya atau tidak.")


def read_code(text: str) -> str:
    """Return a unit's code without the apostrophe that marks text in a sheet."""
    return text.lstrip("'\u2019").strip()


def _key(text: str) -> str:
    return re.sub(r"[\s./_-]+", "", text).casefold()


def _one_of(
    values: Iterable[str], code: str, message: str, also: Mapping[str, str] = {}
) -> Reader:
    """Return a reader that knows these values, however they are spaced or cased."""
    known = {_key(value): value for value in values}
    known |= {_key(word): value for word, value in also.items()}

    def read(text: str) -> str:
        if text and _key(text) not in known:
            raise CellProblem(code, message)
        return known[_key(text)] if text else ""

    return read


READERS: Mapping[str, Reader] = {
    "jenis_kelamin": _one_of(
        GENDERS,
        "JENIS_KELAMIN_TIDAK_DIKENAL",
        "Isi dengan L atau P, atau kosongkan.",
        {"Laki-laki": "L", "Perempuan": "P"},
    ),
    "status_kepegawaian": _one_of(
        STATUSES,
        "STATUS_TIDAK_DIKENAL",
        f"Isi dengan salah satu dari: {', '.join(STATUSES)}.",
        {"P3K": "PPPK", "P3K Paruh Waktu": "PPPK Paruh Waktu"},
    ),
    "golongan": _one_of(
        (*GOLONGAN_PNS, *GOLONGAN_PPPK),
        "GOLONGAN_TIDAK_DIKENAL",
        "Isi golongan PNS (I/a sampai IV/e) atau PPPK (I sampai XVII).",
    ),
    "jenis_jabatan": _one_of(
        JABATAN_KINDS,
        "JENIS_JABATAN_TIDAK_DIKENAL",
        f"Isi dengan salah satu dari: {', '.join(JABATAN_KINDS)}.",
    ),
    "eselon": _one_of(
        ESELONS,
        "ESELON_TIDAK_DIKENAL",
        "Isi eselon I.a sampai V.b atau NON, atau kosongkan.",
        {"Non-Eselon": "NON"},
    ),
    "zona_waktu": _one_of(
        (),
        "ZONA_TIDAK_DIKENAL",
        "Isi dengan WIB, WITA, atau WIT, atau kosongkan.",
        {**ZONES, **{zone: zone for zone in ZONES.values()}},
    ),
    "tmt_jabatan": read_date,
    "email_dinas": read_email,
    "unit_kode": read_code,
    "unit_induk_kode": read_code,
}
