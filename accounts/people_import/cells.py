"""One cell of the sheet: text in, value out, or a problem with its remedy."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from accounts.people_import.columns import (
    ESELONS,
    GENDERS,
    JABATAN_KINDS,
    STATUSES,
    ZONES,
)
from accounts.people_import.office_words import STATUS_WORDS, golongan_of
from accounts.people_import.written_dates import written_date
from lib.printable import describe, unprintable

if TYPE_CHECKING:
    from lib.spreadsheets.number_formats import TypedCell

Value = str | date | None
Reader = Callable[[str], Value]

# Invisible marks that come along from a PDF or a chat.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Excel's way to keep digits as text in a CSV: ="199001172015041901".
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_FORMULA_STARTS = ("=", "+", "@")
# As text, which is all that a CSV knows of them: errors of Excel and LibreOffice, and
# how programs write that they have nothing.
_ERROR_WORDS = re.compile(
    r"#[A-Z][A-Z/0-9_ ]*[!?]?|Err:\d{3}|NULL|NaN|nan|None|N/A|<NA>|\(null\)|undefined"
)
# Not BENAR and SALAH, which are names of people.
_TRUTHS = frozenset({"TRUE", "FALSE"})
_NOTHING = frozenset({"-", "–", "—"})
# Control characters, halves of characters, private and unassigned ones.
_BAD_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_DIRECTION_MARKS = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

_NO_CODE = re.compile(
    r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?|\d{1,2}/\d{1,2}/\d{4}"
    r"|(?:\d+ days?, )?\d{1,2}:\d\d:\d\d|\d(?:[.,]\d+)?E[+-]?\d+"
)
_CODE_CHANGED = (
    "Excel mengubah kode ini menjadi tanggal, jam, atau angka bulat. Ubah kolomnya "
    "menjadi Teks, lalu ketik lagi kodenya."
)
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*/?^_`{|}~-][a-z0-9.!#$%&'*+/=?^_`{|}~-]*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
# Kinds of cells that a column takes beside text; a number only as Excel shows it.
_TAKEN: Mapping[str, frozenset[str]] = {
    "nip": frozenset({"number"}),
    "nip_lama": frozenset({"number"}),
    "unit_kode": frozenset({"number"}),
    "unit_induk_kode": frozenset({"number"}),
    "aktif": frozenset({"number", "boolean"}),
}
_CODES = frozenset({"unit_kode", "unit_induk_kode"})
_KIND_WORDS = {
    "number": "angka",
    "date": "tanggal",
    "time": "jam",
    "boolean": "TRUE atau FALSE",
}
_YES = frozenset({"ya", "y", "1", "true", "aktif"})
_NO = frozenset({"tidak", "t", "0", "false", "tidakaktif", "nonaktif"})
# How SIASN says where somebody stands (DOMAIN §2.5): who may learn, and who not.
_STANDING = re.compile(
    "(?:aktif|tugasbelajar|masapersiapanpensiun|mpp)$"
    "|(?P<no>cltn|cutidiluartanggungan|pemberhentian|diberhentikan|mencapaibup|pensiun"
    "|meninggal)"
)


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
    """Refuse formulas, errors of a program, what no paper can show, overlong text."""
    if text.startswith(_FORMULA_STARTS) or _ERROR_WORDS.fullmatch(text):
        raise CellProblem(
            "SEL_RUMUS",
            "Isi sel ini rumus atau galat sebuah program. Ganti dengan nilainya, atau "
            "kosongkan.",
        )
    if any(
        unicodedata.category(letter) in _BAD_CATEGORIES or letter in _DIRECTION_MARKS
        for letter in text
    ):
        raise CellProblem(
            "HURUF_TIDAK_DIKENAL",
            "Sel ini berisi huruf yang tidak tampak. Ketik ulang isinya.",
        )
    unknown = unprintable(text)
    if unknown:
        raise CellProblem(
            "HURUF_TIDAK_TERCETAK",
            f"Huruf {describe(unknown)} tidak dapat dicetak pada sertifikat. "
            "Ganti dengan huruf Latin.",
        )
    if longest and len(text) > longest:
        raise CellProblem(
            "TERLALU_PANJANG",
            f"Isinya {len(text)} huruf, paling panjang {longest}. Ringkas isinya.",
        )


def check_words(text: str) -> None:
    """Refuse in place of words what formulas give that found nothing.

    A lookup of an empty cell gives 0, an IF without its last part gives FALSE.
    """
    if text == "0":
        raise CellProblem(
            "SEL_RUMUS",
            "Sel ini berisi 0, seperti hasil VLOOKUP dari sel kosong. Isi yang benar, "
            "atau kosongkan.",
        )
    if text in _TRUTHS:
        raise CellProblem(
            "SEL_RUMUS",
            f"Sel ini berisi {text}, seperti hasil rumus IF yang tidak lengkap. Isi "
            "yang benar, atau kosongkan.",
        )


def check_kind(title: str, typed: "TypedCell", text: str) -> None:
    """Refuse a cell of a workbook that holds something else than its column says.

    A code is taken as Excel shows it (`007`) where that is digits alone: a decimal
    point is a comma in an Indonesian Excel. The number of a NIP is judged as a NIP.
    Under a format of its own a 1 may be shown as any word, so that `aktif` refuses it.
    """
    kind = typed.kind
    is_other_word = title == "aktif" and kind == "number" and typed.shown is None
    if kind == "rich" or (_says_more(title, kind, text) and not is_other_word):
        return
    if is_other_word or kind not in _TAKEN.get(title, ()):
        raise CellProblem(
            "SEL_BUKAN_TEKS",
            f"Sel ini berisi {_KIND_WORDS[kind]}, bukan teks. Ubah kolomnya menjadi "
            "Teks, lalu ketik lagi isinya.",
        )
    if title in _CODES:
        check_words(text)
    if title in _CODES and not (typed.shown or "").isdecimal():
        raise CellProblem("KODE_BERUBAH", _CODE_CHANGED)


def _says_more(title: str, kind: str, text: str) -> bool:
    """Whether the reader of the column says better what is wrong with the cell."""
    is_lookup = title not in READERS and (text == "0" or kind == "boolean")
    is_lost = title in _CODES and bool(_NO_CODE.fullmatch(text))
    return is_lookup or is_lost or title == "tmt_jabatan"


def read_date(text: str) -> date | None:
    """Read a day as offices write it (`written_dates`); nothing stays nothing."""
    if not text:
        return None
    found = written_date(text.lstrip("'\u2019"))
    if found:
        return found
    raise CellProblem(
        "TANGGAL_TIDAK_TERBACA",
        "Tanggal ini tidak terbaca. Tulis hari, bulan, lalu tahun, seperti 31-12-2025 "
        "atau 31 Desember 2025.",
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


def read_active(text: str) -> bool | None:
    """Read `ya` or `tidak`; an empty cell says neither."""
    word = _key(text)
    if not word:
        return None
    if word in _YES | _NO:
        return word in _YES
    standing = _STANDING.match(word)
    if standing:
        return standing["no"] is None
    raise CellProblem("AKTIF_TIDAK_DIKENAL", "Isi kolom ini dengan ya atau tidak.")


def read_code(text: str) -> str:
    """Return a unit's code without the apostrophe that marks text in a sheet.

    A code that a spreadsheet has taken for a day, a time or a large number is refused:
    `01.02.03` and `01.02` become such.
    """
    code = text.lstrip("'\u2019").strip()
    if _NO_CODE.fullmatch(code):
        raise CellProblem("KODE_BERUBAH", _CODE_CHANGED)
    return code


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


def read_golongan(text: str) -> str:
    """Read a golongan, alone or with its pangkat: `Penata Muda Tk. I (III/b)`."""
    if not text:
        return ""
    golongan, is_at_odds = golongan_of(text)
    if is_at_odds:
        raise CellProblem(
            "PANGKAT_TIDAK_COCOK",
            "Pangkat dan golongan di sel ini tidak cocok. Periksa pada SK, lalu isi "
            "golongannya saja.",
        )
    if not golongan:
        raise CellProblem(
            "GOLONGAN_TIDAK_DIKENAL",
            "Isi golongan PNS (I/a sampai IV/e) atau PPPK (I sampai XVII).",
        )
    return golongan


READERS: Mapping[str, Reader] = {
    "jenis_kelamin": _one_of(
        GENDERS,
        "JENIS_KELAMIN_TIDAK_DIKENAL",
        "Isi dengan L atau P, atau kosongkan.",
        {
            **dict.fromkeys(("Laki-laki", "Lelaki", "Pria", "Lk", "M", "Male"), "L"),
            **dict.fromkeys(("Perempuan", "Wanita", "Pr", "F", "Female"), "P"),
        },
    ),
    "status_kepegawaian": _one_of(
        STATUSES,
        "STATUS_TIDAK_DIKENAL",
        f"Isi dengan salah satu dari: {', '.join(STATUSES)}.",
        STATUS_WORDS,
    ),
    "golongan": read_golongan,
    "jenis_jabatan": _one_of(
        JABATAN_KINDS,
        "JENIS_JABATAN_TIDAK_DIKENAL",
        f"Isi dengan salah satu dari: {', '.join(JABATAN_KINDS)}.",
    ),
    "eselon": _one_of(
        ESELONS,
        "ESELON_TIDAK_DIKENAL",
        "Isi eselon I.a sampai V.b atau NON, atau kosongkan.",
        {
            **{f"Eselon {one}": one for one in ESELONS},
            **dict.fromkeys(("Non-Eselon", "Non Eselon", "Noneselon"), "NON"),
        },
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
