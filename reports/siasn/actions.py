"""Handing courses on to SIASN in a batch, and writing down what it answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext

from accounts import audit
from accounts.models import User
from lib.refusals import ActionRefused
from lib.transactions import atomic_with_retry
from reports.models import SiasnAnswer, SiasnBatch, SiasnItem
from reports.siasn.eligible import eligible
from reports.units.reach import CAPABILITY

# With their certificates some 150 megabytes.
MOST_IN_BATCH = 5_000
_AT_ONCE = 500


class NothingToSend(ActionRefused):
    """SIASN knows of everything, or has it in hand."""

    def __init__(self) -> None:
        super().__init__(
            "nothing_to_send", gettext("Tidak ada kursus baru untuk dilaporkan.")
        )


@dataclass(frozen=True)
class Said:
    """What SIASN said of a certificate's number: its own number, or why not."""

    number: str
    rw_kursus_id: str
    reason: str


@dataclass(frozen=True)
class Recorded:
    """How many answers were new, known before, and about nothing that was sent."""

    accepted: int
    refused: int
    known: int
    strangers: tuple[str, ...]


@atomic_with_retry
def make_batch(*, year: int, by: User, now: datetime) -> SiasnBatch:
    """Put up to `MOST_IN_BATCH` courses that wait into a new batch.

    Of two who do so at once each course is in one batch only. Raises NothingToSend
    where none is left.
    """
    found = eligible(by, year=year).values_list("pk", "enrollment_id")[:MOST_IN_BATCH]
    certificates = list(found)
    if not certificates:
        raise NothingToSend
    refusals = _refusals([enrollment_id for _pk, enrollment_id in certificates])
    batch = SiasnBatch.objects.create(year=year, made_by=by, made_at=now)
    SiasnItem.objects.bulk_create(
        [
            SiasnItem(
                batch=batch,
                enrollment_id=enrollment_id,
                certificate_id=certificate_id,
                attempt=refusals.get(enrollment_id, 0) + 1,
            )
            for certificate_id, enrollment_id in certificates
        ],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
    count = batch.items.count()
    if not count:
        # Somebody else has just sent all of them.
        raise NothingToSend
    audit.record("reports.siasn.sent", batch, by=by, now=now, rows=count)
    return batch


def _refusals(enrollment_ids: Sequence[int]) -> dict[int, int]:
    refused = SiasnItem.objects.refused().filter(enrollment__in=enrollment_ids)
    return dict(
        refused.order_by().values_list("enrollment").annotate(number=Count("pk"))
    )


@atomic_with_retry
def record_answers(*, answers: Sequence[Said], by: User, now: datetime) -> Recorded:
    """Write down what SIASN answered; saying it again changes nothing.

    Looks at people of `by` only. An answer to a number that was not sent, that was
    answered otherwise before, or that gives SIASN's number of another course, is told
    back among `strangers` and not written.
    """
    sent = _sent([said.number for said in answers], by)
    given = _given([said.rw_kursus_id for said in answers if said.rw_kursus_id])
    new: list[SiasnAnswer] = []
    known, strangers = 0, []
    taken: set[int] = set()
    for said in answers:
        item = sent.get(said.number)
        if item is None:
            strangers.append(said.number)
        elif (former := getattr(item, "answer", None)) is not None:
            is_same = (former.rw_kursus_id, former.reason) == (
                said.rw_kursus_id,
                said.reason,
            )
            known += is_same
            strangers += [] if is_same else [said.number]
        elif said.rw_kursus_id in given:
            strangers.append(said.number)
        elif item.pk not in taken:
            taken.add(item.pk)
            new.append(
                SiasnAnswer(
                    item=item,
                    rw_kursus_id=said.rw_kursus_id,
                    reason=said.reason,
                    answered_at=now,
                    recorded_by=by,
                )
            )
    SiasnAnswer.objects.bulk_create(new, batch_size=_AT_ONCE)
    accepted = sum(bool(answer.rw_kursus_id) for answer in new)
    if new:
        audit.record("reports.siasn.answered", None, by=by, now=now, rows=len(new))
    return Recorded(accepted, len(new) - accepted, known, tuple(strangers))


def _given(ids: Sequence[str]) -> set[str]:
    """Return which of SIASN's numbers belong to a course already."""
    found: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        part = SiasnAnswer.objects.filter(
            rw_kursus_id__in=ids[start : start + _AT_ONCE]
        )
        found.update(part.values_list("rw_kursus_id", flat=True))
    return found


def _sent(numbers: Sequence[str], by: User) -> Mapping[str, SiasnItem]:
    """Return the latest item of each certificate number."""
    found: dict[str, SiasnItem] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        items = SiasnItem.objects.visible_to(by, CAPABILITY)
        for item in (
            items.filter(certificate__number__in=part)
            .select_related("certificate", "answer")
            .order_by("attempt")
        ):
            found[item.certificate.number] = item
    return found
