"""Noting whose units must be counted anew, so that rooms above this one find them."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import UnitRecount

_BATCH = 500


def note(changed: Iterable[tuple[int, Iterable[int | None]]], *, now: datetime) -> None:
    """Note the units, by person, in which she no longer counts or counts from now on.

    Call it in the transaction that changed them.
    """
    UnitRecount.objects.bulk_create(
        (
            UnitRecount(person_id=person_id, unit_id=unit_id, noted_at=now)
            for person_id, unit_ids in changed
            for unit_id in dict.fromkeys(unit_ids)
            if unit_id is not None
        ),
        batch_size=_BATCH,
    )
