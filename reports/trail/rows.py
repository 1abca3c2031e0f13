"""The records of the trail: a page of them, all of them, how many.

A page is found by the record before it or behind it, never by a number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_
from typing import NamedTuple, Self

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from accounts.models import AuditRecord, User
from reports.sql import CHUNK
from reports.trail.asking import TrailFilters, trail_arms
from reports.trail.shown import ShownEvent, shown_events

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"(\d{1,17})~(\d{1,18})")


class TrailCursor(NamedTuple):
    """The record that a page begins behind, or ends before (`is_later`)."""

    at: datetime
    pk: int
    is_later: bool = False

    @classmethod
    def read(cls, text: str, *, is_later: bool) -> Self | None:
        """Return the cursor that was written; None for anything else."""
        found = _CURSOR.fullmatch(text)
        if not found:
            return None
        at = _EPOCH + int(found[1]) * _MICROSECOND
        return cls(at, int(found[2]), is_later)

    @property
    def written(self) -> str:
        """The cursor as it stands in addresses."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}~{self.pk}"

    @property
    def beyond(self) -> Q:
        """The condition "later than this", or earlier.

        Its first part is what the index is walked by.
        """
        if self.is_later:
            return Q(at__gte=self.at) & (Q(at__gt=self.at) | Q(pk__gt=self.pk))
        return Q(at__lte=self.at) & (Q(at__lt=self.at) | Q(pk__lt=self.pk))


@dataclass(frozen=True)
class TrailPart:
    """Some records, the latest first, and where the parts around them begin."""

    rows: list[ShownEvent]
    before: TrailCursor | None
    behind: TrailCursor | None


class TrailRows:
    """What a reader is told of the trail."""

    def __init__(self, filters: TrailFilters, user: User) -> None:
        self._filters, self._user = filters, user

    @cached_property
    def _arms(self) -> "list[QuerySet[AuditRecord]]":
        return trail_arms(self._filters, self._user)

    @cached_property
    def _whole(self) -> "QuerySet[AuditRecord]":
        return reduce(or_, self._arms, AuditRecord.objects.none())

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Yield every record as the columns of a file hold it, in constant memory."""
        rows = self._whole.order_by("-at", "-pk").iterator(chunk_size=CHUNK)
        while some := list(islice(rows, CHUNK)):
            for shown in shown_events(self._user, some):
                yield shown.for_file()

    def count_up_to(self, limit: int) -> int:
        """Return the number of records, or `limit` when there are more."""
        return self._whole[:limit].count()

    def part(self, cursor: TrailCursor | None, *, size: int) -> TrailPart:
        """Return a page; the number of queries does not grow with the records."""
        is_later = cursor is not None and cursor.is_later
        found = self._from(cursor, size + 1)
        has_more, rows = len(found) > size, found[:size]
        if is_later:
            rows.reverse()
        has_before = has_more if is_later else cursor is not None
        has_behind = cursor is not None if is_later else has_more
        return TrailPart(
            rows=shown_events(self._user, rows),
            before=_cursor(rows[:1], is_later=True) if has_before else None,
            behind=_cursor(rows[-1:], is_later=False) if has_behind else None,
        )

    def _from(self, cursor: TrailCursor | None, most: int) -> list[AuditRecord]:
        is_later = cursor is not None and cursor.is_later
        order = ("at", "pk") if is_later else ("-at", "-pk")
        beyond = cursor.beyond if cursor else Q()
        found = {
            row.pk: row
            for arm in self._arms
            for row in arm.filter(beyond).order_by(*order)[:most]
        }
        rows = sorted(
            found.values(), key=lambda row: (row.at, row.pk), reverse=not is_later
        )
        return rows[:most]


def _cursor(rows: Sequence[AuditRecord], *, is_later: bool) -> TrailCursor | None:
    return TrailCursor(rows[0].at, rows[0].pk, is_later) if rows else None


def trail_rows(filters: TrailFilters, user: User, now: datetime) -> TrailRows:
    """Return what `user` may read of the trail; `now` does not matter to it."""
    return TrailRows(filters, user)
