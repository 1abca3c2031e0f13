"""What waits for a person in Ulangan: her day, her wish, and what is due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from courses.published import outline_of
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
    """A person's now: her day ends where she is."""

    person: User
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Return where she is."""
        return ZoneInfo(self.person.time_zone)

    @property
    def today(self) -> date:
        """Return her date."""
        return self.now.astimezone(self.zone).date()

    @property
    def day_ends_at(self) -> datetime:
        """Return when her day ends."""
        return day_ends_at(self.now, self.zone)

    def items(self) -> Any:
        """Return the open questions of follow-ups, in the order they are asked."""
        opened = FollowUp.objects.open_for(
            self.person, now=self.now, day_ends_at=self.day_ends_at
        )
        said = PracticeResponse.objects.filter(
            person=self.person, token=OuterRef("token")
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
            ReviewCard.objects.due_before(self.day_ends_at)
            .filter(person=self.person)
            .select_related("question__bank__course")
        )

    def preference(self) -> ReviewPreference | None:
        """Return her wish to be left alone, where it holds today."""
        wish = ReviewPreference.objects.filter(person=self.person).first()
        if wish is None or wish.is_off:
            return wish
        is_resting = wish.rests_until is not None and wish.rests_until > self.today
        return wish if is_resting else None


def invitation(person: User, *, now: datetime) -> Invitation | None:
    """Return what waits for the person; None when nothing does or she wants rest."""
    her_day = ReviewDay(person, now)
    if her_day.preference():
        return None
    items = list(her_day.items()[:ROUND])
    if items:
        first = items[0].follow_up
        count = sum(item.follow_up_id == first.pk for item in items)
        return Invitation(count, _minutes(count), follow_up_title(first))
    count = her_day.cards()[:ROUND].count()
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
