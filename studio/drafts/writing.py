"""What an author has typed into a lesson and not saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course, LessonWriting

# A page that offers more than this is read by nobody; the others stay where they are.
MOST_OFFERED = 3


@dataclass(frozen=True)
class Sitting:
    """One open editor, and the number of what was typed in it last."""

    key: UUID
    sequence: int

    @classmethod
    def read(cls, said: str) -> "Sitting | None":
        """Return what a form says, "uuid:number"; None for anything else."""
        key, _colon, sequence = said.partition(":")
        try:
            sitting = cls(UUID(key), int(sequence))
        except ValueError:
            return None
        return sitting if 0 < sitting.sequence < 2**63 else None

    def __str__(self) -> str:
        return f"{self.key}:{self.sequence}"


def has_lesson(course: Course, lesson_key: str, author: User) -> bool:
    """Whether a version has the lesson, or had it when the author typed into it."""
    if course.versions.filter(lessons__key=lesson_key).exists():
        return True
    return LessonWriting.objects.filter(
        course=course, lesson_key=lesson_key, author=author
    ).exists()


def offered_writings(
    course: Course,
    lesson_key: str,
    author: User,
    *,
    stored: Sequence[str],
    without: UUID | None,
) -> list[LessonWriting]:
    """Return what an author may bring back, the newest first.

    `stored` are title, summary and text of the lesson: what says the same is not
    offered. `without` is the sitting that the page shows already.
    """
    rows = LessonWriting.objects.filter(
        course=course, lesson_key=lesson_key, author=author, closed_at=None
    )
    if without:
        rows = rows.exclude(sitting=without)
    # Line ends: a browser sends CR LF.
    plain = [said.replace("\r\n", "\n").strip() for said in stored]
    return [row for row in rows if _said(row) != plain][:MOST_OFFERED]


def _said(row: LessonWriting) -> list[str]:
    said = (row.title, row.summary, row.text)
    return [words.replace("\r\n", "\n").strip() for words in said]


def find_writing(
    course: Course, lesson_key: str, author: User, said: str
) -> LessonWriting | None:
    """Return an author's own writing by its sitting, closed ones included."""
    try:
        sitting = UUID(said)
    except ValueError:
        return None
    return LessonWriting.objects.filter(
        course=course, lesson_key=lesson_key, author=author, sitting=sitting
    ).first()


def closed_sittings(course: Course, lesson_key: str, author: User) -> list[Sitting]:
    """Return what was saved or put aside lately, so that a browser forgets it too."""
    rows = LessonWriting.objects.filter(
        course=course, lesson_key=lesson_key, author=author
    ).exclude(closed_at=None)
    return [Sitting(row.sitting, row.sequence) for row in rows[:50]]


def close_writings(
    *,
    course: Course,
    lesson_key: str,
    sittings: Sequence[Sitting | None],
    by: User,
    now: datetime,
) -> None:
    """Close each of these up to its number; a second time changes nothing."""
    for sitting in filter(None, sittings):
        courses_actions.close_writing(
            course=course,
            lesson_key=lesson_key,
            sitting=sitting.key,
            sequence=sitting.sequence,
            by=by,
            now=now,
        )
