"""What the page for repairing a question shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q

from accounts.models import User
from quizzes.models import Question, QuestionVersion, Repair, RepairOutcome
from quizzes.selectors import RepairPreview, attempts_to_repair

# Who may read the names of the people whose scores change (ARCHITECTURE §6).
SEES_NAMES = "reports.view_learning"
MOST_NAMES = 100


@dataclass(frozen=True)
class RepairRow:
    """A repair that was made; `waiting` attempts are still to be marked again."""

    number: int
    label: str
    reason: str
    at: datetime
    applied: int
    raised: int
    waiting: int


@dataclass(frozen=True)
class NamedChange:
    """A person whose score rises, for those who may know."""

    name: str
    before: Decimal
    after: Decimal
    passes: bool


def versions_asked(question: Question) -> list[Any]:
    """Return the published wordings, newest first, with how many attempts had them."""
    return list(
        QuestionVersion.objects.filter(
            question=question, state=QuestionVersion.State.READY
        )
        .annotate(
            attempts=Count(
                "attempt_items", filter=Q(attempt_items__attempt__state="submitted")
            )
        )
        .prefetch_related("options")
        .order_by("-number")
    )


def repair_rows(question: Question) -> list[RepairRow]:
    """Return the repairs of a question, newest first; there are few."""
    repairs = (
        Repair.objects.filter(question_version__question=question)
        .select_related("question_version")
        .order_by("-pk")
    )
    counts = {
        row["repair"]: row
        for row in RepairOutcome.objects.filter(repair__in=repairs)
        .values("repair")
        .annotate(
            applied=Count("pk"),
            raised=Count(
                "pk",
                filter=~Q(points_after=F("points_before"), max_after=F("max_before")),
            ),
        )
    }
    return [
        RepairRow(
            number=repair.question_version.number,
            label=repair.get_kind_display(),
            reason=repair.reason,
            at=repair.repaired_at,
            applied=counts.get(repair.pk, {}).get("applied", 0),
            raised=counts.get(repair.pk, {}).get("raised", 0),
            waiting=attempts_to_repair(repair).count(),
        )
        for repair in repairs
    ]


def named_changes(preview: RepairPreview, user: User) -> Sequence[NamedChange]:
    """Return the people whose scores rise and about whom `user` may read."""
    visible = dict(
        User.objects.visible_to(user, SEES_NAMES)
        .filter(pk__in=preview.rising)
        .by_name()
        .values_list("pk", "name")[:MOST_NAMES]
    )
    best = {change.attempt.person_id: change for change in preview.changes}
    return [
        NamedChange(
            name=name,
            before=best[pk].before,
            after=best[pk].after,
            passes=pk in preview.passing,
        )
        for pk, name in visible.items()
    ]
