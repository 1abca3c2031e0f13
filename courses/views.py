"""The catalogue, the course page and what people do there."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, signed_in
from courses import actions
from courses.exceptions import EnrollmentNotAllowed
from courses.models.catalogue import Pillar
from courses.notes.pages import found_notes
from courses.published import outline_of
from courses.search.finding import search_page
from courses.selectors.cards import CourseCard, course_cards
from courses.selectors.fetching import (
    get_active_enrollment,
    get_course_for,
    get_enrollment_for,
    listed_courses,
)
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused

COURSES_PER_PAGE = 12


@dataclass(frozen=True)
class CatalogPage:
    """What the catalogue shows."""

    cards: list[CourseCard]
    pillar: str
    pillars: list[Any]
    paginator: Page[Any]


@require_GET
@signed_in
def course_list(request: SignedInRequest) -> HttpResponse:
    """Show the courses that can be taken, filtered by pillar."""
    if words := request.GET.get("cari", "").strip():
        # Where the catalogue itself was searched before.
        return redirect(f"{reverse('search')}?{urlencode({'cari': words})}")
    pillar = request.GET.get("pilar", "")
    courses = listed_courses(pillar=pillar)
    page = Paginator(courses, COURSES_PER_PAGE).get_page(request.GET.get("halaman"))
    catalog = CatalogPage(
        cards=course_cards(page.object_list, request.user),
        pillar=pillar,
        pillars=list(Pillar.choices),
        paginator=page,
    )
    return render(request, "courses/course_list.html", {"page": catalog})


@require_GET
@signed_in
def search(request: SignedInRequest) -> HttpResponse:
    """Show what courses and lessons say about some words."""
    page = search_page(
        request.user,
        request.GET.get("cari", ""),
        number=request.GET.get("halaman"),
    )
    notes = found_notes(request.user, page.query) if page.query else []
    return render(request, "courses/search.html", {"page": page, "notes": notes})


@require_POST
@signed_in
def enroll(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Enrol the person and show her the way."""
    course = get_course_for(request.user, course_key)
    try:
        actions.enroll(
            course_id=course.pk,
            person=request.user,
            by=request.user,
            now=timezone.now(),
            starts_over=request.POST.get("starts_over") == "1",
        )
    except EnrollmentNotAllowed as refusal:
        warn_of_refusal(request, refusal)
    return redirect(course)


@require_POST
@signed_in
def withdraw(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Withdraw the person; everything done is kept."""
    course = get_course_for(request.user, course_key)
    enrollment = get_enrollment_for(request.user, course)
    try:
        actions.withdraw(
            enrollment_id=enrollment.pk, by=request.user, now=timezone.now()
        )
    except EnrollmentNotAllowed as refusal:
        warn_of_refusal(request, refusal)
    return redirect(course)


@require_POST
@signed_in
def lesson_complete(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Mark a lesson as done and go on to the next one, or back to the course."""
    course = get_course_for(request.user, course_key)
    enrollment = get_enrollment_for(request.user, course)
    try:
        actions.complete_lesson(
            enrollment_id=enrollment.pk,
            lesson_key=lesson_key,
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        raise Http404 from refusal
    following = request.POST.get("next", "")
    if outline_of(enrollment.version_id).lesson(following):
        return redirect("courses:lesson_detail", course.key, following)
    return redirect(course)


@require_POST
@signed_in
def lesson_place(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Note how far she has read; her page says so when she leaves it."""
    enrollment = get_active_enrollment(request.user, course_key)
    # The part and, after a dot, what she reached in it.
    part, _dot, paragraph = request.POST.get("part", "")[:90].partition(".")
    try:
        actions.note_place(
            enrollment_id=enrollment.pk,
            lesson_key=lesson_key,
            part_key=part,
            paragraph=int(paragraph)
            if paragraph.isascii() and paragraph.isdigit()
            else 0,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        raise Http404 from refusal
    return HttpResponse(status=204)
