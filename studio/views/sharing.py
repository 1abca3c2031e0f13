"""Sharing courses and banks, using those of other units, and following them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from courses import actions as courses_actions
from courses.models import Course, ShareReach
from lib.indonesian import format_number
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from quizzes.selectors import reference_of
from studio import actions
from studio.choices import unit_choices
from studio.fetching import (
    AUTHOR_COURSE,
    draft_of,
    get_bank,
    get_course_for,
    get_unit_for,
    working_version,
)
from studio.folders.reading import FolderRefused
from studio.sharing.banks import bank_news
from studio.sharing.courses import (
    course_news,
    course_reference_of,
    has_newer_course,
    offered_courses,
)
from studio.sharing.page import bank_offers, course_offers, sharing_page

_LONGEST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def sharing_edit(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show what the course shares and uses; say which units may use what."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    if request.method == "POST":
        return _share(request, course)
    context = {
        "course": course,
        "draft": draft_of(course),
        "page": sharing_page(course),
        "reaches": ShareReach.choices,
    }
    return render(request, "studio/sharing_edit.html", context)


def _share(request: SignedInRequest, course: Course) -> HttpResponse:
    reach, bank_key = request.POST.get("reach", ""), request.POST.get("bank", "")
    if reach not in ShareReach.values:
        messages.warning(request, _("Pilih dulu: siapa yang boleh memakainya."))
        return redirect("studio:sharing_edit", course.key)
    try:
        if bank_key:
            actions.share_bank(
                bank=get_bank(course, bank_key),
                reach=reach,
                by=request.user,
                now=timezone.now(),
            )
        else:
            courses_actions.share_course(
                course_id=course.pk, reach=reach, by=request.user, now=timezone.now()
            )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Pembagian tersimpan."))
    return redirect("studio:sharing_edit", course.key)


# --- banks ---------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def bank_refer(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the banks that others share with this course; use one of them."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    if request.method == "POST":
        try:
            actions.refer_to_bank(
                course=course,
                source_key=request.POST.get("source", ""),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
            return redirect("studio:bank_refer", course.key)
        messages.success(
            request,
            _("Bank dipakai. Pilih tujuan soalnya, lalu pakai banknya di kuis."),
        )
        return redirect("studio:sharing_edit", course.key)
    query = request.GET.get("cari", "").strip()[:_LONGEST]
    context = {
        "course": course,
        "draft": draft_of(course),
        "query": query,
        "offers": bank_offers(course, query=query, page=request.GET.get("halaman")),
    }
    return render(request, "studio/bank_refer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def bank_follow(
    request: SignedInRequest, course_key: str, bank_key: str
) -> HttpResponse:
    """Show what is newer at the bank's owner, in words; take it into the draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    reference = reference_of(get_bank(course, bank_key))
    if reference is None:
        raise Http404
    if request.method == "POST":
        try:
            count = actions.follow_bank(
                reference=reference,
                seen=request.POST.get("seen", ""),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
            return redirect("studio:bank_follow", course.key, bank_key)
        said = ngettext(
            "%(count)s soal diambil ke draf.", "%(count)s soal diambil ke draf.", count
        )
        messages.success(request, said % {"count": format_number(count)})
        return redirect("studio:sharing_edit", course.key)
    context = {
        "course": course,
        "draft": draft_of(course),
        "reference": reference,
        "news": bank_news(reference, working_version(course)),
    }
    return render(request, "studio/bank_follow.html", context)


# --- courses -------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_refer(request: SignedInRequest) -> HttpResponse:
    """Show the courses of other units that she may use in hers; use one of them."""
    if request.method == "POST":
        return _refer_to_course(request)
    query = request.GET.get("cari", "").strip()[:_LONGEST]
    context = {
        "query": query,
        "units": unit_choices(request.user, AUTHOR_COURSE),
        "offers": course_offers(
            request.user, query=query, page=request.GET.get("halaman")
        ),
    }
    return render(request, "studio/course_refer.html", context)


def _refer_to_course(request: SignedInRequest) -> HttpResponse:
    source = get_object_or_404(
        offered_courses(request.user), key=request.POST.get("source", "")
    )
    unit = get_unit_for(request.user, request.POST.get("unit", ""), AUTHOR_COURSE)
    try:
        course = actions.refer_to_course(
            source=source, unit=unit, by=request.user, now=timezone.now()
        )
    except FolderRefused as refusal:
        messages.warning(request, _not_whole(refusal))
        return redirect("studio:course_refer")
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:course_refer")
    messages.success(
        request, _("Kursus dipakai sebagai draf. Periksa, lalu terbitkan di unit Anda.")
    )
    return redirect("studio:course_outline", course.key)


def _not_whole(refusal: FolderRefused) -> str:
    """Say the first reason why a course cannot be taken along as it is."""
    return _(
        "Kursus itu belum dapat dipakai di unit lain: %(problem)s Beri tahu pemiliknya."
    ) % {"problem": refusal.problems[0]}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def course_follow(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show what the source's newest version changes here; take it as a draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    reference = course_reference_of(course)
    if reference is None:
        raise Http404
    try:
        if request.method == "POST":
            actions.follow_course(
                course=course,
                confirmed=request.POST.get("digest", ""),
                by=request.user,
                now=timezone.now(),
            )
            messages.success(
                request, _("Versi baru diambil ke draf. Periksa, lalu terbitkan.")
            )
            return redirect("studio:course_outline", course.key)
        news = course_news(course, reference)
    except FolderRefused as refusal:
        messages.warning(request, _not_whole(refusal))
        return redirect("studio:sharing_edit", course.key)
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:course_follow", course.key)
    context = {
        "course": course,
        "reference": reference,
        "news": news,
        "is_newer": has_newer_course(course),
    }
    return render(request, "studio/course_follow.html", context)
