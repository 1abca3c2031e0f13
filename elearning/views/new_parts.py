"""New parts of a course for somebody who has finished it: read, and said to be read."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, signed_in
from courses import actions
from courses.models import Course
from courses.selectors.fetching import get_active_enrollment
from courses.selectors.new_parts import NewPartText, new_part_texts, parts_to_read
from elearning.lesson_content import Part, assemble, has_film
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@dataclass(frozen=True)
class ShownPart:
    """A new part with where it stands in the course, and its text cut at checks."""

    text: NewPartText
    part: Part


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_parts(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show what is new since she finished the course; take down that she read it.

    Whoever is not asked to read anything is led to the course.
    """
    enrollment = get_active_enrollment(request.user, course_key)
    if request.method == "POST":
        try:
            read = actions.read_new_parts(
                enrollment_id=enrollment.pk,
                part_ids=[int(pk) for pk in request.POST.getlist("part") if _is_id(pk)],
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            if read:
                messages.success(request, _("Terima kasih. Bagian baru sudah dibaca."))
        return redirect(enrollment.course)
    course = enrollment.course
    shown = _shown(course, new_part_texts(course, parts_to_read(enrollment)))
    if not shown:
        return redirect(course)
    context = {
        "course": course,
        "shown": shown,
        "minutes": sum(one.text.minutes for one in shown),
        "has_exercise": any(
            block.check and block.check.control.is_scripted
            for one in shown
            for block in one.part.blocks
        ),
        "has_film": has_film([one.part for one in shown]),
    }
    return render(request, "courses/new_parts.html", context)


def _is_id(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 19


def _shown(course: Course, texts: list[NewPartText]) -> list[ShownPart]:
    """Put practice checks in, lesson by lesson."""
    found = []
    for text in texts:
        [part] = assemble(course, (text.rendered,), lesson_key=text.lesson.key)
        found.append(ShownPart(text, part))
    return found
