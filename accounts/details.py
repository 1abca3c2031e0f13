"""Writing down what people were called, and what they were, before and after a change.

Reports of a past day tell name, golongan and jabatan of that day from these rows. Only
changes are written: of most people there is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from accounts.models import PersonDetail

_BATCH = 500


@dataclass(frozen=True)
class Changed:
    """A person, and the old and the new value of each field that differs."""

    person_id: int
    values: Mapping[str, tuple[Any, Any]]


def note_changes(changes: Iterable[Changed], *, starts_on: date, now: datetime) -> None:
    """Append what holds from `starts_on` on, and what held before the first change.

    To be called in the transaction of the change. Fields that no report shows are left
    out. A few queries for every 500.
    """
    before: list[PersonDetail] = []
    after: list[PersonDetail] = []
    for one in changes:
        for field in PersonDetail.Field.values:
            if field not in one.values:
                continue
            old, new = one.values[field]
            said = {"person_id": one.person_id, "field": field, "recorded_at": now}
            before.append(PersonDetail(**said, value=old or "", starts_on=None))
            after.append(PersonDetail(**said, value=new or "", starts_on=starts_on))
    # Where the field was changed before, what held first is there already.
    PersonDetail.objects.bulk_create(before, batch_size=_BATCH, ignore_conflicts=True)
    PersonDetail.objects.bulk_create(after, batch_size=_BATCH)


def assumed_until() -> datetime | None:
    """Return from when on every change is known; None where that was always so."""
    assumed = PersonDetail.objects.filter(is_assumed=True)
    found: datetime | None = assumed.aggregate(at=Max("recorded_at"))["at"]
    return found
