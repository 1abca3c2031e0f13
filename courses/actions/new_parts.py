"""New required parts of lessons: which a draft brings, and who has read them.

People who are still learning read the lesson again (`Lesson.read_since`). Those who
have finished are asked to read the part alone; what they have earned is left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_enrollment
from courses.content_types import LessonContent
from courses.exceptions import LessonNotAvailable
from courses.lesson_html import minutes_to_read
from courses.models import Course, CourseVersion, Enrollment, NewPart, NewPartReading
from courses.selectors.content import version_content
from courses.selectors.new_parts import parts_to_read
from lib.transactions import atomic_with_retry


@dataclass(frozen=True)
class ProposedPart:
    """A part that a draft adds to a lesson, or whose words it changes."""

    lesson_key: str
    lesson_title: str
    part_key: str
    title: str
    is_added: bool
    minutes: int

    @property
    def place(self) -> tuple[str, str]:
        """The keys of its lesson and its own."""
        return self.lesson_key, self.part_key


def proposed_parts(version: CourseVersion) -> list[ProposedPart]:
    """Return what may be asked to be read, of the required lessons that people know.

    Lessons that are new as a whole are read anyway. Compares with what is published.
    """
    current = version.course.current_version
    before = _lessons_of(current) if current else {}
    found = []
    for key, lesson in _lessons_of(version).items():
        if lesson.is_required and key in before and current != version:
            found += _changed_parts(before[key], lesson)
    return found


def _lessons_of(version: CourseVersion) -> Mapping[str, LessonContent]:
    modules = version_content(version).modules
    return {lesson.key: lesson for module in modules for lesson in module.lessons}


def _changed_parts(before: LessonContent, after: LessonContent) -> list[ProposedPart]:
    old = {part.key: part for part in before.parts}
    return [
        ProposedPart(
            lesson_key=after.key,
            lesson_title=after.title,
            part_key=part.key,
            title=part.title,
            is_added=part.key not in old,
            minutes=minutes_to_read(len(part.source.split())),
        )
        for part in after.parts
        if old.get(part.key) != part
    ]


def ask_to_read(
    course: Course, version: CourseVersion, parts: Sequence[ProposedPart]
) -> None:
    """Take down which parts a publication brings. The course is locked."""
    NewPart.objects.bulk_create(
        NewPart(
            course=course,
            version=version,
            cycle=course.cycle,
            lesson_key=part.lesson_key,
            part_key=part.part_key,
            minutes=part.minutes,
        )
        for part in parts
    )


def parts_brought(course: Course) -> dict[str, dict[int, set[str]]]:
    """Return, by lesson and by the number of a version, the parts that it brought."""
    found: dict[str, dict[int, set[str]]] = {}
    rows = NewPart.objects.filter(course=course)
    for key, number, part in rows.values_list(
        "lesson_key", "version__number", "part_key"
    ):
        found.setdefault(key, {}).setdefault(number, set()).add(part)
    return found


@atomic_with_retry
def read_new_parts(
    *, enrollment_id: int, part_ids: Sequence[int], by: User, now: datetime
) -> int:
    """Record that somebody who has finished read these new parts; return how many.

    Her progress, her grade and her certificate stay as they are. What she has read
    already, or is not asked to read, changes nothing. Locks the enrolment. Raises
    LessonNotAvailable for somebody who has withdrawn.
    """
    enrollment = lock_enrollment(enrollment_id)
    if enrollment.state == Enrollment.State.WITHDRAWN:
        raise LessonNotAvailable("withdrawn", "Ikuti kursus ini dulu.")
    asked = {part.pk for part in parts_to_read(enrollment)}
    read = [pk for pk in dict.fromkeys(part_ids) if pk in asked]
    NewPartReading.objects.bulk_create(
        NewPartReading(enrollment=enrollment, part_id=pk, read_at=now) for pk in read
    )
    if read:
        audit.record("courses.new_parts.read", enrollment, by=by, now=now, parts=read)
    return len(read)
