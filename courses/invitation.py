"""Somebody follows a link into a course that she does not take yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.stamps import SignedInRequest
from courses.selectors.fetching import get_course_for


def invite(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Lead her to the course's page, where she can join; 404 for no such course."""
    course = get_course_for(request.user, course_key)
    messages.info(
        request,
        _("Halaman itu bagian dari kursus ini. Ikuti kursusnya dulu, lalu buka lagi."),
    )
    return redirect(course)
