"""The sentences printed on a certificate.

The wording follows the agency's practice for "Sertifikat Pelatihan Daring". Words
about an electronic signature appear only when the file really carries one that the
law recognises (PP 71/2019, article 60): the site's own key is not such a signature.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lib import indonesian

TITLE = "Sertifikat"
GIVEN_TO = "diberikan kepada"
BACK_TITLE = "Lampiran Sertifikat"
CHECK_TITLE = "Pindai untuk memeriksa keasliannya"
NOTE = "Daftar materi ini bagian tak terpisahkan dari sertifikat."
MINUTES_PER_JP = 45
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Run:
    """A piece of a sentence, printed bold or not."""

    text: str
    strong: bool = False


def credit_hours(jp: int) -> str:
    """Return "4 (empat) Jam Pelajaran (JP)"."""
    return f"{jp}{_NBSP}({indonesian.spell_number(jp)}) Jam Pelajaran (JP)"


def credit_runs(jp: int) -> list[Run]:
    """Return the end of the sentence: what the training is worth, or that it is not."""
    if not jp:
        return [Run(", sebagai penyegaran tanpa tambahan Jam Pelajaran (JP).")]
    return [Run(", setara "), Run(credit_hours(jp), strong=True), Run(".")]


def total_label(jp: int) -> str:
    """Return what stands before the sum of the minutes."""
    if not jp:
        return "Jumlah menit (tanpa tambahan JP)"
    return f"Jumlah: {jp} JP (1 JP = 45 menit)"


def period(first: date, last: date) -> str:
    """Return "3–21 November 2025"; no day is parted from its month by a new line."""
    days = indonesian.format_date_range(first, last).split(" – ")
    return " – ".join(day.replace(" ", _NBSP) for day in days)


def score_text(score: Decimal) -> str:
    """Return the score with at most two decimals and none that are zero."""
    return indonesian.format_short(score)


def result_runs(predikat: str, score: Decimal | None) -> list[Run]:
    """Return "lulus dengan predikat **Baik** (nilai 80)", the score if wanted."""
    runs = [Run("yang telah menyelesaikan dan dinyatakan "), Run("lulus", strong=True)]
    if predikat:
        runs += [Run(" dengan predikat "), Run(predikat, strong=True)]
    if score is not None:
        before, after = (" (nilai ", ")") if predikat else (" dengan nilai ", "")
        runs += [Run(before), Run(score_text(score), strong=True), Run(after)]
    return runs


def training_runs(
    course_title: str, *, mode: str, organiser: str, learned: str
) -> list[Run]:
    """Return the part of the sentence that names the training and its dates."""
    return [
        Run(" pada pelatihan "),
        Run(course_title, strong=True),
        Run(f", diselenggarakan {mode} oleh {organiser} pada tanggal {learned}"),
    ]


def check_runs(product: str, *, signed_electronically: bool) -> tuple[str, str, str]:
    """Return the text before the address, before the code and after it."""
    done = (
        "ditandatangani secara elektronik"
        if signed_electronically
        else f"diterbitkan oleh sistem {product}"
    )
    return (
        f"Sertifikat ini {done}. Keaslian dapat diperiksa di ",
        " dengan kode ",
        ".",
    )


def seal_lines(product: str, *, signed_electronically: bool) -> list[str]:
    """Return the two lines of the mark above the signer's name."""
    if signed_electronically:
        return ["Ditandatangani", "secara elektronik"]
    return ["Diterbitkan oleh", f"sistem {product}"]


def shown_address(verify_url: str, code: str) -> str:
    """Return the address to type: no scheme, and without the code at its end."""
    address = verify_url.split("://", 1)[-1].rstrip("/")
    return address.removesuffix(code).rstrip("/")
