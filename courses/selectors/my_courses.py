"""The courses of a person: late, to be done by a day, open, and done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from courses.models import Enrollment
from courses.published import VersionOutline, outline_of
from courses.selectors.due_days import due_courses

MOST_DONE = 20


@dataclass(frozen=True)
class MyCourse:
    """One course of hers; `stopped_at` is the lesson and part where she left it.

    `is_begun` is False for what was ordered and not joined yet.
    """

    title: str
    course_url: str
    url: str
    percent: int
    jp: int
    due_on: date | None
    days_left: int | None
    is_begun: bool
    stopped_at: str

    @property
    def is_late(self) -> bool:
        """Whether its day has gone by."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class MyCourses:
    """Her courses: what presses most comes first."""

    late: list[MyCourse]
    due: list[MyCourse]
    open: list[MyCourse]
    done: list[MyCourse]
    done_count: int

    @property
    def is_empty(self) -> bool:
        """Whether she has none at all."""
        return not (self.late or self.due or self.open or self.done)


def my_courses(user: User, *, today: date) -> MyCourses:
    """Return her courses, in a fixed number of queries.

    An order is fulfilled by finishing its course in any cycle; a course that she takes
    again is open again. The longest late, the nearest day, and what she read last come
    first.
    """
    places = _places(user)
    done = [place for place in places if place.completed_at]
    due = {course.pk: course for course in due_courses(user)}
    begun = {place.course_id: place for place in places if not place.completed_at}
    rows = [_begun(place, due.get(place.course_id), today) for place in begun.values()]
    rows += [
        _ordered(course, today)
        for course in due.values()
        if course.pk not in begun and course.due_on and not course.is_archived
    ]
    dated = [row for row in rows if row.due_on]
    dated.sort(key=lambda row: (row.due_on or date.max, row.title))
    return MyCourses(
        late=[row for row in dated if row.is_late],
        due=[row for row in dated if not row.is_late],
        open=[row for row in rows if not row.due_on],
        done=[_begun(place, None, today) for place in _latest(done)],
        done_count=len(done),
    )


def _places(user: User) -> list[Enrollment]:
    """Return what she takes or has finished, what she read last first."""
    mine = Enrollment.objects.active().filter(person=user)
    rows = mine.select_related("course", "reading_place")
    return list(rows.order_by("-last_seen_at", "-pk"))


def _latest(done: Iterable[Enrollment]) -> list[Enrollment]:
    by_day = sorted(done, key=lambda place: place.completed_at, reverse=True)  # type: ignore[arg-type, return-value]
    return by_day[:MOST_DONE]


def _begun(place: Enrollment, course: Any | None, today: date) -> MyCourse:
    outline = outline_of(place.completed_version_id or place.version_id)
    due_on = course.due_on if course else None
    url, stopped_at = _where(place, outline)
    return MyCourse(
        title=outline.version.title,
        course_url=place.course.get_absolute_url(),
        url=url,
        percent=place.progress,
        jp=outline.version.jp,
        due_on=due_on,
        days_left=(due_on - today).days if due_on else None,
        is_begun=True,
        stopped_at=stopped_at,
    )


def _ordered(course: Any, today: date) -> MyCourse:
    version = outline_of(course.current_version_id).version
    url = course.get_absolute_url()
    return MyCourse(
        title=version.title,
        course_url=url,
        url=url,
        percent=0,
        jp=version.jp,
        due_on=course.due_on,
        days_left=(course.due_on - today).days,
        is_begun=False,
        stopped_at="",
    )


def _where(place: Enrollment, outline: VersionOutline) -> tuple[str, str]:
    """Return where to go on, and in which lesson that is; else the course itself."""
    read = getattr(place, "reading_place", None)
    lesson = (
        outline.lesson(read.lesson_key) if read and not place.completed_at else None
    )
    if read is None or lesson is None:
        return place.course.get_absolute_url(), ""
    url = reverse("courses:lesson_detail", args=[place.course.key, lesson.key])
    return f"{url}{read.anchor}", f"{lesson.number} {lesson.title}"
