"""On which devices an attempt is answered, and what has arrived of their logs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from quizzes.marking.saves import Answering
from quizzes.models import Attempt, AttemptVisit, ResponseSave


def note_visit(*, attempt_id: int, device: UUID, now: datetime) -> None:
    """Note that a page of the attempt is open on this device; twice is once."""
    visit = AttemptVisit(attempt_id=attempt_id, device=device, seen_at=now)
    AttemptVisit.objects.bulk_create([visit], ignore_conflicts=True)


def answering_of(attempt: Attempt) -> Answering:
    """Return an attempt's state and times as the pure rules see them."""
    return Answering(
        state=attempt.state,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        closes_at=attempt.closes_at,
    )


def are_known(attempt: Attempt) -> bool:
    """Say whether a device that keeps a log was known before the deadline.

    A plain form keeps none: its answers tell no time.
    """
    visits, saves = attempt.visits.all(), attempt.saves.filter(offset_ms__isnull=False)
    if attempt.deadline_at is not None:
        visits = visits.filter(seen_at__lte=attempt.deadline_at)
        saves = saves.filter(received_at__lte=attempt.deadline_at)
    return visits.exists() or saves.exists()


def is_known(attempt: Attempt, device: UUID) -> bool:
    """Say whether the server heard of this device before the deadline."""
    heard = {"device": device}
    visits, saves = attempt.visits.filter(**heard), attempt.saves.filter(**heard)
    if attempt.deadline_at is not None:
        visits = visits.filter(seen_at__lte=attempt.deadline_at)
        saves = saves.filter(received_at__lte=attempt.deadline_at)
    return visits.exists() or saves.exists()


def have_arrived(rows: Iterable[ResponseSave], named: Mapping[UUID, int]) -> bool:
    """Say whether the last sequence named of each device is among an attempt's saves.

    Devices send the oldest first, so whoever has the last one has them all.
    """
    last: dict[UUID, int] = {}
    for row in rows:
        last[row.device] = max(row.sequence, last.get(row.device, 0))
    return all(last.get(device, 0) >= number for device, number in named.items())
