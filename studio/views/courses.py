"""The list of courses, one course in outline, opening and discarding its draft."""

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

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.courses.outline import course_rows, outline_for
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    draft_of,
    get_course_for,
    lessons_of,
)
from studio.publishing.changes import changes_in


@require_safe
@requires(REVIEW_COURSE)
def course_list(request: SignedInRequest) -> HttpResponse:
    """Show the courses of the person's units with their state."""
    rows = course_rows(request.user, page=request.GET.get("halaman"))
    return render(request, "studio/course_list.html", {"rows": rows})


@require_safe
@requires(REVIEW_COURSE)
def course_outline(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show a course's modules, lessons, quizzes and banks."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    context = {
        "outline": outline_for(course),
        "can_edit": can(request.user, AUTHOR_COURSE, course, policy.COURSE),
    }
    return render(request, "studio/course_outline.html", context)


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
            messages.success(request, _("Draf dibuang. Yang terbit tidak berubah."))
        return redirect(
            "studio:course_outline" if course.current_version else "studio:course_list",
            *([course.key] if course.current_version else []),
        )
    context = {"course": course, "draft": draft, "changes": changes_in(course, draft)}
    return render(request, "studio/draft_discard.html", context)
