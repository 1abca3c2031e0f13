"""What a person has asked, and what others may read at a lesson or a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.inquiries.actions import InquirySubject
from courses.models import Course, Enrollment, Inquiry
from courses.published import VersionOutline, outline_of, parts_of

INQUIRIES_PER_PAGE = 20


@dataclass(frozen=True)
class PublicAnswer:
    """A question that others may read, and its answer."""

    question: str
    answer: str
    part_title: str = ""
    part_url: str = ""


@dataclass(frozen=True)
class LessonInquiries:
    """The page on which learners ask about the parts of a lesson."""

    title: str
    lesson_url: str
    parts: list[tuple[str, str]]
    part_key: str
    answers: list[PublicAnswer]
    paginator: Page[Any]


@dataclass(frozen=True)
class OwnInquiry:
    """What she asked, where, and what became of it."""

    key: str
    kind: str
    state: str
    tone: str
    text: str
    asked_at: datetime
    answer: str
    changed_at: datetime
    is_public: bool
    place: str
    url: str


TONES: Mapping[str, str] = {"new": "", "answered": "daun", "closed": "abu"}


def lesson_inquiries(
    enrollment: Enrollment, lesson_key: str, *, part_key: str, number: str | None
) -> LessonInquiries | None:
    """Return the answers at a lesson, or at one part; None for no such lesson.

    Those at parts that are there no more come with the whole lesson.
    """
    lesson = outline_of(enrollment.version_id).lesson(lesson_key)
    if lesson is None:
        return None
    titles = {part.key: part.title or _("Pembuka") for part in parts_of(lesson.pk)}
    part_key = part_key if part_key in titles else ""
    public = Inquiry.objects.filter(
        course=enrollment.course_id, lesson_key=lesson_key, is_public=True
    )
    if part_key:
        public = public.filter(part_key=part_key)
    page = Paginator(public, INQUIRIES_PER_PAGE).get_page(number)
    url = reverse("courses:lesson_detail", args=[enrollment.course.key, lesson_key])
    return LessonInquiries(
        title=f"{lesson.number} {lesson.title}",
        lesson_url=f"{url}#{part_key}" if part_key else url,
        parts=list(titles.items()),
        part_key=part_key,
        answers=[
            PublicAnswer(
                row.public_text,
                row.answer,
                titles.get(row.part_key, _("Bagian yang sudah tidak ada")),
                f"{url}#{row.part_key}" if row.part_key in titles else "",
            )
            for row in page.object_list
        ],
        paginator=page,
    )


def question_answers(course: Course, about: InquirySubject) -> list[PublicAnswer]:
    """Return what others may read at a question, newest first; twenty at most."""
    public = Inquiry.objects.filter(
        course=course,
        bank_key=about.bank_key,
        question_key=about.question_key,
        lesson_key="",
        is_public=True,
    )
    return [
        PublicAnswer(row.public_text, row.answer) for row in public[:INQUIRIES_PER_PAGE]
    ]


def own_inquiries(user: User, *, number: str | None) -> "Page[OwnInquiry]":
    """Return a page of what she asked, what moved last on top."""
    hers = Inquiry.objects.filter(person=user).select_related("course__current_version")
    page: Page[Any] = Paginator(hers, INQUIRIES_PER_PAGE).get_page(number)
    rows = list(page.object_list)
    outlines = _outlines(user, rows)
    page.object_list = [_own(row, outlines[row.course_id]) for row in rows]
    return page


def _outlines(user: User, rows: list[Inquiry]) -> dict[int, VersionOutline]:
    courses = {row.course_id: row.course for row in rows}
    active = Enrollment.objects.active().filter(person=user, course__in=courses)
    takes = dict(active.order_by("cycle").values_list("course_id", "version_id"))
    return {
        pk: outline_of(takes.get(pk, course.current_version_id))
        for pk, course in courses.items()
    }


def _own(row: Inquiry, outline: VersionOutline) -> OwnInquiry:
    place, url = place_of(row, outline)
    return OwnInquiry(
        key=str(row.key),
        kind=row.get_kind_display(),
        state=row.get_state_display(),
        tone=TONES[row.state],
        text=row.text,
        asked_at=row.asked_at,
        answer=row.answer,
        changed_at=row.changed_at,
        is_public=row.is_public,
        place=f"{outline.version.title} · {place}",
        url=url or row.course.get_absolute_url(),
    )


def place_of(row: Inquiry, outline: VersionOutline) -> tuple[str, str]:
    """Return where in a version something was asked, in words, and its address.

    Without an address where it is a question, or where the lesson is there no more.
    """
    if row.question_key:
        return _("Soal kuis"), ""
    lesson = outline.lesson(row.lesson_key)
    if lesson is None:
        return _("Pelajaran yang sudah tidak ada"), ""
    url = reverse("courses:lesson_detail", args=[row.course.key, row.lesson_key])
    titles = {part.key: part.title or _("Pembuka") for part in parts_of(lesson.pk)}
    title = titles.get(row.part_key)
    place = f"{lesson.number} {lesson.title}"
    if title is None:
        return place, url
    return f"{place}, {title}", f"{url}#{row.part_key}"
