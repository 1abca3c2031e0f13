"""Which new parts somebody who has finished a course is still asked to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from accounts.models import User
from courses.models import (
    Course,
    Enrollment,
    LessonCompletion,
    LessonPart,
    NewPart,
    NewPartReading,
)
from courses.published import LessonOutline, outline_of

# What of an enrolment decides what it is asked to read.
_NAMES = ("pk", "course_id", "cycle", "completed_version__number")


@dataclass(frozen=True)
class NewPartsNotice:
    """That a course which somebody finished has new parts; how many, how long."""

    title: str
    count: int
    minutes: int
    url: str


@dataclass(frozen=True)
class NewPartText:
    """A new part in the words that are published now; `rendered` is its row."""

    pk: int
    lesson: LessonOutline
    minutes: int
    rendered: LessonPart


def parts_to_read(enrollment: Enrollment) -> "QuerySet[NewPart]":
    """Return what an enrolment is asked to read, oldest first; nothing before it is
    complete, because until then its lessons are read again.
    """
    finished = enrollment.completed_version
    if finished is None or enrollment.state != Enrollment.State.ACTIVE:
        return NewPart.objects.none()
    of = {
        "pk": enrollment.pk,
        "course_id": enrollment.course_id,
        "cycle": enrollment.cycle,
        "completed_version__number": finished.number,
    }
    return _asked(of, of)


def _asked(of: Mapping[str, Any], inside: Mapping[str, Any]) -> "QuerySet[NewPart]":
    """Return the parts that an enrolment is asked to read.

    That is what came in its cycle, which must be the present one, after it was
    finished, to a lesson that was read, and of which it is not said that it was read.
    What a later version asks for anew is asked for once, what is gone not at all.
    `inside` is `of` as a query in the query sees it.
    """
    read_lesson = LessonCompletion.objects.filter(
        enrollment=inside["pk"],
        lesson_key=OuterRef("lesson_key"),
        version__number__lt=OuterRef("version__number"),
    )
    read_part = NewPartReading.objects.filter(
        enrollment=inside["pk"], part=OuterRef("pk")
    )
    later = NewPart.objects.filter(
        course=OuterRef("course"),
        lesson_key=OuterRef("lesson_key"),
        part_key=OuterRef("part_key"),
        version__number__gt=OuterRef("version__number"),
    )
    there = LessonPart.objects.filter(
        lesson__version=OuterRef("course__current_version"),
        lesson__key=OuterRef("lesson_key"),
        key=OuterRef("part_key"),
    )
    return NewPart.objects.filter(
        Exists(read_lesson),
        ~Exists(read_part),
        ~Exists(later),
        Exists(there),
        course=of["course_id"],
        cycle=of["cycle"],
        course__cycle=F("cycle"),
        course__is_archived=False,
        version__number__gt=of["completed_version__number"],
    )


def _asked_of_each() -> "QuerySet[NewPart]":
    """Return the same inside a query of enrolments."""
    of = {name: OuterRef(name) for name in _NAMES}
    return _asked(of, {name: OuterRef(ref) for name, ref in of.items()})


def _finished(person_id: int) -> "QuerySet[Enrollment]":
    places: QuerySet[Enrollment] = Enrollment.objects.active().completed()
    return places.filter(person=person_id)


def has_new_parts(person_id: int) -> Exists:
    """Return the condition that she is asked to read something new."""
    return Exists(_finished(person_id).filter(Exists(_asked_of_each())))


def new_parts_notices(person: User) -> list[NewPartsNotice]:
    """Return one notice a course, in the order of the catalogue; one query."""
    asked = _asked_of_each().order_by().values("course")
    places = (
        _finished(person.pk)
        .annotate(
            count=Subquery(asked.annotate(said=Count("pk")).values("said")),
            minutes=Subquery(asked.annotate(said=Sum("minutes")).values("said")),
        )
        .filter(count__gt=0)
        .select_related("course")
        .order_by("course__position", "course__key")
    )
    return [_notice(row.course, row.count, row.minutes) for row in places]


def notice_for(enrollment: Enrollment) -> NewPartsNotice | None:
    """Return the notice of one course, None where nothing is new; one query."""
    minutes = [part.minutes for part in parts_to_read(enrollment)]
    return _notice(enrollment.course, len(minutes), sum(minutes)) if minutes else None


def _notice(course: Course, count: int, minutes: int) -> NewPartsNotice:
    return NewPartsNotice(
        title=outline_of(course.current_version_id).version.title,
        count=count,
        minutes=minutes,
        url=reverse("courses:new_parts", args=[course.key]),
    )


def new_part_texts(course: Course, parts: Iterable[NewPart]) -> list[NewPartText]:
    """Return parts with what the published version says there, in its order."""
    outline = outline_of(course.current_version_id)
    asked = {(part.lesson_key, part.part_key): part for part in parts}
    condition = Q(pk__in=[])
    for lesson_key, part_key in asked:
        condition |= Q(lesson__key=lesson_key, key=part_key)
    rows = (
        LessonPart.objects.filter(condition, lesson__version=course.current_version_id)
        .select_related("lesson")
        .order_by("lesson__sequence", "position")
    )
    lessons = {lesson.key: lesson for lesson in outline.lessons}
    return [
        NewPartText(
            pk=asked[row.lesson.key, row.key].pk,
            lesson=lessons[row.lesson.key],
            minutes=asked[row.lesson.key, row.key].minutes,
            rendered=row,
        )
        for row in rows
    ]
