"""The last look before publishing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from lib.refusals import ActionRefused
from studio import actions
from studio.courses.outline import outline_for
from studio.fetching import AUTHOR_COURSE, draft_of, get_course_for
from studio.forms.publish import PublishForm
from studio.publishing.page import publish_page


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_publish(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show what changes and whom it touches; publish what was seen."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = draft_of(course)
    if draft is None:
        messages.info(request, _("Tidak ada draf yang bisa diterbitkan."))
        return redirect("studio:course_outline", course.key)
    problem = ""
    if request.method == "POST":
        form = PublishForm(request.POST)
        if form.is_valid():
            try:
                version = actions.publish_course(
                    course=course,
                    change=form.cleaned_data["change"],
                    seen=form.cleaned_data["seen"],
                    by=request.user,
                    now=timezone.now(),
                )
            except ActionRefused as refusal:
                problem = refusal.message
            else:
                messages.success(
                    request,
                    _("Versi %(number)d terbit.") % {"number": version.number},
                )
                return redirect("studio:course_outline", course.key)
        else:
            problem = _("Pilih dulu jenis perubahannya.")
    context = {
        "course": course,
        "outline": outline_for(course),
        "page": publish_page(course, draft),
        "problem": problem,
        "chosen": request.POST.get("change", ""),
    }
    return render(
        request, "studio/course_publish.html", context, status=409 if problem else 200
    )
