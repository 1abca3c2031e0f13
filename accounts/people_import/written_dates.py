"""Days as Indonesian offices write them.

The day stands before the month, never after it: `3/12/2025` is 3 December, and
`12/31/2025` is no day. Of two figures, 00 to 49 are the years 2000 to 2049 and 50 to 99
the years 1950 to 1999. A bare number of five figures is the number under which Excel
keeps the day.
"""

import re
from datetime import date, timedelta

from lib.indonesian import MONTHS

_DAY_FIRST = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]00:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})[ -]?([A-Za-z]{3,9})\.?[ -]?(\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
# Excel's days are counted from here, since its calendar has a 29 February 1900.
_EXCEL_START = date(1899, 12, 30)
_CENTURY_TURNS = 50
_SHORT = {
    word: month
    for month, words in (
        (1, "jan"),
        (2, "feb peb pebruari"),
        (3, "mar mrt"),
        (4, "apr"),
        (6, "jun"),
        (7, "jul"),
        (8, "agu ags agt agst agus aug"),
        (9, "sep sept"),
        (10, "okt oct"),
        (11, "nov nop nopember"),
        (12, "des dec"),
    )
    for word in words.split()
}
_BY_NAME = {name.lower(): at for at, name in enumerate(MONTHS, start=1)} | _SHORT


def written_date(text: str) -> date | None:
    """Return the day that a text says; None where it says none."""
    text = text.strip()
    try:
        return _day(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    if found := _DAY_FIRST.fullmatch(text):
        return date(_year(found[4]), int(found[3]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _WORDS.fullmatch(text):
        month = _BY_NAME.get(found[2].lower())
        return date(_year(found[3]), month, int(found[1])) if month else None
    if _SERIAL.fullmatch(text):
        return _EXCEL_START + timedelta(days=int(text))
    return None


def _year(figures: str) -> int:
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (2000 if year < _CENTURY_TURNS else 1900)
