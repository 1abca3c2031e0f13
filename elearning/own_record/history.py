"""The history of a person's learning: courses, attempts, scores, certificates."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.models import Certificate
from certificates.verification_code import display
from courses.models import Enrollment
from courses.published import outline_of
from lib.indonesian import format_score
from quizzes.selectors import AttemptLine, attempt_lines

HISTORY_PER_PAGE = 20


@dataclass(frozen=True)
class HistoryPaper:
    """A certificate of a course; `state` says whether it still holds."""

    number: str
    issued_on: date
    state: str
    url: str


@dataclass(frozen=True)
class HistoryRow:
    """A course as it was taken once; `state` is open, done or left."""

    title: str
    url: str
    state: str
    cycle: int
    started_at: datetime
    completed_at: datetime | None
    percent: int
    score: str
    attempts: list[AttemptLine]
    papers: list[HistoryPaper]


@dataclass(frozen=True)
class HistoryPage:
    """A page of the history, the newest course first."""

    rows: list[HistoryRow]
    paginator: Page[Any]


def history_page(user: User, *, number: str | None) -> HistoryPage:
    """Return a page of everything she ever took, in a fixed number of queries."""
    page = Paginator(_places(user), HISTORY_PER_PAGE).get_page(number)
    return HistoryPage(rows=history_rows(list(page.object_list)), paginator=page)


def whole_history(user: User) -> list[HistoryRow]:
    """Return everything she ever took."""
    return history_rows(list(_places(user)))


def _places(user: User) -> "QuerySet[Enrollment]":
    mine = Enrollment.objects.filter(person=user).select_related("course")
    return mine.order_by("-started_at", "-pk")


def history_rows(places: list[Enrollment]) -> list[HistoryRow]:
    """Return places as rows: what was taken in them, with which result."""
    ids = [place.pk for place in places]
    attempts: dict[int, list[AttemptLine]] = defaultdict(list)
    for line in attempt_lines(ids):
        attempts[line.enrollment_id].append(line)
    papers: dict[int, list[HistoryPaper]] = defaultdict(list)
    found = Certificate.objects.filter(enrollment__in=ids)
    for paper in found.select_related("revocation", "replaced_by"):
        papers[paper.enrollment_id].append(_paper(paper))
    return [_row(place, attempts[place.pk], papers[place.pk]) for place in places]


def _row(
    place: Enrollment, attempts: list[AttemptLine], papers: list[HistoryPaper]
) -> HistoryRow:
    version_id = place.completed_version_id or place.version_id
    return HistoryRow(
        title=outline_of(version_id).version.title,
        url=place.course.get_absolute_url(),
        state=_state(place),
        cycle=place.cycle,
        started_at=place.started_at,
        completed_at=place.completed_at,
        percent=place.progress,
        score="" if place.final_percent is None else format_score(place.final_percent),
        attempts=attempts,
        papers=papers,
    )


def _state(place: Enrollment) -> str:
    if place.completed_at is not None:
        return "done"
    return "open" if place.state == Enrollment.State.ACTIVE else "left"


def _paper(paper: Certificate) -> HistoryPaper:
    state = _("Berlaku")
    if getattr(paper, "revocation", None):
        state = _("Dicabut")
    elif getattr(paper, "replaced_by", None):
        state = _("Digantikan")
    url = reverse("certificates:certificate_verify", args=[display(paper.code)])
    issued_on = date.fromisoformat(paper.data["issued_on"])
    return HistoryPaper(paper.number, issued_on, state, url)
