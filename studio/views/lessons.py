"""Writing a lesson, with its preview in a phone's width."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course, CourseVersion, Lesson
from courses.selectors.content import lesson_content
from lib.refusals import ActionRefused
from lib.templatetags.ui import jam
from studio import actions
from studio.actions import LessonDraft
from studio.courses.outline import outline_for
from studio.drafts.fingerprints import lesson_fingerprint
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
        panel = request.GET.get("panel", "write")
        return _page(
            request,
            opened,
            LessonForm(initial=_initial(opened.lesson)),
            text=lesson_text(opened.lesson),
            panels=[panel if panel in PANELS else "write"],
        )
    form = LessonForm(request.POST)
    text = request.POST.get("text", "")
    if not form.is_valid() or request.POST.get("command") == "preview":
        if request.POST.get("command") == "preview":
            form.errors.clear()
        return _page(request, opened, form, text=text, panels=["write", "preview"])
    return _save(request, opened, form, text)


def _initial(lesson: Lesson) -> dict[str, Any]:
    return {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "summary": lesson.summary,
        "is_required": lesson.is_required,
        "text": lesson_text(lesson),
        "base": lesson_fingerprint(lesson_content(lesson)),
    }


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
    messages.success(request, _("Tersimpan pukul %(time)s.") % {"time": jam(now)})
    return redirect("studio:lesson_edit", opened.course.key, opened.lesson.key)


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


def _page(
    request: SignedInRequest,
    opened: OpenedLesson,
    form: LessonForm,
    *,
    text: str,
    panels: list[str],
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    citable = citable_in(opened.course, opened.version)
    checks, images = sorted(citable.checks), sorted(citable.images)
    context = {
        "course": opened.course,
        "version": opened.version,
        "lesson": opened.lesson,
        "form": form,
        "is_open": opened.is_open or refusal is not None,
        "can_edit": opened.can_edit,
        "outline": outline_for(opened.course),
        "preview": text_preview(opened.course, opened.version, text),
        "panels": panels,
        "show_outline": "outline" in panels,
        "citable": citable,
        "checks": checks,
        "images": images,
        "first_check": checks[0] if checks else _("kunci-soal"),
        "first_image": images[0] if images else "images/gambar.svg",
        "refusal": refusal,
        "stored_text": lesson_text(opened.lesson),
    }
    status = 409 if refusal else 200
    return render(request, "studio/lesson_edit.html", context, status=status)


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
