"""The history of a lesson: every save and every publication, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from courses.content_types import LessonContent, PartContent
from courses.models import Course, CourseVersion, Lesson, LessonSave
from courses.selectors.content import lesson_content
from lib.indonesian import format_number
from lib.word_diff import Amount, amount, side_by_side
from studio.lessons.text import join_parts

ENTRIES_PER_PAGE = 20
# How an entry is named in addresses: "simpan-12" and "versi-3".
SAVE, VERSION = "simpan", "versi"
NEWEST = "terbaru"


@dataclass(frozen=True)
class Entry:
    """What a lesson said from a moment on; `amount` compares with the entry before.

    `is_first` where there is none before.
    """

    name: str
    title: str
    at: datetime
    by: str
    content: LessonContent
    amount: Amount
    is_first: bool
    is_published: bool


@dataclass(frozen=True)
class _Moment:
    """An entry before its text is read."""

    at: datetime
    kind: str
    pk: int


def lesson_history(
    course: Course, lesson_key: str, *, page: str | None
) -> "Page[Entry]":
    """Return a page of everything the lesson has said; six queries, however long.

    Raises Http404 for a lesson that the course never had.
    """
    moments = _moments(course, lesson_key)
    if not moments:
        raise Http404
    found: Page[Any] = Paginator(moments, ENTRIES_PER_PAGE).get_page(page)
    here = list(found.object_list)
    # The one before the oldest of the page is needed to compare with.
    older = moments[found.end_index() : found.end_index() + 1]
    read = _read([*here, *older])
    entries = [read[moment.kind, moment.pk] for moment in (*here, *older)]
    found.object_list = [
        _compared(entry, entries[place + 1 : place + 2])
        for place, entry in enumerate(entries[: len(here)])
    ]
    return found


def _moments(course: Course, lesson_key: str) -> list[_Moment]:
    saves = LessonSave.objects.filter(course=course, lesson_key=lesson_key)
    published = _published(course).filter(key=lesson_key)
    moments = [
        *(_Moment(at, SAVE, pk) for at, pk in saves.values_list("saved_at", "pk")),
        *(
            _Moment(at, VERSION, pk)
            for at, pk in published.values_list("version__published_at", "pk")
        ),
    ]
    return sorted(moments, key=lambda one: (one.at, one.kind, one.pk), reverse=True)


def _published(course: Course) -> Any:
    return Lesson.objects.filter(
        version__course=course, version__state=CourseVersion.State.PUBLISHED
    )


def _read(moments: Sequence[_Moment]) -> Mapping[tuple[str, int], Entry]:
    saves = [moment.pk for moment in moments if moment.kind == SAVE]
    lessons = [moment.pk for moment in moments if moment.kind == VERSION]
    rows = LessonSave.objects.filter(pk__in=saves).select_related("saved_by")
    published = (
        Lesson.objects.filter(pk__in=lessons)
        .select_related("version__published_by")
        .prefetch_related("parts")
    )
    return {
        **{(SAVE, row.pk): _save_entry(row) for row in rows},
        **{(VERSION, row.pk): _version_entry(row) for row in published},
    }


def _save_entry(row: LessonSave) -> Entry:
    return Entry(
        name=f"{SAVE}-{row.pk}",
        title=row.get_how_display(),
        at=row.saved_at,
        by=row.saved_by.full_name if row.saved_by else "",
        content=_content(row.content),
        amount=Amount(0, 0),
        is_first=True,
        is_published=False,
    )


def _version_entry(lesson: Lesson) -> Entry:
    version = lesson.version
    return Entry(
        name=f"{VERSION}-{version.number}",
        title=_("Terbit sebagai versi %(number)s")
        % {"number": format_number(version.number)},
        at=version.published_at or version.created_at,
        by=version.published_by.full_name if version.published_by else "",
        content=lesson_content(lesson),
        amount=Amount(0, 0),
        is_first=True,
        is_published=True,
    )


def _content(said: Mapping[str, Any]) -> LessonContent:
    parts = [PartContent(**part) for part in said["parts"]]
    return LessonContent(**{**said, "parts": parts})


def _compared(entry: Entry, before: Sequence[Entry]) -> Entry:
    old = whole_text(before[0].content) if before else ""
    rows = side_by_side(old, whole_text(entry.content))
    return Entry(
        name=entry.name,
        title=entry.title,
        at=entry.at,
        by=entry.by,
        content=entry.content,
        amount=amount(rows),
        is_first=not before,
        is_published=entry.is_published,
    )


def whole_text(content: LessonContent) -> str:
    """Return title, summary and text of a lesson as one text to compare."""
    text = join_parts([part.source for part in content.parts])
    return "\n\n".join(filter(None, [content.title, content.summary, text]))


def entry_called(course: Course, lesson_key: str, name: str) -> Entry:
    """Return an entry by its name; Http404 where the lesson has none such."""
    if name == NEWEST:
        newest = _moments(course, lesson_key)[:1]
        if not newest:
            raise Http404
        return next(iter(_read(newest).values()))
    kind, _dash, number = name.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    if kind == SAVE:
        row = (
            LessonSave.objects.filter(
                course=course, lesson_key=lesson_key, pk=int(number)
            )
            .select_related("saved_by")
            .first()
        )
        if row:
            return _save_entry(row)
    if kind == VERSION:
        lesson = (
            _published(course)
            .filter(key=lesson_key, version__number=int(number))
            .select_related("version__published_by")
            .prefetch_related("parts")
            .first()
        )
        if lesson:
            return _version_entry(lesson)
    raise Http404


def entry_before(course: Course, lesson_key: str, entry: Entry) -> Entry | None:
    """Return what the lesson said before an entry, None where it is the first."""
    moments = _moments(course, lesson_key)
    read = _read([moment for moment in moments if moment.at == entry.at])
    place = next(
        place
        for place, moment in enumerate(moments)
        if moment.at == entry.at and read[moment.kind, moment.pk].name == entry.name
    )
    older = moments[place + 1 : place + 2]
    return next(iter(_read(older).values()), None)
