"""Telling people that a repaired question raised their score."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from lib.indonesian import format_score
from quizzes.models import RepairNotice, RepairOutcome

MOST_SHOWN = 3


@dataclass(frozen=True)
class ScoreNotice:
    """One notice of the home page."""

    text: str
    result_url: str
    read_url: str


def unread_notices(person_id: int) -> QuerySet[RepairNotice]:
    """Return the notices that the person has not read yet."""
    return RepairNotice.objects.filter(person=person_id, read_at__isnull=True)


def score_notices(user: User) -> list[ScoreNotice]:
    """Return what the person has not read yet, oldest first; one or two queries."""
    hers = RepairOutcome.objects.filter(attempt__person=user).select_related(
        "attempt__quiz", "attempt__enrollment__version"
    )
    notices = (
        unread_notices(user.pk)
        .select_related("repair")
        .prefetch_related(Prefetch("repair__outcomes", queryset=hers))
        .order_by("pk")[:MOST_SHOWN]
    )
    return [_notice(notice) for notice in notices]


def _notice(notice: Any) -> ScoreNotice:
    # Of her attempts one that this repair raised; the others have outcomes too.
    best = max(
        notice.repair.outcomes.all(),
        key=lambda one: (one.percent_after > one.percent_before, one.percent_after),
    )
    enrollment = best.attempt.enrollment
    return ScoreNotice(
        text=_(
            "Satu soal %(quiz)s%(course)s ternyata keliru dan sudah diperbaiki. "
            "Nilai Anda naik dari %(before)s menjadi %(after)s."
        )
        % {
            "quiz": best.attempt.quiz.title,
            "course": _(" di kursus “%(title)s”") % {"title": enrollment.version.title}
            if enrollment
            else "",
            "before": format_score(best.percent_before),
            "after": format_score(best.percent_after),
        },
        result_url=reverse("quizzes:attempt_result", args=[best.attempt.key]),
        read_url=reverse("quizzes:notice_read", args=[notice.pk]),
    )
