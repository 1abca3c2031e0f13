"""The inbox, a page at a time, and one inquiry with its place."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.inquiries.page import TONES, place_of
from courses.models import Inquiry
from courses.published import outline_of
from quizzes.models import QuestionVersion
from studio.excerpts import excerpt
from studio.fetching import AUTHOR_COURSE

INBOX_PER_PAGE = 25
_LONGEST = 90


@dataclass(frozen=True)
class InboxFilters:
    """What is asked for; nothing set means everything in her units."""

    state: str = ""
    kind: str = ""
    course: str = ""


@dataclass(frozen=True)
class InboxRow:
    """An inquiry in the inbox."""

    kind: str
    state: str
    tone: str
    excerpt: str
    course_title: str
    place: str
    person: str
    asked_at: datetime
    url: str


@dataclass(frozen=True)
class InquiryDetail:
    """One inquiry; `place_url` leads to the lesson part or the question, if any.

    `stem` is the question that it is about, in its newest published words.
    """

    row: Inquiry
    tone: str
    course_title: str
    course_url: str
    place: str
    place_url: str
    stem: str
    person: str
    unit: str


def inbox(
    user: Any, filters: InboxFilters, *, page: str | None
) -> tuple["Page[InboxRow]", int]:
    """Return a page of the inbox, and how many wait of all; a fixed few queries."""
    hers = Inquiry.objects.visible_to(user, AUTHOR_COURSE)
    waiting = hers.filter(state=Inquiry.State.NEW).count()
    if filters.state:
        hers = hers.filter(state=filters.state)
    if filters.kind:
        hers = hers.filter(kind=filters.kind)
    if filters.course:
        hers = hers.filter(course__key=filters.course)
    hers = hers.select_related("course__current_version", "person")
    found: Page[Any] = Paginator(hers, INBOX_PER_PAGE).get_page(page)
    found.object_list = [_row(one) for one in found.object_list]
    return found, waiting


def _row(one: Inquiry) -> InboxRow:
    outline = outline_of(one.course.current_version_id)
    return InboxRow(
        kind=one.get_kind_display(),
        state=one.get_state_display(),
        tone=TONES[one.state],
        excerpt=shorten(one.text or one.public_text, _LONGEST, placeholder="…"),
        course_title=outline.version.title,
        place=place_of(one, outline)[0],
        person=_name(one),
        asked_at=one.asked_at,
        url=reverse("studio:inquiry_detail", args=[one.key]),
    )


def _name(one: Inquiry) -> str:
    return one.person.full_name if one.person else _("Akun dihapus")


def inquiry_detail(one: Inquiry) -> InquiryDetail:
    """Return an inquiry with where it was asked."""
    outline = outline_of(one.course.current_version_id)
    place, _url = place_of(one, outline)
    stem, url = "", ""
    if one.question_key:
        stem = _stem(one)
        args = [one.course.key, one.bank_key, one.question_key]
        url = reverse("studio:question_edit", args=args) if stem else ""
    elif outline.lesson(one.lesson_key):
        url = reverse("studio:lesson_preview", args=[one.course.key, one.lesson_key])
        url = f"{url}#{one.part_key}"
    unit = one.person.unit if one.person else None
    return InquiryDetail(
        row=one,
        tone=TONES[one.state],
        course_title=outline.version.title,
        course_url=reverse("studio:course_outline", args=[one.course.key]),
        place=place,
        place_url=url,
        stem=stem,
        person=_name(one),
        unit=unit.name if unit else "",
    )


def _stem(one: Inquiry) -> str:
    """Return the question's newest words; "" where its bank is not the course's."""
    versions = QuestionVersion.objects.filter(
        question__bank__course=one.course,
        question__bank__key=one.bank_key,
        question__key=one.question_key,
    )
    newest = versions.order_by("-number").values_list("stem", flat=True).first()
    return excerpt(newest) if newest else ""
