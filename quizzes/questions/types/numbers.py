"""Reading numbers as people in Indonesia type them."""

import re
from decimal import Decimal

from quizzes.questions.types.signs import plain_signs

_NUMBER = re.compile(r"(?P<sign>[-+]?) ?(?P<digits>[0-9., ]*[0-9])")
# Money without cents: "1.500.000,-", also with two dashes or an equals sign.
_NO_CENTS = re.compile(r"(?<=[0-9])[.,] ?[-=]{1,2}$")
_PLAIN = re.compile(r"[0-9]*")
_STORED = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,12})?")


def is_plain_number(text: str) -> bool:
    """Say whether a text is a number as accepted numbers are stored: "-9.6"."""
    return _STORED.fullmatch(text) is not None


def read_number(text: str) -> Decimal | None:
    """Return the number a text says, None when it says none.

    "1.234,5" as written here, "1234.5" as a machine writes it. A single dot before
    three digits groups ("1.234" is 1234, but "0.125" is an eighth), a single comma
    never does ("1,234" is a little more than 1). Where both stand, the last one is
    the decimal sign. Groups have three digits. Any space and any minus will do, and
    ",-" says that there are no cents.
    """
    words = "".join(" " if sign.isspace() else sign for sign in plain_signs(text))
    match = _NUMBER.fullmatch(_NO_CENTS.sub("", words.strip()))
    if match is None:
        return None
    grouped, decimals = _split(match["digits"])
    whole = _ungrouped(grouped)
    if whole is None or not _PLAIN.fullmatch(decimals):
        return None
    number = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole)
    return -number if match["sign"] == "-" and number else number


def _split(digits: str) -> tuple[str, str]:
    """Return the whole part with its groups, and the decimals."""
    dot, comma = digits.rfind("."), digits.rfind(",")
    last = max(dot, comma)
    if last < 0 or _is_grouping(digits):
        return digits, ""
    return digits[:last], digits[last + 1 :]


def _is_grouping(digits: str) -> bool:
    """Say whether the only sign in use groups thousands."""
    dotted = re.fullmatch(r"[1-9][0-9]{0,2}(\.[0-9]{3})+", digits)
    # One comma is a decimal sign; two cannot be.
    comma = re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3}){2,}", digits)
    return bool(dotted or comma)


def _ungrouped(whole: str) -> str | None:
    """Return the digits of a whole part; None when its groups are uneven."""
    if _PLAIN.fullmatch(whole):
        return whole
    for sign in (".", ",", " "):
        head, *groups = whole.split(sign)
        if groups and _PLAIN.fullmatch(head) and 1 <= len(head) <= 3:
            is_even = all(re.fullmatch("[0-9]{3}", group) for group in groups)
            return head + "".join(groups) if is_even else None
    return None
