"""Correcting the day from which moves were said to hold.

Memberships and placements are facts and stay. A correction adds rows: of two that
start on one day the later one holds, so the wrong day gets what held before it, and
the right day what was meant. Where people and units are today does not change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts import audit
from accounts.dates import check_has_begun
from accounts.exceptions import MoveNotRedated
from accounts.models import Unit, UnitMembership, UnitPlacement, User
from accounts.people_import.stored import CAPABILITY
from lib.paths import SEGMENT_LENGTH
from lib.transactions import atomic_with_retry

_BATCH = 500


@dataclass(frozen=True)
class Moved:
    """Somebody, or a unit, by id, with the units before and after; None: at the top."""

    pk: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Redating:
    """What a correction touches.

    `people` and `units` have moved on the wrong day. `first` are the rows that start
    on it but follow nothing: who was taken in then has no place before. `conflicts`
    are moves that another one stands in the way of, in words.
    """

    people: tuple[Moved, ...]
    units: tuple[Moved, ...]
    first: int
    conflicts: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return how many moves are redated: the number to confirm."""
        return len(self.people) + len(self.units)


@dataclass(frozen=True)
class _Move:
    """A move that holds from the wrong day on, what held before, and the days around.

    `days` are all of which something was said, also if it held already.
    """

    before: Any
    row: Any
    previous_on: date
    next_on: date | None
    days: tuple[date, ...]


def plan_redating(
    *, wrong: date, right: date, unit: Unit | None, by: User | None
) -> Redating:
    """Say what `redate_moves` would do for `by`; changes nothing."""
    memberships, first_people = _moves(_memberships(wrong, unit), wrong)
    placements, first_units = _moves(_placements(wrong, unit), wrong)
    people = tuple(
        Moved(move.row.person_id, move.before.unit_id, move.row.unit_id)
        for move in memberships
    )
    units = tuple(
        Moved(move.row.unit_id, move.before.parent_id, move.row.parent_id)
        for move in placements
    )
    return Redating(
        people=people,
        units=units,
        first=first_people + first_units,
        conflicts=(
            *_outside((*people, *units), by),
            *_conflicts(memberships, wrong, right),
            *_conflicts(placements, wrong, right),
            *_foreign_parents(placements, right),
        ),
    )


@atomic_with_retry
def redate_moves(
    *,
    wrong: date,
    right: date,
    unit: Unit | None,
    reason: str,
    by: User | None,
    now: datetime,
) -> Redating:
    """Let every move that was said to hold from `wrong` on hold from `right` on.

    All of `unit` and below, or everywhere. All of it or nothing; a second call finds
    nothing to do. Raises MoveNotRedated without a reason, for the same day, where
    another move lies between the two days, and where somebody came from a unit that
    `by` does not look after (None, the system, does everywhere); MoveNotDated for a day
    to come.
    """
    if not reason.strip():
        raise MoveNotRedated("no_reason", _("Alasan masih kosong. Tulis dasarnya."))
    if wrong == right:
        raise MoveNotRedated("same_day", _("Kedua tanggal sama. Tulis yang benar."))
    check_has_begun(right, now=now)
    plan = plan_redating(wrong=wrong, right=right, unit=unit, by=by)
    if plan.conflicts:
        raise MoveNotRedated("other_move", " ".join(plan.conflicts))
    memberships, _first = _moves(_memberships(wrong, unit), wrong)
    placements, _first = _moves(_placements(wrong, unit), wrong)
    _append(memberships, placements, wrong, right, now)
    if memberships or placements:
        audit.record(
            "accounts.moves.redated",
            unit,
            by=by,
            now=now,
            wrong=str(wrong),
            right=str(right),
            reason=reason.strip(),
            people=len(memberships),
            units=len(placements),
        )
    return plan


def _append(
    memberships: Sequence[_Move],
    placements: Sequence[_Move],
    wrong: date,
    right: date,
    now: datetime,
) -> None:
    """Add what is to be said of people and units."""
    UnitMembership.objects.bulk_create(
        (
            UnitMembership(
                person_id=held.person_id,
                unit_id=held.unit_id,
                starts_on=day,
                recorded_at=now,
            )
            for move in memberships
            for day, held in _said(move, wrong, right)
        ),
        batch_size=_BATCH,
    )
    UnitPlacement.objects.bulk_create(
        (
            UnitPlacement(
                unit_id=held.unit_id,
                parent_id=held.parent_id,
                path=held.path,
                starts_on=day,
                recorded_at=now,
            )
            for move in placements
            for day, held in _said(move, wrong, right)
        ),
        batch_size=_BATCH,
    )


