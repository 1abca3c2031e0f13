"""Applying a confirmed large sheet in short transactions, each once.

A part is a few units, some hundred rows, or some hundred people who are absent. It is
planned anew under lock, and what would be other than was confirmed is left out and told
in the list of repairs. What it did and that it was done (`PeopleDraft.step`) commit
together: a worker that is killed goes on where the last part ended, and nobody else
waits longer than for one part.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import as_of
from accounts.actions.importing import write_part
from accounts.actions.people_drafts import (
    claimed_draft,
    finish_draft,
    locked_draft,
    stop_draft,
    store_findings,
)
from accounts.models import PeopleDraft, User
from accounts.people_import.drafts import upload_of
from accounts.people_import.findings import Finding, ImportRefused
from accounts.people_import.plan import (
    ImportOptions,
    ImportPlan,
    MissingPerson,
    PersonPlan,
    Scope,
    UnitRef,
    person_digest,
    unit_digest,
)
from accounts.people_import.planned import Agreed, read_agreed
from accounts.people_import.planning import plan_rows
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import PeopleSheet, PersonRow
from accounts.role_rules import with_managed_roles
from lib.transactions import atomic_with_retry, let_others_write

State = PeopleDraft.State
ROWS_AT_ONCE = 250
UNITS_AT_ONCE = 20
_CHANGED = (
    "DATA_BERUBAH",
    "Data ini berubah sejak pratinjau, jadi baris ini tidak diterapkan. Periksa, lalu "
    "unggah baris ini lagi bila masih perlu.",
)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is done in one transaction: units by code, rows, or absent people."""

    units: Sequence[str] = ()
    rows: Sequence[int] = ()
    missing: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class _Work:
    """A draft in the hands of a worker, with what it needs for every part."""

    draft: PeopleDraft
    by: User
    options: ImportOptions
    sheet: PeopleSheet
    agreed: Agreed
    now: datetime
    began: float

    @property
    def moment(self) -> datetime:
        """Return what time it is for this worker."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)


@dataclass(frozen=True, slots=True)
class _Found:
    """The part of a plan that is as confirmed, and the rows that are not."""

    plan: ImportPlan
    left: tuple[Finding, ...] = ()


def apply_draft(*, draft_id: int, now: datetime) -> None:
    """Apply a confirmed draft, from the part where the last worker left off.

    One that is not confirmed, was stopped or is in other hands stays as it is. Locks
    the draft, then what `apply_import` locks, part by part.
    """
    began = time.monotonic()
    draft = claimed_draft(draft_id, State.APPLYING, now=now)
    if draft is None:
        return
    upload = upload_of(draft)
    try:
        with default_storage.open(draft.path) as file:
            sheet = read_file(
                file,
                draft.filename,
                today=timezone.localtime(now).date(),
                said=upload.columns,
            )
        with default_storage.open(draft.plan_path) as file:
            agreed, findings = read_agreed(file)
    except (ImportRefused, FileNotFoundError):
        stop_draft(key=draft.key, by=draft.owner, now=now)
        return
    by = as_of(draft.owner, now)
    work = _Work(draft, by, upload.options, sheet, agreed, now, began)
    for number, part in enumerate(_parts(agreed)):
        if number < draft.step:
            continue
        if not _apply_part(work, number, part):
            return
        let_others_write()
    _finish(work, findings)


def _parts(agreed: Agreed) -> Iterator[_Part]:
    """Yield the parts, the same at every call: units, linked rows, rows, the absent."""
    for codes in _batches(list(agreed.units), UNITS_AT_ONCE):
        yield _Part(units=codes)
    if agreed.linked:
        yield _Part(rows=sorted(agreed.linked))
    others = [row for row in agreed.people if row not in agreed.linked]
    for rows in _batches(others, ROWS_AT_ONCE):
        yield _Part(rows=rows)
    for gone in _batches(agreed.missing, ROWS_AT_ONCE):
        yield _Part(missing=gone)


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


@atomic_with_retry
def _apply_part(work: _Work, number: int, part: _Part) -> bool:
    """Do one part and note that it was done; False where the draft is not ours."""
    draft = locked_draft(key=work.draft.key)
    is_ours = draft.state == State.APPLYING and draft.turn == work.draft.turn
    if not is_ours or draft.step != number:
        return False
    found = _found(work, part)
    written, clashed = _written(work, found)
    left = [*found.left, *clashed]
    figures = Counter(draft.figures)
    for plan in written:
        figures.update(plan.counts)
        figures["people_without_email"] += sum(
            "email" not in one.values for one in plan.new_people
        )
    draft.figures = dict(figures)
    draft.left_out = [*draft.left_out, *(asdict(one) for one in left)]
    draft.step = number + 1
    draft.rows_done += len(part.rows)
    draft.seen_at = work.moment
    draft.save(update_fields=["figures", "left_out", "step", "rows_done", "seen_at"])
    return True


def _found(work: _Work, part: _Part) -> _Found:
    if part.missing:
        return _Found(_plan(work, missing=_still_missing(work, part.missing)))
    return _found_units(work, part) if part.units else _found_rows(work, part)


def _found_units(work: _Work, part: _Part) -> _Found:
    wanted = set(part.units)
    units = tuple(unit for unit in work.sheet.units if unit.code in wanted)
    sheet = replace(work.sheet, people=(), units=units, findings=())
    plans, _people, refused = plan_rows(sheet, options=work.options, by=work.by)
    agreed = work.agreed.units
    same = [one for one in plans if unit_digest(one) == agreed[one.unit.code]]
    changed = [one.row for one in plans if unit_digest(one) != agreed[one.unit.code]]
    return _Found(_plan(work, units=tuple(same)), _left("unit_kode", changed, refused))


def _found_rows(work: _Work, part: _Part) -> _Found:
    rows = _rows_of(work.sheet, part.rows)
    codes = {row.unit_code for row in rows}
    sheet = replace(
        work.sheet,
        people=rows,
        units=tuple(unit for unit in work.sheet.units if unit.code in codes),
        findings=(),
    )
    units, people, refused = plan_rows(sheet, options=work.options, by=work.by)
    # A unit that was to be made and was left out takes its people with it.
    unmade = {one.unit.code for one in units if one.is_new}
    same, changed = [], []
    for one in people:
        is_same = person_digest(one) == work.agreed.people[one.row]
        if is_same and one.unit.code not in unmade:
            same.append(one)
        else:
            changed.append(one.row)
    return _Found(_plan(work, people=tuple(same)), _left("nip", changed, refused))


def _rows_of(sheet: PeopleSheet, numbers: Iterable[int]) -> tuple[PersonRow, ...]:
    wanted = set(numbers)
    return tuple(row for row in sheet.people if row.row in wanted)


def _still_missing(
    work: _Work, gone: Sequence[tuple[int, int]]
) -> tuple[MissingPerson, ...]:
    """Return who of them still belongs there, is active and is hers to end."""
    homes = dict(gone)
    people = [
        person
        for person in User.objects.filter(pk__in=homes, is_active=True)
        .select_for_update(of=("self",), no_key=True)
        .order_by("nip")
        if person.unit_id == homes[person.pk] and person != work.by
    ]
    managed = with_managed_roles(work.by, [one for one in people if one.has_role])
    return tuple(
        MissingPerson(one.pk, one.nip or "", one.name, UnitRef("", ""), homes[one.pk])
        for one in people
        if not one.has_role or one.pk in managed
    )


def _left(
    column: str, changed: Iterable[int], refused: Iterable[Finding]
) -> tuple[Finding, ...]:
    return (*refused, *(Finding(row, column, *_CHANGED) for row in changed))


def _plan(work: _Work, **parts: Any) -> ImportPlan:
    empty: dict[str, Any] = {"units": (), "people": (), "missing": ()}
    return ImportPlan(
        options=work.options,
        unchanged=0,
        row_count=0,
        ignored_columns=(),
        findings=(),
        kept={},
        scope=Scope(),
        emptied=(),
        **{**empty, **parts},
    )


def _written(work: _Work, found: _Found) -> tuple[list[ImportPlan], list[Finding]]:
    """Write a part; where a row clashes with somebody else's, row by row."""
    if _write(work, found.plan):
        return [found.plan], []
    written: list[ImportPlan] = []
    clashed: list[PersonPlan] = []
    for one in found.plan.people:
        alone = _plan(work, people=(one,))
        if _write(work, alone):
            written.append(alone)
        else:
            clashed.append(one)
    return written, [Finding(one.row, "nip", *_CHANGED) for one in clashed]


def _write(work: _Work, plan: ImportPlan) -> bool:
    if plan.is_empty:
        return True
    try:
        with transaction.atomic():
            write_part(plan, by=work.by, now=work.moment)
    except IntegrityError:
        if not plan.people:
            raise
        return False
    return True


def _finish(work: _Work, findings: tuple[Finding, ...]) -> None:
    """Write the list of repairs, then close the draft; its sheet is deleted."""
    draft = PeopleDraft.objects.get(pk=work.draft.pk)
    left = tuple(Finding(**one) for one in draft.left_out)
    every = sorted((*findings, *left), key=lambda one: (one.row, one.severity))
    path = store_findings(work.draft, every, work.sheet, now=work.moment)
    is_ours = finish_draft(
        key=draft.key,
        turn=work.draft.turn,
        findings_path=path,
        by=work.by,
        now=work.moment,
    )
    if is_ours:
        default_storage.delete(work.draft.path)
        default_storage.delete(work.draft.plan_path)
