"""Notes of a lesson, all notes, and those that a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import ActionPlan, Course, Enrollment, PartNote
from courses.notes.actions import Written
from courses.published import VersionOutline, outline_of, parts_of
from courses.search.marking import Marker, Piece
from courses.search.words import asked_for

NOTES_PER_PAGE = 20
# A search looks through so many of her notes, the newest first.
MOST_SEARCHED, MOST_FOUND = 1_000, 5


@dataclass(frozen=True)
class NoteRow:
    """A part with what she wrote on it; `is_gone`: her version has it no more."""

    part_key: str
    title: str
    text: str
    is_bookmarked: bool
    is_gone: bool = False


@dataclass(frozen=True)
class LessonNotes:
    """The page on which the notes of a lesson are written."""

    title: str
    lesson_url: str
    rows: list[NoteRow]

    def with_typed(self, notes: Sequence[Written]) -> "LessonNotes":
        """Return the page as it was filled in, a note for each row."""
        typed = [
            replace(row, text=note.text, is_bookmarked=note.is_bookmarked)
            for row, note in zip(self.rows, notes, strict=True)
        ]
        return replace(self, rows=typed)


@dataclass(frozen=True)
class ListedNote:
    """A note in the list of all; `url` leads to its part, or where it is written."""

    course_title: str
    lesson_title: str
    text: str
    is_bookmarked: bool
    changed_at: datetime
    url: str
    edit_url: str


@dataclass(frozen=True)
class NoteList:
    """A page of all her notes, the newest first, and her plans."""

    rows: list[ListedNote]
    paginator: Page[Any]
    plans: list[tuple[str, str]]


@dataclass(frozen=True)
class FoundNote:
    """A note that a search found."""

    title: str
    excerpt: list[Piece]
    url: str


def lesson_notes(enrollment: Enrollment, lesson_key: str) -> LessonNotes | None:
    """Return the parts of a lesson with her notes; None for no such lesson.

    Notes on parts that are there no more come last, so that nothing is lost.
    """
    lesson = outline_of(enrollment.version_id).lesson(lesson_key)
    if lesson is None:
        return None
    notes = PartNote.objects.filter(
        person=enrollment.person_id, course=enrollment.course_id, lesson_key=lesson_key
    )
    hers = {row.part_key: row for row in notes}
    rows = [
        _note_row(part.key, part.title or _("Pembuka"), hers.pop(part.key, None))
        for part in parts_of(lesson.pk)
    ]
    gone = _("Bagian yang sudah tidak ada")
    rows += [
        NoteRow(key, gone, row.text, row.is_bookmarked, is_gone=True)
        for key, row in hers.items()
    ]
    url = reverse("courses:lesson_detail", args=[enrollment.course.key, lesson_key])
    return LessonNotes(f"{lesson.number} {lesson.title}", url, rows)


def _note_row(key: str, title: str, row: PartNote | None) -> NoteRow:
    if row is None:
        return NoteRow(key, title, "", is_bookmarked=False)
    return NoteRow(key, title, row.text, row.is_bookmarked)


def note_list(user: User, *, number: str | None) -> NoteList:
    """Return a page of everything she wrote down, in a fixed number of queries."""
    hers = PartNote.objects.filter(person=user).select_related("course")
    page = Paginator(hers, NOTES_PER_PAGE).get_page(number)
    rows = list(page.object_list)
    outlines = _outlines(user, [row.course for row in rows])
    plans = ActionPlan.objects.filter(enrollment__person=user).select_related(
        "enrollment__course", "enrollment__version"
    )
    return NoteList(
        rows=[_listed(row, outlines[row.course_id]) for row in rows],
        paginator=page,
        plans=[
            (
                plan.enrollment.version.title,
                reverse("courses:action_plan", args=[plan.enrollment.course.key]),
            )
            for plan in plans.order_by("-changed_at")
        ],
    )


def found_notes(user: User, query: str) -> list[FoundNote]:
    """Return her notes that hold everything a search asks for, the newest first."""
    marker = Marker(asked_for(query))
    hers = PartNote.objects.filter(person=user).exclude(text="")
    found: list[PartNote] = []
    for row in hers.select_related("course")[:MOST_SEARCHED]:
        if marker.holds_all(row.text):
            found.append(row)
        if len(found) == MOST_FOUND:
            break
    outlines = _outlines(user, [row.course for row in found])
    return [
        FoundNote(
            title=_titles(row, outlines[row.course_id])[1],
            excerpt=marker.excerpt(" ".join(row.text.split())),
            url=_listed(row, outlines[row.course_id]).url,
        )
        for row in found
    ]


def _outlines(user: User, courses: Sequence[Course]) -> dict[int, VersionOutline]:
    hers = Enrollment.objects.active().filter(person=user, course__in=courses)
    takes = dict(hers.order_by("cycle").values_list("course_id", "version_id"))
    return {
        course.pk: outline_of(takes.get(course.pk, course.current_version_id))
        for course in courses
    }


def _titles(row: PartNote, outline: VersionOutline) -> tuple[str, str]:
    lesson = outline.lesson(row.lesson_key)
    title = outline.version.title
    return title, f"{lesson.number} {lesson.title}" if lesson else title


def _listed(row: Any, outline: VersionOutline) -> ListedNote:
    course_title, lesson_title = _titles(row, outline)
    place = [row.course.key, row.lesson_key]
    lesson = outline.lesson(row.lesson_key)
    keys = {part.key for part in parts_of(lesson.pk)} if lesson else set()
    url = row.course.get_absolute_url()
    if lesson:
        anchor = f"#{row.part_key}" if row.part_key in keys else ""
        url = reverse("courses:lesson_detail", args=place) + anchor
    return ListedNote(
        course_title=course_title,
        lesson_title=lesson_title,
        text=row.text,
        is_bookmarked=row.is_bookmarked,
        changed_at=row.changed_at,
        url=url,
        edit_url=reverse("courses:lesson_notes", args=place) if lesson else "",
    )