def _said(move: _Move, wrong: date, right: date) -> list[tuple[date, Any]]:
    """Return what is to be said, also over what was said in between and held already.

    What held before goes on up to a later right day.
    """
    if right > wrong:
        between = [day for day in move.days if wrong < day < right]
        return [
            (wrong, move.before),
            *((day, move.before) for day in between),
            (right, move.row),
        ]
    between = [day for day in move.days if right < day < wrong]
    return [(right, move.row), *((day, move.row) for day in between)]


def _memberships(day: date, unit: Unit | None) -> list[UnitMembership]:
    """Return all memberships of the people who came to the unit on `day`."""
    moved = UnitMembership.objects.filter(starts_on=day)
    if unit is not None:
        moved = moved.filter(unit__in=Unit.objects.below(unit))
    rows = UnitMembership.objects.filter(person__in=moved.values("person"))
    return list(rows.order_by("person_id", "starts_on", "recorded_at", "pk"))


def _placements(day: date, unit: Unit | None) -> list[UnitPlacement]:
    """Return all placements of the units that were placed on `day`."""
    moved = UnitPlacement.objects.filter(starts_on=day)
    if unit is not None:
        moved = moved.filter(unit__in=Unit.objects.below(unit))
    rows = UnitPlacement.objects.filter(unit__in=moved.values("unit"))
    return list(rows.order_by("unit_id", "starts_on", "recorded_at", "pk"))


def _moves(rows: Iterable[Any], wrong: date) -> tuple[list[_Move], int]:
    """Return the moves of `wrong`, and how many rows of that day follow nothing.

    Of several rows of one day the last one holds; one that says what held already is
    no move.
    """
    timelines: dict[int, dict[date, Any]] = defaultdict(dict)
    for row in rows:
        timelines[_whose(row)][row.starts_on] = row
    moves, first = [], 0
    for timeline in timelines.values():
        held = _changes(row for _day, row in sorted(timeline.items()))
        first += held[0].starts_on == wrong
        following = [*(row.starts_on for row in held[2:]), None]
        moves += [
            _Move(before, row, before.starts_on, next_on, tuple(sorted(timeline)))
            for (before, row), next_on in zip(pairwise(held), following, strict=False)
            if row.starts_on == wrong
        ]
    return moves, first


def _changes(rows: Iterable[Any]) -> list[Any]:
    """Leave out what only says again what held already."""
    changes: list[Any] = []
    for row in rows:
        if not changes or _where(row) != _where(changes[-1]):
            changes.append(row)
    return changes


def _whose(row: UnitMembership | UnitPlacement) -> int:
    return row.person_id if isinstance(row, UnitMembership) else row.unit_id


def _where(row: UnitMembership | UnitPlacement) -> object:
    return row.unit_id if isinstance(row, UnitMembership) else row.path


def _conflicts(moves: Sequence[_Move], wrong: date, right: date) -> list[str]:
    """Name the moves that would change places with another one of the same."""
    between = [
        move.row
        for move in moves
        if (right < wrong and move.previous_on >= right)
        or (right > wrong and move.next_on is not None and move.next_on <= right)
    ]
    if not between:
        return []
    kind = _("pegawai") if isinstance(between[0], UnitMembership) else _("unit")
    return [
        _("%(count)d %(kind)s tercatat pindah lagi di antara kedua tanggal itu.")
        % {"count": len(between), "kind": kind}
    ]


def _outside(moves: Iterable[Moved], by: User | None) -> list[str]:
    """Say how many moves also say something of units that `by` does not look after."""
    if by is None:
        return []
    hers = set(Unit.objects.visible_to(by, CAPABILITY).values_list("pk", flat=True))
    count = sum(
        any(unit and unit not in hers for unit in (move.before, move.after))
        for move in moves
    )
    if not count:
        return []
    return [
        _(
            "%(count)d perpindahan menyangkut unit yang tidak Anda kelola. Minta "
            "pengelola unit di atasnya membetulkannya."
        )
        % {"count": count}
    ]


def _foreign_parents(moves: Sequence[_Move], right: date) -> list[str]:
    """Name the units whose new parent stood elsewhere on the right day."""
    moved = {move.row.unit_id: move.row.path for move in moves}
    parents = {move.row.parent_id for move in moves} - set(moved) - {None}
    held = UnitPlacement.objects.filter(unit__in=parents, starts_on__lte=right)
    stood = {
        row.unit_id: row.path for row in held.order_by("starts_on", "recorded_at", "pk")
    }
    wrong = [
        move
        for move in moves
        if move.row.parent_id is not None
        and {**stood, **moved}.get(move.row.parent_id)
        != move.row.path[:-SEGMENT_LENGTH]
    ]
    if not wrong:
        return []
    return [
        _("%(count)d unit belum dapat berada di bawah induknya pada tanggal itu.")
        % {"count": len(wrong)}
    ]
