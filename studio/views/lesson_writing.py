"""What happens while a lesson is being typed: it is judged, and it is kept."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.stamps import SignedInRequest, requires
from courses import actions as courses_actions
from courses.actions import Typed
from courses.models import Course
from lib.findings import FileProblem
from lib.markdown import MarkdownProblem
from lib.templatetags.ui import jam
from studio import actions
from studio.drafts.writing import Sitting, has_lesson
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    get_course_for,
    working_version,
)
from studio.forms.lesson import WritingForm
from studio.lessons.preview import text_preview
from studio.publishing.lesson_quality import find_lesson_faults


@require_POST
@requires(REVIEW_COURSE)
def lesson_check(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Say how the text would look and what keeps it from that; stores nothing."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    version = working_version(course)
    get_object_or_404(version.lessons, key=lesson_key)
    preview = text_preview(course, version, _text(request))
    return JsonResponse(
        {
            "size": _part("size", preview=preview),
            "problems": _part("problems", problems=preview.problems),
            "preview": "" if preview.problems else _part("preview", preview=preview),
            "rows": marked_lines("error", preview.problems),
        }
    )


@require_POST
@requires(REVIEW_COURSE)
def lesson_advice(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Say what the checks of course folders find in the text; stores nothing."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    version = working_version(course)
    lesson = get_object_or_404(version.lessons, key=lesson_key)
    faults = find_lesson_faults(course, version, lesson, _text(request))
    return JsonResponse(
        {
            "advice": _part("advice", faults=faults),
            "rows": marked_lines("warning", faults),
        }
    )


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def marked_lines(
    kind: str, found: Sequence[MarkdownProblem | FileProblem]
) -> list[list[object]]:
    """Return what is marked beside the lines: line, kind, words."""
    return [[row.line, kind, f"{row.message} {row.remedy}"] for row in found]


def _part(name: str, **context: object) -> str:
    return render_to_string(f"studio/_{name}.html", context).strip()


def _course_of(request: SignedInRequest, course_key: str, lesson_key: str) -> Course:
    """Return the course, also where a colleague has withdrawn the lesson meanwhile."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    if not has_lesson(course, lesson_key, request.user):
        raise Http404
    return course


@require_POST
@requires(AUTHOR_COURSE)
def writing_keep(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Keep what is typed so far. The lesson itself stays as it is."""
    course = _course_of(request, course_key, lesson_key)
    form = WritingForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return JsonResponse({"refused": said}, status=400)
    cleaned, now = form.cleaned_data, timezone.now()
    sitting = cleaned["sitting"]
    courses_actions.keep_writing(
        course=course,
        lesson_key=lesson_key,
        sitting=sitting.key,
        sequence=sitting.sequence,
        typed=typed_in(request),
        by=request.user,
        now=now,
    )
    actions.close_writings(
        course=course,
        lesson_key=lesson_key,
        sittings=[cleaned["restored"]],
        by=request.user,
        now=now,
    )
    said = _("Tersimpan otomatis pukul %(time)s.") % {"time": jam(now)}
    return JsonResponse({"sequence": sitting.sequence, "said": said})


def typed_in(request: HttpRequest) -> Typed:
    """Return the fields of a lesson's form as they came, right or wrong."""
    said = request.POST
    return Typed(
        base=said.get("base", "")[:64],
        title=said.get("title", ""),
        summary=said.get("summary", ""),
        minutes=said.get("minutes", ""),
        is_required="is_required" in said,
        text=said.get("text", ""),
    )


@require_POST
@requires(AUTHOR_COURSE)
def writing_close(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Put unsaved words aside; for a week they can still be brought back."""
    course = _course_of(request, course_key, lesson_key)
    sitting = Sitting.read(request.POST.get("sitting", ""))
    actions.close_writings(
        course=course,
        lesson_key=lesson_key,
        sittings=[sitting],
        by=request.user,
        now=timezone.now(),
    )
    page = reverse("studio:lesson_edit", args=[course.key, lesson_key])
    return redirect(f"{page}?dibuang={sitting.key}" if sitting else page)
