"""Tables whose columns sort: the order of the rows, and the heads that ask for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise

Row = TypeVar("Row")


@dataclass(frozen=True)
class SortableColumn(Generic[Row]):
    """A column: its key in addresses, its title, and what its rows are sorted by."""

    key: str
    title: str | Promise
    value: Callable[[Row], Any]
    is_number: bool = True


@dataclass(frozen=True)
class ColumnHead:
    """A column's head: how it is sorted now, and what a click asks for."""

    key: str
    title: str
    is_number: bool
    direction: str
    next_order: str


@dataclass(frozen=True)
class TableOrder(Generic[Row]):
    """The columns of a table, and the one it is sorted by when nobody asks.

    An order is a column's key, rising, or "-" before it, falling. An unknown one is
    the default: addresses are typed and remembered. `among_equals` is the column that
    decides, always rising, between rows that the chosen one finds equal.
    """

    columns: Sequence[SortableColumn[Row]]
    default: str
    among_equals: str = ""

    def in_order(self, rows: Iterable[Row], order: str) -> list[Row]:
        """Return the rows in an order; what has no value stands last either way."""
        key, is_falling = self._asked_for(order)
        value = self._value_of(key)
        rows = list(rows)
        if self.among_equals:
            rows.sort(key=self._value_of(self.among_equals))
        known = [row for row in rows if value(row) is not None]
        rest = [row for row in rows if value(row) is None]
        return sorted(known, key=value, reverse=is_falling) + rest

    def heads(self, order: str) -> list[ColumnHead]:
        """Return the heads as they stand in an order; a second click turns it round."""
        key, is_falling = self._asked_for(order)
        direction = "descending" if is_falling else "ascending"
        return [
            ColumnHead(
                key=column.key,
                title=str(column.title),
                is_number=column.is_number,
                direction=direction if column.key == key else "",
                next_order=(
                    f"-{key}" if column.key == key and not is_falling else column.key
                ),
            )
            for column in self.columns
        ]

    def _value_of(self, key: str) -> Callable[[Row], Any]:
        return next(column.value for column in self.columns if column.key == key)

    def _asked_for(self, order: str) -> tuple[str, bool]:
        key = order.removeprefix("-")
        if any(column.key == key for column in self.columns):
            return key, order.startswith("-")
        return self.default, False
