"""The list of courses, one course in outline, opening and discarding its draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import can, holds
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.selectors.content import version_content
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.courses.outline import course_rows, editing_of, outline_for
from studio.drafts.fingerprints import outline_fingerprint
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    draft_of,
    get_course_for,
    lessons_of,
)
from studio.publishing.changes import changes_in
from studio.publishing.standing import draft_standing
from studio.sharing.courses import has_newer_course


@require_safe
@requires(REVIEW_COURSE)
def course_list(request: SignedInRequest) -> HttpResponse:
    """Show the courses of the person's units with their state."""
    query = request.GET.get("cari", "").strip()[:100]
    context = {
        "rows": course_rows(request.user, query=query, page=request.GET.get("halaman")),
        "query": query,
        "can_create": holds(request.user, AUTHOR_COURSE),
    }
    return render(request, "studio/course_list.html", context)


@require_safe
@requires(REVIEW_COURSE)
def course_outline(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show a course's modules, lessons, quizzes and banks."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    can_edit = can(request.user, AUTHOR_COURSE, course, policy.COURSE)
    draft = draft_of(course) if can_edit else None
    outline = outline_for(course)
    focus = request.GET.get("fokus", "")
    context: dict[str, Any] = {
        "outline": outline,
        "can_edit": can_edit,
        "read_only_modules": [] if draft else outline.modules,
        "focus": focus,
        "standing": draft_standing(course),
        "newer_course": can_edit and has_newer_course(course),
        "focus_key": "" if "-up:" in focus or "-down:" in focus else _key_in(focus),
    }
    if draft:
        content = version_content(draft)
        context["base"] = outline_fingerprint(content)
        context["editing"] = editing_of(draft, content)
    return render(request, "studio/course_outline.html", context)


def _key_in(focus: str) -> str:
    """Return what a command was about: the focus comes back to it."""
    return focus.partition(":")[2]


@require_POST
@requires(AUTHOR_COURSE)
def draft_open(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Open a draft, and go to the lesson from which it was asked for."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    try:
        actions.open_draft(course=course, by=request.user, now=timezone.now())
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    lesson_key = request.POST.get("lesson", "")
    draft = draft_of(course)
    if draft and any(lesson.key == lesson_key for lesson in lessons_of(draft)):
        return redirect("studio:lesson_edit", course.key, lesson_key)
    return redirect("studio:course_outline", course.key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def draft_discard(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Ask first, naming what would be lost; then discard the draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = draft_of(course)
    if draft is None:
        return redirect("studio:course_outline", course.key)
    if request.method == "POST":
        try:
            actions.discard_draft(course=course, by=request.user, now=timezone.now())
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            kept = _("Draf dibuang. Yang terbit tidak berubah.")
            gone = _("Kursus yang belum pernah terbit itu dihapus.")
            messages.success(request, kept if course.current_version else gone)
        return redirect(
            "studio:course_outline" if course.current_version else "studio:course_list",
            *([course.key] if course.current_version else []),
        )
    context = {"course": course, "draft": draft, "changes": changes_in(course, draft)}
    return render(request, "studio/draft_discard.html", context)
