"""Ten weeks of learning, step by step in the order of time.

Each person's way through a course is a handful of steps, of which one plans the next;
all of them stand in one queue, so that reminders find people as they were on that day.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from accounts.demo_people import Invented
from courses import actions as courses_actions
from courses.models import Course, Enrollment
from quizzes.demo.answers import InventedAnswers

# The demo agency lies in the east (`accounts.demo`).
ZONE = ZoneInfo("Asia/Jayapura")
_SATURDAY = 5
_MOST_TRIES = 3
_WEEKS_AFTER = timedelta(days=30, hours=2)
# What a course teaches, in the unit of what people know.
_TAUGHT = 1.1
_STAYS = 0.6
# The pre-test may be left out.
_TAKES_PRETEST = 0.72


@dataclass
class Weeks:
    """What is still to happen, until `now`."""

    now: datetime
    answering: InventedAnswers = field(default_factory=InventedAnswers)
    enrollments: list[Enrollment] = field(default_factory=list)
    _steps: list[tuple[datetime, int, Callable[[datetime], object]]] = field(
        default_factory=list
    )
    _count: int = 0
    _lessons: dict[int, list[str]] = field(default_factory=dict)

    def plan(self, at: datetime, step: Callable[[datetime], object]) -> None:
        """Let something happen; what lies ahead of `now` never does."""
        if at < self.now:
            self._count += 1
            heapq.heappush(self._steps, (at, self._count, step))

    def run(self) -> None:
        """Let everything happen that was planned, the earliest first."""
        while self._steps:
            at, _number, step = heapq.heappop(self._steps)
            step(at)

    def lesson_keys(self, enrollment: Enrollment) -> list[str]:
        """Return the keys of what is to be read, in order."""
        if enrollment.version_id not in self._lessons:
            lessons = enrollment.version.lessons.order_by("sequence")
            self._lessons[enrollment.version_id] = list(
                lessons.values_list("key", flat=True)
            )
        return self._lessons[enrollment.version_id]


def workday(day: date, chance: random.Random) -> datetime:
    """Return a moment of the day, of the Monday after on a weekend."""
    if day.weekday() >= _SATURDAY:
        day += timedelta(days=7 - day.weekday())
    minutes = chance.randrange(7 * 60 + 40, 15 * 60 + 30)
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=minutes)


@dataclass
class Way:
    """One person's way through a course, with a chance of its own.

    So what happens on it does not depend on what happened on others.
    """

    weeks: Weeks
    who: Invented
    course: Course
    knows: float
    chance: random.Random
    gives_up_after: int | None
    enrollment: Enrollment = field(init=False)
    _tries: int = 0

    def begin(self, at: datetime) -> None:
        """Enrol and, as most do, take the pre-test."""
        weeks, person = self.weeks, self.who.person
        self.enrollment = courses_actions.enroll(
            course_id=self.course.pk, person=person, by=person, now=at
        )
        weeks.enrollments.append(self.enrollment)
        begins = at + timedelta(minutes=2)
        lasts = timedelta(minutes=self.chance.randrange(6, 13))
        if self.chance.random() < _TAKES_PRETEST:
            self._take("pretest", self.knows, begins, lasts)
        weeks.plan(begins + lasts + timedelta(minutes=3), partial(self._read, 0))

    def _read(self, number: int, at: datetime) -> None:
        """Finish the next lesson; with the last one the post-test comes near."""
        keys = self.weeks.lesson_keys(self.enrollment)
        if number == self.gives_up_after:
            return
        courses_actions.complete_lesson(
            enrollment_id=self.enrollment.pk,
            lesson_key=keys[number],
            by=self.who.person,
            now=at,
        )
        if number + 1 < len(keys):
            self.weeks.plan(self._next_time(at), partial(self._read, number + 1))
        else:
            self.weeks.plan(self._next_time(at), self._sit)

    def _next_time(self, at: datetime) -> datetime:
        """Return when she goes on: at once, or on a day soon after."""
        if self.chance.random() < 0.55:
            return at + timedelta(minutes=self.chance.randrange(11, 21))
        days = self.chance.randrange(1, 5)
        return workday(at.astimezone(ZONE).date() + timedelta(days=days), self.chance)

    def _sit(self, at: datetime) -> None:
        """Take the post-test; who fails comes back some days later."""
        self._tries += 1
        lasts = timedelta(minutes=self.chance.randrange(9, 19))
        knows = self.knows + _TAUGHT + 0.3 * (self._tries - 1)
        self._take("posttest", knows, at, lasts)
        self.enrollment.refresh_from_db(fields=["completed_at", "progress"])
        if self.enrollment.completed_at is not None:
            self.weeks.plan(
                self.enrollment.completed_at + _WEEKS_AFTER, self._look_back
            )
        elif self._tries < _MOST_TRIES and self.chance.random() < 0.75:
            days = self.chance.randrange(2, 7)
            day = at.astimezone(ZONE).date() + timedelta(days=days)
            self.weeks.plan(workday(day, self.chance), self._sit)

    def _take(self, key: str, knows: float, begins: datetime, lasts: timedelta) -> None:
        self.weeks.answering.take(
            self.enrollment,
            key,
            person=self.who.person,
            knows=knows,
            begins=begins,
            lasts=lasts,
            chance=self.chance,
        )

    def _look_back(self, at: datetime) -> None:
        """Answer what is asked weeks after, as the diligent do."""
        if self.chance.random() < 0.35 * self.who.diligence:
            self.weeks.answering.answer_weeks_after(
                self.enrollment,
                person=self.who.person,
                knows=self.knows + _TAUGHT * _STAYS,
                now=at,
                chance=self.chance,
            )
