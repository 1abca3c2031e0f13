"""A report as PDF: an official attachment with letterhead, signatory and page numbers.

Typst sets it. A process that has set a page must not fork afterwards
(`certificates.typesetting`), so that attachments are always made by a worker.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from accounts.models import User
from certificates import breaking, glyphs, typesetting
from lib.indonesian import format_date, format_number
from reports.columns import ReportColumn

DESIGN_ROOT = Path(__file__).resolve().parent / "design"
_TEMPLATE = "attachment.typ"
# In em of 8 points: what a narrow column holds.
_WIDEST_WORD = 7.0
_NUMBERS = {"integer", "decimal"}


def typeset_attachment(
    *,
    title: str,
    number: str,
    columns: Sequence[ReportColumn],
    printed: Sequence[str],
    rows: Iterable[Sequence[Any]],
    explained: Callable[[], Iterable[tuple[str, str]]],
    day: date,
) -> bytes:
    """Return the PDF (PDF/A-2a and PDF/UA-1 by the exporter's own check).

    Of the columns those named in `printed` stand on paper, all where it is empty. What
    no font can draw is printed as a question mark. The same arguments give the same
    bytes. `explained` is asked once the rows are read.
    """
    shown = [at for at, one in enumerate(columns) if not printed or one.key in printed]
    kinds = [columns[at].kind for at in shown]
    body = [[_text(row[at]) for at in shown] for row in rows]
    data = {
        **_letterhead(day),
        "title": title,
        "number": number,
        "heads": [str(columns[at].title) for at in shown],
        "widths": [columns[at].width for at in shown],
        "is_number": [kind in _NUMBERS for kind in kinds],
        "rows": body,
        "explained": [list(pair) for pair in explained()],
        "words": {
            "number": gettext("Nomor"),
            "attachment": gettext("Lampiran laporan"),
            "about": gettext("Keterangan"),
            "none": gettext("Tidak ada baris."),
            "page": gettext("Halaman"),
            "of": gettext("dari"),
        },
    }
    return typesetting.typeset(
        _TEMPLATE, _printable(data), dated_on=day, root=DESIGN_ROOT
    )


def zone_of(person: User) -> ZoneInfo:
    """Return the zone on whose calendar an attachment is dated."""
    return ZoneInfo(person.time_zone)


def _letterhead(day: date) -> dict[str, str]:
    place = settings.ELEARNING_ISSUE_PLACE
    return {
        "agency": settings.ELEARNING_AGENCY_NAME,
        "body": settings.ELEARNING_OPERATOR,
        "address": settings.ELEARNING_LETTER_ADDRESS,
        "product": settings.ELEARNING_PRODUCT_NAME,
        "dated": f"{place}, {format_date(day, 'medium')}",
        "signer_title": settings.ELEARNING_SIGNER_TITLE,
        "signer_name": settings.ELEARNING_SIGNER_NAME,
        "signer_rank": settings.ELEARNING_SIGNER_RANK,
        "signer_nip": settings.ELEARNING_SIGNER_NIP,
    }


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return format_date(value, "short")
    if isinstance(value, Decimal):
        return format_number(value, 2)
    return format_number(value) if isinstance(value, int) else str(value)


def _printable(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with what cannot be drawn replaced, and breaks in the table."""
    missing = glyphs.missing_glyphs("\n".join(_texts(data)))
    table = str.maketrans(dict.fromkeys(missing, "?"))

    def drawn(text: str) -> str:
        return glyphs.on_one_line(text).translate(table)

    changed: dict[str, Any] = _each_text(data, drawn)
    for name in ("heads", "rows"):
        changed[name] = _each_text(changed[name], _breakable)
    return changed


def _breakable(text: str) -> str:
    """Offer breaks in long words; a number is copied from paper and stays whole."""
    return text if text.isdigit() else breaking.breakable(text, widest=_WIDEST_WORD)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_each_text(one, change) for one in value]
    return value
