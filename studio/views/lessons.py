"""Writing a lesson, with its preview in a phone's width."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from csp.utils import build_policy
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import actions as courses_actions
from courses import policy
from courses.models import Course, CourseVersion, Lesson, LessonWriting
from courses.selectors.content import lesson_content
from lib.markdown.checking import MAX_LENGTH
from lib.refusals import ActionRefused
from lib.templatetags.ui import jam
from lib.word_diff import pieces_between
from studio import actions
from studio.actions import LessonDraft
from studio.courses.outline import outline_for
from studio.drafts.fingerprints import lesson_fingerprint
from studio.drafts.writing import (
    Sitting,
    closed_sittings,
    find_writing,
    offered_writings,
)
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    get_course_for,
    get_lesson,
    lessons_of,
    working_version,
)
from studio.forms.lesson import LessonForm
from studio.lessons.citable import citable_in, lesson_text
from studio.lessons.preview import text_preview
from studio.publishing.lesson_quality import find_lesson_faults
from studio.questions.diff import Change
from studio.views.lesson_writing import marked_lines, typed_in

_ABOUT = ("title", "summary", "minutes")
PANELS = ("outline", "write", "preview")


@dataclass(frozen=True)
class OpenedLesson:
    """The lesson that the request is about, and whether it may be written."""

    course: Course
    version: CourseVersion
    lesson: Lesson
    can_edit: bool

    @property
    def is_open(self) -> bool:
        """Whether there is a draft that this person may write."""
        return self.can_edit and self.version.state == CourseVersion.State.DRAFT

    @property
    def said(self) -> tuple[str, str, str]:
        """Title, summary and text as they are stored."""
        lesson = self.lesson
        return lesson.title, lesson.summary, lesson_text(lesson)


def _open(request: SignedInRequest, course_key: str, lesson_key: str) -> OpenedLesson:
    capability = AUTHOR_COURSE if request.method == "POST" else REVIEW_COURSE
    course = get_course_for(request.user, course_key, capability)
    version = working_version(course)
    return OpenedLesson(
        course=course,
        version=version,
        lesson=get_lesson(version, lesson_key),
        can_edit=can(request.user, AUTHOR_COURSE, course, policy.COURSE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def lesson_edit(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show a lesson for writing; store it, or show how it would look."""
    opened = _open(request, course_key, lesson_key)
    if request.method != "POST":
        return _begin(request, opened)
    command = request.POST.get("command")
    form = LessonForm(request.POST)
    text = request.POST.get("text", "")
    if command == "theirs":
        return _put_aside(request, opened)
    if not form.is_valid() or command == "preview":
        if command == "preview":
            form.errors.clear()
        return _page(request, opened, form, text=text, panels=["write", "preview"])
    return _save(request, opened, form, text)


def _begin(request: SignedInRequest, opened: OpenedLesson) -> HttpResponse:
    """Show the lesson as stored, or with what somebody typed earlier."""
    panel = request.GET.get("panel", "write")
    initial = _initial(opened.lesson)
    brought = None
    if opened.is_open and "pulihkan" in request.GET:
        brought = find_writing(
            opened.course, opened.lesson.key, request.user, request.GET["pulihkan"]
        )
    if brought:
        initial.update(_typed_earlier(brought))
    return _page(
        request,
        opened,
        LessonForm(initial=initial),
        text=initial["text"],
        panels=[panel if panel in PANELS else "write"],
        brought=brought,
    )


def _initial(lesson: Lesson) -> dict[str, Any]:
    return {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "summary": lesson.summary,
        "is_required": lesson.is_required,
        "text": lesson_text(lesson),
        "base": lesson_fingerprint(lesson_content(lesson)),
        "sitting": f"{uuid4()}:0",
    }


def _typed_earlier(row: LessonWriting) -> dict[str, Any]:
    fields = ("title", "minutes", "summary", "is_required", "text", "base")
    restored = str(Sitting(row.sitting, row.sequence))
    return {**{name: getattr(row, name) for name in fields}, "restored": restored}


def _save(
    request: SignedInRequest, opened: OpenedLesson, form: LessonForm, text: str
) -> HttpResponse:
    cleaned, now = form.cleaned_data, timezone.now()
    draft = LessonDraft(
        title=cleaned["title"],
        summary=" ".join(cleaned["summary"].split()),
        minutes=cleaned["minutes"],
        is_required=cleaned["is_required"],
        text=cleaned["text"],
    )
    try:
        actions.save_lesson(
            lesson_id=opened.lesson.pk,
            base=cleaned["base"],
            draft=draft,
            by=request.user,
            now=now,
        )
    except ActionRefused as refusal:
        return _refused(request, opened, text, refusal)
    _close(request, opened, [cleaned["sitting"], cleaned["restored"]], now)
    messages.success(request, _("Tersimpan pukul %(time)s.") % {"time": jam(now)})
    return redirect("studio:lesson_edit", opened.course.key, opened.lesson.key)


def _close(
    request: SignedInRequest,
    opened: OpenedLesson,
    sittings: Sequence[Sitting | None],
    now: datetime,
) -> None:
    actions.close_writings(
        course=opened.course,
        lesson_key=opened.lesson.key,
        sittings=sittings,
        by=request.user,
        now=now,
    )


