"""What HR sees of answers that came too late, and what their person is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from quizzes.kinds import LATE_WINDOW
from quizzes.models import Attempt, ResponseSave

ACCEPT = "quizzes.accept_late_answer"
ATTEMPTS_PER_PAGE, MOST_ANSWERS = 50, 200


@dataclass(frozen=True)
class LateAttempt:
    """An attempt to which answers came late; `kept` of them do not count."""

    url: str
    name: str
    unit: str
    title: str
    ended_at: datetime | None
    counted: int
    kept: int


@dataclass(frozen=True)
class LateAnswer:
    """One late answer; `claimed_at` by the device's own clock, None for a plain form.

    `device` tells devices of one attempt apart; `accepted_by` is empty where it was not
    accepted. `why_not` says why it does not count by itself.
    """

    save_id: int
    position: int
    is_answered: bool
    device: str
    claimed_at: datetime | None
    received_at: datetime
    counts: bool
    why_not: str
    is_accepted: bool
    accepted_by: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Say whether it can still be accepted."""
        return not self.counts and not self.is_accepted


@dataclass(frozen=True)
class LateAttemptPage:
    """An attempt with the times that decide, and its late answers, oldest first."""

    person_key: UUID
    name: str
    unit: str
    title: str
    started_at: datetime
    deadline_at: datetime | None
    ended_at: datetime | None
    is_marked: bool
    answers: list[LateAnswer]

    @property
    def can_accept(self) -> bool:
        """Say whether anything is left to decide."""
        return self.is_marked and any(answer.is_open for answer in self.answers)


def late_attempts(user: User, *, page: str | None) -> "Page[Any]":
    """Return a page of the attempts of others in the user's units, latest first."""
    rows: Any = _with_late_answers(user)
    found = Paginator(rows, ATTEMPTS_PER_PAGE).get_page(page)
    found.object_list = _rows(list(found.object_list))
    return found


def late_attempts_of(user: User, person: User) -> list[LateAttempt]:
    """Return the attempts of one person, latest first; none without the right."""
    hers = _with_late_answers(user).filter(person=person)
    return _rows(list(hers[:ATTEMPTS_PER_PAGE]))


def _with_late_answers(user: User) -> "QuerySet[Attempt]":
    late = ResponseSave.objects.filter(attempt=OuterRef("pk"), is_late=True)
    found: QuerySet[Attempt] = (
        Attempt.objects.late_to(user, ACCEPT)
        .filter(Exists(late))
        .select_related("person__unit", "quiz")
        .order_by("-pk")
    )
    return found


def _rows(attempts: list[Attempt]) -> list[LateAttempt]:
    waits = Q(counts=False, acceptance__isnull=True)
    counts = {
        row["attempt"]: row
        for row in ResponseSave.objects.filter(attempt__in=attempts, is_late=True)
        .values("attempt")
        .annotate(all=Count("pk"), kept=Count("pk", filter=waits))
    }
    return [_row(attempt, counts[attempt.pk]) for attempt in attempts]


def _row(attempt: Attempt, counts: dict[str, int]) -> LateAttempt:
    person = attempt.person
    return LateAttempt(
        url=reverse("quizzes:late_attempt", args=[attempt.key]),
        name=person.full_name,
        unit=person.unit.name if person.unit else "",
        title=attempt.quiz.title,
        ended_at=attempt.submitted_at,
        counted=counts["all"] - counts["kept"],
        kept=counts["kept"],
    )


def late_attempt_page(attempt: Attempt) -> LateAttemptPage:
    """Return an attempt's late answers with their times; at most two hundred."""
    rows = (
        attempt.saves.filter(is_late=True)
        .select_related("item", "acceptance__accepted_by")
        .order_by("pk")[:MOST_ANSWERS]
    )
    person = attempt.person
    names: dict[UUID, str] = {}
    return LateAttemptPage(
        person_key=person.key,
        name=person.full_name,
        unit=person.unit.name if person.unit else "",
        title=attempt.quiz.title,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        ended_at=attempt.submitted_at,
        is_marked=attempt.state == Attempt.State.SUBMITTED,
        answers=[_answer(row, attempt, names) for row in rows],
    )


def _answer(row: Any, attempt: Attempt, names: dict[UUID, str]) -> LateAnswer:
    acceptance = getattr(row, "acceptance", None)
    by = acceptance.accepted_by if acceptance else None
    claimed = None
    if row.offset_ms is not None:
        claimed = attempt.started_at + timedelta(milliseconds=row.offset_ms)
    return LateAnswer(
        save_id=row.pk,
        position=row.item.position,
        is_answered=row.value is not None,
        device=names.setdefault(row.device, str(len(names) + 1)),
        claimed_at=claimed,
        received_at=row.received_at,
        counts=row.counts,
        why_not="" if row.counts else _why_not(attempt, claimed, row.received_at),
        is_accepted=acceptance is not None,
        accepted_by=by.full_name if by else "",
        reason=acceptance.reason if acceptance else "",
    )


def _why_not(attempt: Attempt, claimed: datetime | None, received_at: datetime) -> str:
    """Say which part of the rule an answer failed (`quizzes.marking.saves.arrival`)."""
    deadline, ended = attempt.deadline_at, attempt.submitted_at
    if deadline is None or (ended is not None and ended < deadline):
        return _("sampai setelah percobaan dikirim")
    if claimed is None:
        return _("waktu menjawab tidak diketahui")
    if not attempt.started_at <= claimed <= deadline:
        return _("menurut perangkat dijawab di luar waktu")
    if received_at > deadline + LATE_WINDOW:
        return _("sampai lebih dari 72 jam setelah batas waktu")
    return _("sampai setelah dinilai, atau perangkatnya belum dikenal")


def kept_aside(saves: Iterable[ResponseSave]) -> int:
    """Return how many of an attempt's answers came too late to count."""
    return sum(
        not (save.counts or hasattr(save, "acceptance") or save.value is None)
        for save in saves
    )
