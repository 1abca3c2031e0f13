"""Dates, times, numbers and words as they are written in Bahasa Indonesia.

The comma is the decimal sign and the dot groups thousands and separates hours
from minutes; deadlines always name their zone. The system's locales are not used:
they differ between machines.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from lib.rounding import Number, half_up
from lib.scores import SCORE_DECIMALS

DateStyle = Literal["long", "medium", "short"]

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SHORT_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Mei",
    "Jun",
    "Jul",
    "Agu",
    "Sep",
    "Okt",
    "Nov",
    "Des",
)
# Keppres 41/1987 divides the country into three zones.
_ZONES: Mapping[str, str] = MappingProxyType(
    {
        "Asia/Jakarta": "WIB",
        "Asia/Pontianak": "WIB",
        "Asia/Makassar": "WITA",
        "Asia/Ujung_Pandang": "WITA",
        "Asia/Jayapura": "WIT",
    }
)
_ONES = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
)
_LARGEST_SPELLED = 999_999_999
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST_ROMAN = 3999
_SIGNS = str.maketrans(",.", ".,")
_KILO = 1000
_SIZE_UNITS = (("KB", 0), ("MB", 1), ("GB", 1), ("TB", 1))
_TEENS: Mapping[int, str] = MappingProxyType({10: "sepuluh", 11: "sebelas"})
_HOURS_A_DAY = 24
_GREETINGS = (
    (18, "Selamat malam"),
    (15, "Selamat sore"),
    (11, "Selamat siang"),
    (4, "Selamat pagi"),
    (0, "Selamat malam"),
)


def format_date(d: date, style: DateStyle = "long") -> str:
    """Return "Sabtu, 21 November 2026" (long), without the day, or "21 Nov 2026".

    Refuses a ``datetime`` with ``TypeError``: which day it is depends on the
    zone, so the caller has to choose one (or use ``format_datetime``).
    """
    if isinstance(d, datetime):
        msg = "A datetime has no date without a zone: use format_datetime."
        raise TypeError(msg)
    if style == "short":
        return f"{d.day} {_SHORT_MONTHS[d.month - 1]} {d.year}"
    medium = f"{d.day} {MONTHS[d.month - 1]} {d.year}"
    return medium if style == "medium" else f"{_DAYS[d.weekday()]}, {medium}"


def format_date_range(first: date, last: date) -> str:
    """Return both days, naming month and year once where they are the same.

    "3–9 November 2026", "28 November – 3 Desember 2026", one day as that day.
    Raises ``ValueError`` when the last day is before the first.
    """
    if last < first:
        msg = f"{last} is before {first}."
        raise ValueError(msg)
    end = format_date(last, "medium")
    if first == last:
        return end
    if first.year != last.year:
        return f"{format_date(first, 'medium')} – {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def zone_name(zone: tzinfo | str, at: datetime | None = None) -> str:
    """Return WIB, WITA or WIT; for any other zone its distance from UTC.

    ``at`` is the moment meant, needed for a zone with summer time; without it
    such a zone is called by its key.
    """
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    key = getattr(zone, "key", None) or str(zone)
    if key in _ZONES:
        return _ZONES[key]
    offset = at.astimezone(zone).utcoffset() if at else zone.utcoffset(None)
    return key if offset is None else _offset_text(offset)


def _offset_text(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f".{rest:02}" if rest else "")


def format_time(dt: datetime, tz: tzinfo | str) -> str:
    """Return the time of day in a zone, with its name: "16.15 WIB".

    Refuses a naive ``datetime`` with ``ValueError``.
    """
    local = _in_zone(dt, tz)
    return f"{local:%H.%M} {zone_name(tz, local)}"


def format_datetime(dt: datetime, tz: tzinfo | str, style: DateStyle = "medium") -> str:
    """Return day and time in a zone: "21 November 2026, 16.15 WIB".

    The day is that of the zone. Refuses a naive ``datetime`` with ``ValueError``.
    """
    return f"{format_date(_in_zone(dt, tz).date(), style)}, {format_time(dt, tz)}"


def _in_zone(dt: datetime, tz: tzinfo | str) -> datetime:
    if dt.utcoffset() is None:
        msg = "A naive datetime names no moment."
        raise ValueError(msg)
    return dt.astimezone(ZoneInfo(tz) if isinstance(tz, str) else tz)


def format_number(n: Number, decimals: int = 0) -> str:
    """Return "1.234,5": dots for thousands, a comma before the decimals.

    Rounds half away from zero, as people do on paper, on the number as it is
    written and not on its binary neighbour. Raises ``ValueError`` for infinity
    and for what is not a number.
    """
    return f"{half_up(n, decimals):,f}".translate(_SIGNS)


def format_short(n: Number, most: int = 2) -> str:
    """Return a number with the decimals it needs, at most `most`: "0,17", "1,5"."""
    written = format_number(n, most)
    return written.rstrip("0").removesuffix(",") if most else written


def format_score(n: Number) -> str:
    """Return a score as every page shows it: "70", "70,5", "66,67".

    It is the figure that the pass mark is compared with (`lib.scores.shown`).
    """
    return format_short(n, SCORE_DECIMALS)


def format_bytes(n: int) -> str:
    """Return a file size: "512 byte", "310 KB", "1,2 MB", "3 GB".

    A KB is 1,000 bytes, as phones and data plans count. Kilobytes are whole,
    larger units have one decimal, which is left out when it is 0.
    """
    if n < _KILO:
        return f"{n} byte"
    for power, (unit, decimals) in enumerate(_SIZE_UNITS, start=1):
        text = format_number(Decimal(n) / _KILO**power, decimals).removesuffix(",0")
        # 999,999 bytes round to 1,000 KB, which is 1 MB.
        if "." not in text:
            return f"{text} {unit}"
    return f"{text} {unit}"


def spell_number(n: int) -> str:
    """Return a whole number in words, as under an amount: "dua puluh empat".

    Knows 0 to 999,999,999 and raises ``ValueError`` outside.
    """
    if not 0 <= n <= _LARGEST_SPELLED:
        msg = f"{n} is not spelled out."
        raise ValueError(msg)
    if n == 0:
        return "nol"
    millions, rest = divmod(n, 1_000_000)
    thousands, ones = divmod(rest, 1000)
    words = []
    if millions:
        words.append(f"{_spell_hundreds(millions)} juta")
    if thousands:
        is_one = thousands == 1
        words.append("seribu" if is_one else f"{_spell_hundreds(thousands)} ribu")
    if ones:
        words.append(_spell_hundreds(ones))
    return " ".join(words)


def _spell_hundreds(n: int) -> str:
    """Spell 1 to 999; one hundred and ten are one word with "se-"."""
    hundreds, rest = divmod(n, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus")
    tens, ones = divmod(rest, 10)
    if rest in _TEENS:
        words.append(_TEENS[rest])
    elif tens == 1:
        words.append(f"{_ONES[ones]} belas")
    else:
        words += [f"{_ONES[tens]} puluh"] if tens else []
        words += [_ONES[ones]] if ones else []
    return " ".join(words)


def roman(n: int) -> str:
    """Return 1 to 3999 in Roman numerals, as months in certificate numbers."""
    if not 1 <= n <= _LARGEST_ROMAN:
        msg = f"{n} has no Roman numeral."
        raise ValueError(msg)
    text = ""
    for value, letters in _ROMAN:
        count, n = divmod(n, value)
        text += letters * count
    return text


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day, 0 to 23, where the person is."""
    if hour not in range(_HOURS_A_DAY):
        msg = f"{hour} is not an hour of the day."
        raise ValueError(msg)
    return next(text for first, text in _GREETINGS if hour >= first)
