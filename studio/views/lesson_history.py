"""The history of a lesson: what it said, what changed, and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course, Lesson
from courses.selectors.content import lesson_content
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.drafts.fingerprints import lesson_fingerprint
from studio.fetching import (
    AUTHOR_COURSE,
    REVIEW_COURSE,
    find_lesson,
    get_course_for,
    working_version,
)
from studio.history.comparing import comparison
from studio.history.lesson import (
    NEWEST,
    Entry,
    entry_before,
    entry_called,
    lesson_history,
)


def _present(course: Course, lesson_key: str) -> Lesson | None:
    """Return the lesson as it is now, None where it was retired."""
    return find_lesson(working_version(course), lesson_key)


@require_safe
@requires(REVIEW_COURSE)
def lesson_history_list(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show every save and every publication, newest first."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    entries = lesson_history(course, lesson_key, page=request.GET.get("halaman"))
    present = _present(course, lesson_key)
    context = {
        "course": course,
        "lesson_key": lesson_key,
        "title": str(present) if present else entries.object_list[0].content.title,
        "is_in_course": present is not None,
        "entries": entries,
    }
    return render(request, "studio/lesson_history.html", context)


@require_safe
@requires(REVIEW_COURSE)
def lesson_compare(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show two entries beside each other; the one before where only one is named."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    after = entry_called(course, lesson_key, request.GET.get("ke", NEWEST))
    before = _before(request, course, lesson_key, after)
    present = _present(course, lesson_key)
    can_write = can(request.user, AUTHOR_COURSE, course, policy.COURSE)
    context = {
        "course": course,
        "lesson_key": lesson_key,
        "before": before,
        "after": after,
        "comparison": comparison(before.content if before else None, after.content),
        "can_restore": can_write and present is not None,
        "base": lesson_fingerprint(lesson_content(present)) if present else "",
    }
    return render(request, "studio/lesson_compare.html", context)


def _before(
    request: SignedInRequest, course: Course, lesson_key: str, after: Entry
) -> Entry | None:
    if "dari" in request.GET:
        return entry_called(course, lesson_key, request.GET["dari"])
    return entry_before(course, lesson_key, after)


@require_POST
@requires(AUTHOR_COURSE)
def lesson_restore(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Make the lesson say what it said then."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    try:
        actions.restore_lesson(
            course=course,
            lesson_key=lesson_key,
            name=request.POST.get("which", ""),
            base=request.POST.get("base", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(
            request,
            _("Naskah lama dipakai lagi. Yang sebelumnya tetap ada di riwayat."),
        )
    return redirect("studio:lesson_history", course.key, lesson_key)
