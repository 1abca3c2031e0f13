"""Published versions of a course, and publishing an earlier one again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from lib.refusals import ActionRefused
from studio import actions
from studio.fetching import AUTHOR_COURSE, REVIEW_COURSE, get_course_for
from studio.publishing.again import earlier_version, said_of
from studio.publishing.versions import change_kinds_back, version_rows, versions_changes


@require_safe
@requires(REVIEW_COURSE)
def version_list(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show every published version, newest first."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    context = {
        "course": course,
        "rows": version_rows(course, page=request.GET.get("halaman")),
        "can_publish": can(request.user, AUTHOR_COURSE, course, policy.COURSE),
    }
    return render(request, "studio/version_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def version_publish(
    request: SignedInRequest, course_key: str, number: int
) -> HttpResponse:
    """Ask first, naming what changes back; then publish an earlier version again."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    like = earlier_version(course, number)
    if like is None:
        raise Http404
    refusal: ActionRefused | None = None
    if request.method == "POST":
        try:
            version = actions.publish_again(
                course=course,
                number=number,
                replacing=_seen(request.POST.get("replacing", "")),
                change=request.POST.get("change", ""),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, said_of(version))
            return redirect("studio:version_list", course.key)
    context = {
        "course": course,
        "version": like,
        "changes": versions_changes(course, like),
        "kinds": change_kinds_back(course, like),
        "chosen": request.POST.get("change", ""),
        "refusal": refusal,
    }
    return render(
        request, "studio/version_publish.html", context, status=409 if refusal else 200
    )


def _seen(said: str) -> int:
    """Return the number of the version that the page showed as current; 0 for none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
