"""The order of the table of an item analysis, and the heads of its columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from studio.analysis.page import ItemRow


@dataclass(frozen=True)
class Heading:
    """A column's head: how it is sorted now, and what a click asks for."""

    title: str
    is_number: bool
    direction: str
    next_order: str


_TITLES: Mapping[str, str | Promise] = {
    "soal": _("Soal"),
    "n": _("Jawaban"),
    "mudah": _("Tingkat kemudahan"),
    "sebaran": _("Simpangan baku"),
    "bobot": _("Bobot nyata"),
    "beda": _("Daya beda"),
    "efisiensi": _("Efisiensi"),
}
_VALUES: Mapping[str, Callable[[ItemRow], Any]] = {
    "soal": lambda row: (row.key, row.version),
    "n": lambda row: row.n,
    "mudah": lambda row: row.statistics.facility,
    "sebaran": lambda row: row.statistics.sd,
    "bobot": lambda row: row.statistics.effective_weight,
    "beda": lambda row: row.statistics.discrimination,
    "efisiensi": lambda row: row.statistics.efficiency,
}
DEFAULT_ORDER = "beda"


def in_order(rows: Sequence[ItemRow], order: str) -> list[ItemRow]:
    """Return the rows by a column, "-" for falling; what has no figure stands last.

    An unknown order is the default: the weakest discrimination first.
    """
    order = order if order.removeprefix("-") in _VALUES else DEFAULT_ORDER
    value = _VALUES[order.removeprefix("-")]
    known = [row for row in rows if value(row) is not None]
    rest = [row for row in rows if value(row) is None]
    return sorted(known, key=value, reverse=order.startswith("-")) + rest


def headings(order: str) -> list[Heading]:
    """Return the heads of the columns as they stand in this order."""
    order = order if order.removeprefix("-") in _VALUES else DEFAULT_ORDER
    current, way = order.removeprefix("-"), "ascending"
    if order.startswith("-"):
        way = "descending"
    return [
        Heading(
            title=str(title),
            is_number=key != "soal",
            direction=way if key == current else "",
            next_order=f"-{key}" if order == key else key,
        )
        for key, title in _TITLES.items()
    ]