def _refused(
    request: SignedInRequest, opened: OpenedLesson, text: str, refusal: ActionRefused
) -> HttpResponse:
    """Keep what was typed, and show the stored text to compare it with.

    Saving once more is then a decision: the form carries the stored fingerprint.
    """
    data = request.POST.copy()
    data["base"] = lesson_fingerprint(lesson_content(opened.lesson))
    return _page(
        request,
        opened,
        LessonForm(data),
        text=text,
        panels=["write"],
        refusal=refusal,
    )


def _put_aside(request: SignedInRequest, opened: OpenedLesson) -> HttpResponse:
    """Take what is stored; what was typed can be brought back for a week."""
    sitting = Sitting.read(request.POST.get("sitting", "")) or Sitting(uuid4(), 1)
    now = timezone.now()
    courses_actions.keep_writing(
        course=opened.course,
        lesson_key=opened.lesson.key,
        sitting=sitting.key,
        sequence=sitting.sequence,
        typed=typed_in(request),
        by=request.user,
        now=now,
    )
    _close(request, opened, [sitting], now)
    page = reverse("studio:lesson_edit", args=[opened.course.key, opened.lesson.key])
    return redirect(f"{page}?dibuang={sitting.key}")


def _differences(opened: OpenedLesson, form: LessonForm, text: str) -> list[Change]:
    """Return what the author would change in what is stored, word by word."""
    parts = (_("Judul"), _("Ringkasan"), _("Isi pelajaran"))
    mine = (form["title"].value() or "", form["summary"].value() or "", text)
    return [
        Change(part, pieces_between(stored.strip(), typed.strip()))
        for part, stored, typed in zip(parts, opened.said, mine, strict=True)
        if stored.split() != typed.split()
    ]


def _page(
    request: SignedInRequest,
    opened: OpenedLesson,
    form: LessonForm,
    *,
    text: str,
    panels: list[str],
    refusal: ActionRefused | None = None,
    brought: LessonWriting | None = None,
) -> HttpResponse:
    course, version, lesson = opened.course, opened.version, opened.lesson
    text = text.replace("\r\n", "\n")
    preview = text_preview(course, version, text)
    faults = find_lesson_faults(course, version, lesson, text)
    context = {
        "course": course,
        "version": version,
        "lesson": lesson,
        "form": form,
        "is_open": opened.is_open or refusal is not None,
        "can_edit": opened.can_edit,
        "outline": outline_for(course),
        "preview": preview,
        "faults": faults,
        "marked": json.dumps(
            marked_lines("error", preview.problems) + marked_lines("warning", faults)
        ),
        "panels": panels,
        "show_outline": "outline" in panels,
        "refusal": refusal,
        "brought": brought,
        "stored_text": lesson_text(lesson),
        "limit": MAX_LENGTH,
        "about_open": not form.errors.keys().isdisjoint(_ABOUT),
        **_mentionable(course, version),
    }
    if opened.is_open:
        context |= _kept(request, opened, brought)
    if refusal:
        context["differences"] = _differences(opened, form, text)
    context["nonce"] = nonce = token_urlsafe(16)
    status = 409 if refusal else 200
    response = render(request, "studio/lesson_edit.html", context, status=status)
    # The editor makes its style sheet itself: it alone may, by this number.
    response.headers["Content-Security-Policy"] = build_policy(nonce=nonce)
    return response


def _mentionable(course: Course, version: CourseVersion) -> dict[str, Any]:
    citable = citable_in(course, version)
    checks = sorted(citable.checks)
    images = sorted(name for name in citable.images if name.startswith("images/"))
    return {
        "citable": citable,
        "checks": checks,
        "images": images,
        "first_check": checks[0] if checks else _("kunci-soal"),
    }


def _kept(
    request: SignedInRequest, opened: OpenedLesson, brought: LessonWriting | None
) -> dict[str, Any]:
    """Return what is offered again, and what a browser may forget."""
    course, key, author = opened.course, opened.lesson.key, request.user
    shown = Sitting.read(request.POST.get("sitting", ""))
    without = brought.sitting if brought else shown.key if shown else None
    offered: Sequence[LessonWriting] = offered_writings(
        course, key, author, stored=opened.said, without=without
    )
    aside = find_writing(course, key, author, request.GET.get("dibuang", ""))
    return {
        "offered": offered,
        "aside": aside if aside and aside.closed_at else None,
        "closed": " ".join(str(row) for row in closed_sittings(course, key, author)),
    }


@require_safe
@requires(REVIEW_COURSE)
def lesson_preview(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show the stored lesson as a learner would see it on a phone."""
    opened = _open(request, course_key, lesson_key)
    lessons = lessons_of(opened.version)
    place = next(n for n, lesson in enumerate(lessons) if lesson.pk == opened.lesson.pk)
    context = {
        "course": opened.course,
        "version": opened.version,
        "lesson": opened.lesson,
        "can_edit": opened.can_edit,
        "preview": text_preview(
            opened.course, opened.version, lesson_text(opened.lesson)
        ),
        "previous": lessons[place - 1] if place else None,
        "next": (*lessons, None)[place + 1],
    }
    return render(request, "studio/lesson_preview.html", context)
