"""The rows of a listing: a page of them, all of them, how many, and their sums.

A page is found by the row before it or behind it, never by a number: page 200 costs
what page 1 costs. Screen and files read the same statement and the same shape.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, Self

from django.db.models import UUIDField
from django.utils.functional import cached_property

from accounts.models import User
from reports.listings.asking import Asked, ListingFilters, ask
from reports.listings.definition import Listing, ListingColumn, Raw, Values
from reports.sql import CHUNK, Sql, composed, fetch, stream, typed
from reports.units.lines import unit_lines
from reports.units.people import PersonShown, person_columns

MOST_COUNTED = 10_000
_KEYS = 5
_OWN_FROM = _KEYS + 1
_PERSON = len(PersonShown._fields)
_ORDER = "k1{sign}, k2{sign}, k3{sign}, k4{sign}, k5{sign}"

_OF_PEOPLE = """SELECT pair.*, {person}
FROM ({pairs}) pair JOIN accounts_user u ON u.id = pair.k3
ORDER BY {order}"""
_OF_UNITS = "SELECT pair.* FROM ({pairs}) pair ORDER BY {order}"
_PART = """SELECT * FROM ({arm}) arm WHERE {beyond}
ORDER BY {order} LIMIT {limit}"""
_BEYOND = "(k1, k2, k3, k4, k5) {sign} (%s, %s, %s, %s, %s)"
_COUNT = "SELECT COUNT(*){sums} FROM ({arm} LIMIT {limit}) counted"

_CURSOR = re.compile(r"([0-9A-Za-z]{0,120})~(\d{1,18})~(\d{1,18})~(\d{1,18})")


class Cursor(NamedTuple):
    """The row that a page begins behind, or ends before (`is_falling`).

    Without the person's name: addresses end up in logs and histories.
    """

    path: str
    first: int
    second: int
    third: int
    is_falling: bool = False

    @classmethod
    def read(cls, text: str, *, is_falling: bool) -> Self | None:
        """Return the cursor that was written; None for anything else."""
        found = _CURSOR.fullmatch(text)
        if not found:
            return None
        path, *numbers = found.groups()
        first, second, third = map(int, numbers)
        return cls(path, first, second, third, is_falling)

    @property
    def written(self) -> str:
        """The cursor as it stands in addresses."""
        return f"{self.path}~{self.first}~{self.second}~{self.third}"


@dataclass(frozen=True)
class Part:
    """Some rows in order, and where the parts before and behind them begin."""

    rows: list[Values]
    before: Cursor | None
    behind: Cursor | None


@dataclass(frozen=True)
class Totals:
    """How many rows there are, at most `MOST_COUNTED`, and sums by column.

    Of more rows no sums are told: looking at all of them is for files.
    """

    rows: int
    is_cut: bool
    sums: Mapping[str, int]


class ListingRows:
    """What a reader is told by a listing; each row is the values by column."""

    def __init__(self, listing: Listing, asked: Asked) -> None:
        self.listing, self.asked = listing, asked

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield every row as the chosen columns hold it, in constant memory."""
        keys = [column.key for column in self.columns]
        for _cursor, values in self._all():
            yield tuple(values[key] for key in keys)

    @cached_property
    def columns(self) -> list[ListingColumn]:
        """The columns that were chosen."""
        return self.listing.chosen(self.asked.filters.columns)

    def count_up_to(self, limit: int) -> int:
        """Return the number of rows, or `limit` when there are more."""
        return self._counted(limit)[0]

    def totals(self) -> Totals:
        """Return how many rows there are and what they add up to; one query."""
        count, *sums = self._counted(MOST_COUNTED + 1)
        if count > MOST_COUNTED:
            return Totals(MOST_COUNTED, is_cut=True, sums={})
        pairs = zip(self.listing.sums, sums, strict=True)
        told = {key: int(value or 0) for key, value in pairs}
        return Totals(count, is_cut=False, sums=told)

    def part(self, cursor: Cursor | None, *, size: int) -> Part:
        """Return the `size` rows beyond the cursor, or the first ones."""
        is_falling = bool(cursor and cursor.is_falling)
        found: list[tuple[Cursor, Values]] = []
        key = self._key_of(cursor)
        for stretch in self._stretches(cursor):
            sql = self._some(stretch, key, is_falling, limit=size + 1 - len(found))
            found += self._read(fetch(sql))
            if len(found) > size:
                break
        has_more = len(found) > size
        found = found[:size]
        if is_falling:
            found.reverse()
        has_before = has_more if is_falling else cursor is not None
        has_behind = cursor is not None if is_falling else has_more
        first, last = (found[0][0], found[-1][0]) if found else (None, None)
        return Part(
            [values for _cursor, values in found],
            first._replace(is_falling=True) if first and has_before else None,
            last if has_behind else None,
        )

    def _key_of(self, cursor: Cursor | None) -> tuple[Any, ...] | None:
        if cursor is None:
            return None
        people = User.objects.filter(pk=cursor.first)
        is_about_people = self.listing.is_about_people
        name = people.values_list("name_key", flat=True).first() or ""
        return (
            *(cursor.path, name if is_about_people else ""),
            *(cursor.first, cursor.second, cursor.third),
        )

    def _stretches(self, cursor: Cursor | None) -> Iterator[Asked]:
        if self.asked.reach.is_empty:
            return
        for reach in self.asked.reach.stretches(
            start_at=cursor.path if cursor else "",
            is_falling=bool(cursor and cursor.is_falling),
        ):
            yield replace(self.asked, reach=reach)

    def _counted(self, limit: int) -> tuple[Any, ...]:
        if self.asked.reach.is_empty:
            return (0, *(0 for _name in self.listing.sums))
        sums = "".join(f", SUM({name})" for name in self.listing.sums.values())
        sql = composed(
            _COUNT,
            sums=Sql(sums),
            arm=self.listing.arm(self.asked),
            limit=Sql("%s", (limit,)),
        )
        return fetch(self.asked.reach.ask(sql.text, sql.params))[0]

    def _some(
        self,
        stretch: Asked,
        key: tuple[Any, ...] | None,
        is_falling: bool,
        *,
        limit: int,
    ) -> Sql:
        sign = "<" if is_falling else ">"
        pairs = composed(
            _PART,
            arm=self.listing.arm(stretch),
            beyond=Sql(_BEYOND.format(sign=sign), key) if key else Sql("TRUE"),
            order=Sql(_order(is_falling)),
            limit=Sql("%s", (limit,)),
        )
        return self._shown(stretch, pairs, is_falling)

    def _all(self) -> Iterator[tuple[Cursor, Values]]:
        if self.asked.reach.is_empty:
            return
        arm = self.listing.arm(self.asked)
        yield from self._read(stream(self._shown(self.asked, arm, is_falling=False)))

    def _shown(self, asked: Asked, pairs: Sql, is_falling: bool) -> Sql:
        sql = composed(
            _OF_PEOPLE if self.listing.is_about_people else _OF_UNITS,
            person=person_columns(asked.reach.day),
            pairs=pairs,
            order=Sql(_order(is_falling)),
        )
        return asked.reach.ask(sql.text, sql.params)

    def _read(self, raw: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Cursor, Values]]:
        kinds = enumerate(self.listing.own.values(), start=_OWN_FROM)
        fields = {at: kind for at, kind in kinds if kind}
        if self.listing.is_about_people:
            fields[_OWN_FROM + len(self.listing.own) + _PERSON - 1] = UUIDField()
        rows = iter(typed(raw, fields))
        while part := list(islice(rows, CHUNK)):
            yield from self._shaped(part)

    def _shaped(
        self, part: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[Cursor, Values]]:
        lines = unit_lines(row[0] for row in part)
        is_about_people = self.listing.is_about_people
        for row in part:
            end = len(row) - _PERSON if is_about_people else len(row)
            raw = Raw(
                unit=row[_KEYS],
                own=row[_OWN_FROM:end],
                line=lines[row[0]],
                person=PersonShown(*row[end:]) if is_about_people else None,
            )
            values = self.listing.shape(self.asked, raw)
            yield Cursor(row[0], row[2], row[3], row[4]), values


def _order(is_falling: bool) -> str:
    return _ORDER.format(sign=" DESC" if is_falling else "")


def listing_rows(
    listing: Listing, filters: ListingFilters, user: User, now: datetime
) -> ListingRows:
    """Return what `user` may read of a listing, as `filters` ask."""
    asked = ask(filters, user=user, now=now, capability=listing.capability)
    return ListingRows(listing, asked)
