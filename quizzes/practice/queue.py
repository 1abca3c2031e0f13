"""What waits for a person in Ulangan: her day, her wish, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from courses.published import outline_of
from lib.counting import CountOf
from quizzes.kinds import QuestionState
from quizzes.models import (
    FollowUp,
    FollowUpItem,
    PracticeResponse,
    ReviewCard,
    ReviewPreference,
)
from quizzes.practice.schedule import day_ends_at

# Questions of a round.
ROUND = 3
_SECONDS_A_QUESTION = 40


@dataclass(frozen=True)
class Invitation:
    """What waits for the person, for the home page."""

    count: int
    minutes: int
    note: str


@dataclass(frozen=True)
class ReviewDay:
    """A person's day: whose, what time it is, her date, and when it ends where she is.

    Each of them may also be the stand-in of a statement that is written once.
    """

    person_id: int
    now: datetime
    today: date
    ends_at: datetime

    @classmethod
    def of(cls, person: User, now: datetime) -> "ReviewDay":
        """Return the day that `now` falls on where she is."""
        zone = ZoneInfo(person.time_zone)
        today = now.astimezone(zone).date()
        return cls(person.pk, now, today, day_ends_at(now, zone))

    def items(self) -> Any:
        """Return the open questions of follow-ups, in the order they are asked."""
        opened = FollowUp.objects.open_for(
            self.person_id, now=self.now, day_ends_at=self.ends_at
        )
        said = PracticeResponse.objects.filter(
            person=self.person_id, token=OuterRef("token")
        )
        return (
            FollowUpItem.objects.filter(
                ~Exists(said),
                follow_up__in=opened,
                question_version__question__state=QuestionState.READY,
            )
            .select_related("follow_up__enrollment__course", "question_version")
            .prefetch_related("question_version__options")
            .order_by("follow_up__due_at", "follow_up", "position")
        )

    def cards(self) -> Any:
        """Return the cards that are due, the longest due first."""
        return (
            ReviewCard.objects.due_before(self.ends_at)
            .filter(person=self.person_id)
            .select_related("question__bank__course")
        )

    def wishes(self) -> Any:
        """Return her wish to be left alone, where it holds today; at most one row."""
        holds = Q(is_off=True) | Q(rests_until__gt=self.today)
        return ReviewPreference.objects.filter(holds, person=self.person_id)

    def preference(self) -> ReviewPreference | None:
        """Return her wish to be left alone, where it holds today."""
        wish: ReviewPreference | None = self.wishes().first()
        return wish


def waits_for(her_day: ReviewDay) -> dict[str, Any]:
    """Return what `invitation` must know, as parts of a statement about people."""
    return {
        "is_resting": Exists(her_day.wishes()),
        "has_follow_up": Exists(her_day.items()),
        "card_count": CountOf(her_day.cards().order_by().values("pk")[:ROUND]),
    }


def invitation(her_day: ReviewDay, *, waiting: Mapping[str, Any]) -> Invitation | None:
    """Return what waits for the person; None when nothing does or she wants rest.

    `waiting` are the answers to `waits_for`.
    """
    if waiting["is_resting"]:
        return None
    if waiting["has_follow_up"]:
        items = list(her_day.items()[:ROUND])
        first = items[0].follow_up
        count = sum(item.follow_up_id == first.pk for item in items)
        return Invitation(count, _minutes(count), follow_up_title(first))
    count = waiting["card_count"]
    if not count:
        return None
    note = _("Yang pernah keliru atau lama tidak Anda lihat.")
    return Invitation(count, _minutes(count), note)


def _minutes(count: int) -> int:
    return -(-count * _SECONDS_A_QUESTION // 60)


def course_title(course: Course | None) -> str:
    """Return the title that people know the course by."""
    if course is None or course.current_version_id is None:
        return ""
    return outline_of(course.current_version_id).version.title


def follow_up_title(follow_up: FollowUp) -> str:
    """Return the question that a follow-up asks as a whole."""
    return _("%(days)d hari setelah %(course)s: masih ingat?") % {
        "days": follow_up.day,
        "course": course_title(follow_up.enrollment.course),
    }
