"""The window, the password and the extra time of one person at one quiz."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password
from django.db.models import QuerySet

from accounts.models import User
from courses.models import Outage
from lib.paths import ancestor_paths
from lib.written_once import written_once
from quizzes.models import Accommodation, Attempt, Quiz, QuizCondition
from quizzes.taking import timing


@dataclass(frozen=True)
class Terms:
    """What holds today for one person at one quiz, beside the quiz's own rules.

    `password` is the hash, empty for none. `opens_on` and `closes_on` are the days
    of the window where it was set in whole days; `moved_for` says why it closes later
    where she is than elsewhere.
    """

    window: timing.Window = timing.ALWAYS_OPEN
    extra: timing.Extra = timing.NOTHING_MORE
    password: str = ""
    supervision: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    moved_for: str = ""


def course_id_of(quiz: Quiz) -> int | None:
    """Return the course a quiz belongs to; None for one on its own."""
    return quiz.grade_item.version.course_id if quiz.grade_item else None


def condition_of(quiz: Quiz) -> QuizCondition | None:
    """Return today's condition of a quiz; None where it is simply open."""
    course_id = course_id_of(quiz)
    # A condition is always a course's.
    found = _conditions(course_id, quiz.key) if course_id else ()
    return next(iter(found), None)


@written_once
def _conditions(course_id: int, quiz_key: str) -> "QuerySet[QuizCondition]":
    return QuizCondition.objects.filter(course=course_id, quiz_key=quiz_key)


def terms_of(quiz: Quiz, person: User) -> Terms:
    """Return what holds for this person today, in two queries.

    Where the window closes, two more ask whether her unit has had an outage then.
    """
    extra = extra_of(
        person_id=person.pk, course_id=course_id_of(quiz), quiz_key=quiz.key
    )
    condition = condition_of(quiz)
    if condition is None:
        return Terms(extra=extra)
    zone = ZoneInfo(person.time_zone)
    later, why = _moved_by_outages(condition, person, zone)
    closes_at, closes_on = condition.closes_at, condition.closes_on
    return Terms(
        window=timing.window(
            opens_at=condition.opens_at,
            opens_on=condition.opens_on,
            closes_at=closes_at and closes_at + later,
            closes_on=closes_on and closes_on + later,
            zone=zone,
        ),
        extra=extra,
        password=condition.password,
        supervision=condition.supervision,
        opens_on=condition.opens_on,
        closes_on=closes_on and closes_on + later,
        moved_for=why,
    )


def _moved_by_outages(
    condition: QuizCondition, person: User, zone: ZoneInfo
) -> tuple[timedelta, str]:
    """Return by how much the window closes later for her, and the reasons."""
    closes = condition.closes_on
    if condition.closes_at:
        closes = condition.closes_at.astimezone(zone).date()
    if closes is None or person.unit is None or not person.unit.path:
        return timedelta(), ""
    outages = list(
        Outage.objects.filter(
            unit__path__in=ancestor_paths(person.unit.path), last_day__gte=closes
        ).order_by("first_day", "pk")
    )
    days = [(one.first_day, one.last_day) for one in outages]
    moved = timing.days_moved(closes, days)
    end = closes + timedelta(days=moved)
    why = (one.reason for one in outages if moved and one.first_day <= end)
    return timedelta(days=moved), "; ".join(dict.fromkeys(why))


def extra_of(*, person_id: int, course_id: int | None, quiz_key: str) -> timing.Extra:
    """Return what one person has more than others at a quiz; one query."""
    # No course has the number 0: without one, only what she has everywhere.
    rows = _accommodations(person_id, course_id or 0, quiz_key)
    return timing.total(
        timing.Extra(row.extra_seconds, row.extra_percent, row.extra_attempts)
        for row in rows
    )


@written_once
def _accommodations(
    person_id: int, course_id: int, quiz_key: str
) -> "QuerySet[Accommodation]":
    found: QuerySet[Accommodation] = Accommodation.objects.in_force().for_quiz(
        person_id=person_id, course_id=course_id, quiz_key=quiz_key
    )
    return found


def set_deadline(attempt: Attempt, terms: Terms) -> None:
    """Set when the attempt ends by these terms; the caller stores it."""
    limit = attempt.quiz.time_limit_seconds
    attempt.deadline_at = timing.deadline(
        started_at=attempt.started_at,
        limit=limit,
        window=terms.window,
        extra=terms.extra,
    )
    attempt.closes_at = timing.closing(attempt.deadline_at, attempt.quiz.grace_seconds)
    attempt.extra_seconds = terms.extra.seconds_for(limit) if attempt.deadline_at else 0


def proven_password(quiz: Quiz, said: str) -> str:
    """Return the hash that `said` proves; empty when it proves none.

    Slow on purpose, so it is asked before any lock is taken.
    """
    condition = condition_of(quiz) if said else None
    if condition and condition.password and check_password(said, condition.password):
        return condition.password
    return ""
