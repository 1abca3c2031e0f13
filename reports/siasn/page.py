"""Where the reporting to SIASN stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from reports.models import SiasnBatch, SiasnItem
from reports.siasn.actions import MOST_IN_BATCH
from reports.siasn.eligible import eligible, year_of
from reports.units.reach import CAPABILITY

REFUSED_PER_PAGE = 20
BATCHES_SHOWN = 10


@dataclass(frozen=True)
class RefusedRow:
    """A course that SIASN did not take, and why."""

    name: str
    number: str
    reason: str
    is_sent_again: bool


@dataclass(frozen=True)
class BatchRow:
    """A file that was made, with how many of its rows are answered."""

    key: UUID
    year: int
    made_at: datetime
    rows: int
    accepted: int
    refused: int


@dataclass(frozen=True)
class SiasnPage:
    """What is to be sent, what is with SIASN, and what it said.

    `ready` counts to the size of a batch; there may be more (`has_more`).
    """

    year: int
    ready: int
    has_more: bool
    waiting: int
    accepted: int
    refused: Page[Any]
    refused_rows: Sequence[RefusedRow]
    batches: Sequence[BatchRow]


def siasn_page(user: Any, *, number: str, now: datetime) -> SiasnPage:
    """Return the page; the number of queries does not grow with the rows."""
    year = year_of(user, now)
    ready = eligible(user, year=year)[: MOST_IN_BATCH + 1].count()
    items = SiasnItem.objects.visible_to(user, CAPABILITY)
    refused = items.refused().select_related(
        "certificate", "enrollment__person", "answer"
    )
    page = Paginator(refused.order_by("-pk"), REFUSED_PER_PAGE).get_page(number)
    again = _sent_again([item.enrollment_id for item in page.object_list])
    return SiasnPage(
        year=year,
        ready=min(ready, MOST_IN_BATCH),
        has_more=ready > MOST_IN_BATCH,
        waiting=items.unanswered().count(),
        accepted=items.exclude(answer__rw_kursus_id="")
        .filter(answer__isnull=False)
        .count(),
        refused=page,
        refused_rows=[
            RefusedRow(
                item.enrollment.person.full_name,
                item.certificate.number,
                item.answer.reason,
                item.enrollment_id in again,
            )
            for item in page.object_list
        ],
        batches=_batches(user),
    )


def _sent_again(enrollment_ids: Sequence[int]) -> set[int]:
    standing = SiasnItem.objects.standing().filter(enrollment__in=enrollment_ids)
    return set(standing.values_list("enrollment", flat=True))


def _batches(user: Any) -> list[BatchRow]:
    is_answered = Q(items__answer__isnull=False)
    is_refused = Q(items__answer__rw_kursus_id="") & is_answered
    batches = SiasnBatch.objects.filter(made_by=user).annotate(
        rows=Count("items"),
        answered=Count("items", filter=is_answered),
        refused=Count("items", filter=is_refused),
    )
    return [
        BatchRow(
            batch.key,
            batch.year,
            batch.made_at,
            batch.rows,
            batch.answered - batch.refused,
            batch.refused,
        )
        for batch in batches.order_by("-made_at")[:BATCHES_SHOWN]
    ]
