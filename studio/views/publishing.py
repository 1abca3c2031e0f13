"""The last look before publishing: now, at a moment, or some lessons alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from courses.actions import PlannedContent
from courses.models import Course
from lib.refusals import ActionRefused
from lib.templatetags.ui import jam, tanggal
from studio import actions
from studio.courses.outline import outline_for
from studio.fetching import AUTHOR_COURSE, draft_of, get_course_for
from studio.forms.publish import PublishForm
from studio.publishing.again import reworked_lessons, said_of
from studio.publishing.page import publish_page
from studio.publishing.readiness import draft_fingerprint
from studio.publishing.standing import stopped_plan


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
    form = PublishForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            try:
                said = _publish(request, course, form)
            except ActionRefused as refusal:
                problem = refusal.message
            else:
                messages.success(request, said)
                return redirect("studio:course_outline", course.key)
        else:
            faults = form.non_field_errors()
            problem = str(faults[0]) if faults else _("Pilih dulu jenis perubahannya.")
    chosen = form.new_parts() if request.method == "POST" else None
    context = {
        "course": course,
        "outline": outline_for(course),
        "page": publish_page(course, draft),
        "stopped": stopped_plan(course),
        "problem": problem,
        "chosen": request.POST.get("change", ""),
        "chosen_parts": chosen,
        "when": request.POST.get("when", "now"),
        "on": request.POST.get("on", ""),
        "at": request.POST.get("at", ""),
        "zone": _zone(),
    }
    return render(
        request, "studio/course_publish.html", context, status=409 if problem else 200
    )


def _zone() -> str:
    """Return the short name of the zone in which times are typed and shown: "WIB"."""
    return jam(timezone.now()).split()[-1]


def _publish(request: SignedInRequest, course: Course, form: PublishForm) -> str:
    """Publish now or plan it, and return what to say about that."""
    cleaned, now = form.cleaned_data, timezone.now()
    publish_at = form.publish_at
    if publish_at is None:
        version = actions.publish_course(
            course=course,
            change=cleaned["change"],
            seen=cleaned["seen"],
            despite_faults=cleaned["despite_faults"],
            new_parts=form.new_parts(),
            by=request.user,
            now=now,
        )
        return said_of(version)
    planned = actions.plan_course(
        course=course,
        content=PlannedContent(
            change=cleaned["change"],
            seen=cleaned["seen"],
            publish_at=publish_at,
            despite_faults=cleaned["despite_faults"],
            new_parts=tuple(form.new_parts() or ()),
        ),
        by=request.user,
        now=now,
    )
    return _("Dijadwalkan terbit %(day)s pukul %(time)s.") % {
        "day": tanggal(planned.publish_at),
        "time": jam(planned.publish_at),
    }


@require_POST
@requires(AUTHOR_COURSE)
def plan_cancel(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Cancel what waits to be published; the draft stays."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    if actions.cancel_plan(course=course, by=request.user, now=timezone.now()):
        messages.success(request, _("Jadwal terbit dibatalkan. Draf tetap ada."))
    return redirect("studio:course_outline", course.key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def lessons_publish(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Publish the words of some lessons; the rest of the draft stays unpublished."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = draft_of(course)
    if draft is None or course.current_version is None:
        messages.info(request, _("Tidak ada draf yang bisa diterbitkan."))
        return redirect("studio:course_outline", course.key)
    refusal: ActionRefused | None = None
    if request.method == "POST":
        try:
            version = actions.publish_lessons(
                course=course,
                lesson_keys=request.POST.getlist("lesson"),
                seen=request.POST.get("seen", ""),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(
                request, said_of(version) + " " + _("Draf lainnya belum terbit.")
            )
            return redirect("studio:course_outline", course.key)
    context = {
        "course": course,
        "outline": outline_for(course),
        "lessons": reworked_lessons(course, draft),
        "chosen": request.POST.getlist("lesson"),
        "seen": draft_fingerprint(course, draft),
        "refusal": refusal,
    }
    return render(
        request, "studio/lessons_publish.html", context, status=409 if refusal else 200
    )
