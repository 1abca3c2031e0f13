"""What Excel shows of a number, where the number and its format alone decide that.

A cell holds a number and a format; people see a text. Where that text depends on the
language of Excel (thousands, currency, fractions, times), or shows less than the cell
holds, nothing is claimed.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Literal

CellKind = Literal["number", "date", "time", "boolean", "rich"]

# Excel keeps fifteen digits, and shows eleven signs under the format General.
_DIGITS = Context(prec=15)
_WIDEST = 11
_LEAST = Decimal("0.0001")
_GENERAL = frozenset({"general", "@", "0"})
_FIXED = re.compile(r"(?P<whole>0+)(?:\.(?P<part>0+))?(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell of a workbook that is no plain text: its kind and what Excel shows.

    ``shown`` is None where the cell alone does not tell. A ``rich`` one is text with
    raised, lowered or crossed out letters, which ``shown`` leaves out.
    """

    kind: CellKind
    shown: str | None


def typed_cell(kind: CellKind, words: str) -> tuple[str, TypedCell]:
    """Return the text of a cell and what is known of it.

    A number comes as ``words`` "format, tab, value".
    """
    if kind != "number":
        return words, TypedCell(kind, words if kind in {"boolean", "rich"} else None)
    code, _tab, value = words.partition("\t")
    shown = shown_number(code, value)
    return shown or value, TypedCell(kind, shown)


def shown_number(code: str, value: str) -> str | None:
    """Return what Excel shows of a number, with a decimal point, None if unsure."""
    try:
        number = _DIGITS.create_decimal(value.strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if code.strip().lower() in _GENERAL:
        return _general(number, is_whole=code.strip() == "0")
    fixed = _FIXED.fullmatch(code.strip())
    return _fixed(number, fixed) if fixed else None


def _general(number: Decimal, *, is_whole: bool) -> str | None:
    if is_whole and number != number.to_integral_value():
        return None
    words = f"{number.normalize():f}" if number else "0"
    is_tiny = bool(number) and abs(number) < _LEAST
    return None if is_tiny or len(words.lstrip("-")) > _WIDEST else words


def _fixed(number: Decimal, form: re.Match[str]) -> str | None:
    """Return the number with so many places; None where more are in the cell."""
    part = form["part"] or ""
    shown = number * 100 if form["percent"] else number
    exact = Decimal(1).scaleb(-len(part))
    if abs(shown) >= 10**_WIDEST or shown != shown.quantize(exact):
        return None
    width = len(form["whole"]) + (len(part) + 1 if part else 0)
    sign = "-" if shown < 0 else ""
    return f"{sign}{abs(shown):0{width}.{len(part)}f}{form['percent']}"
