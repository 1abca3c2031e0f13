"""Pages on which people write notes and their action plan."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.stamps import SignedInRequest, signed_in
from courses.exceptions import NoteTooLong
from courses.invitation import invite
from courses.notes.actions import Written, write_notes, write_plan
from courses.notes.fetching import find_plan
from courses.notes.forms import PlanForm
from courses.notes.pages import lesson_notes, note_list
from courses.published import outline_of
from courses.selectors.fetching import check_lesson_is_offered, find_active_enrollment

_PAGE = "courses/notes/lesson_notes.html"


@require_http_methods(["GET", "POST"])
@signed_in
def lesson_notes_page(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show and store what she wrote on the parts of a lesson."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        check_lesson_is_offered(course_key, lesson_key)
        return invite(request, course_key)
    page = lesson_notes(enrollment, lesson_key)
    if page is None:
        raise Http404
    if request.method == "POST":
        notes = [
            Written(
                row.part_key,
                request.POST.get(f"note-{row.part_key}", row.text),
                f"mark-{row.part_key}" in request.POST,
            )
            for row in page.rows
        ]
        try:
            write_notes(
                person=request.user,
                course=enrollment.course,
                lesson_key=lesson_key,
                notes=notes,
                now=timezone.now(),
            )
        except NoteTooLong as refusal:
            # What was typed stays on the page.
            context = {"page": page.with_typed(notes), "refusal": refusal}
            return render(request, _PAGE, context, status=400)
        messages.success(request, _("Catatan tersimpan."))
        return redirect(request.path)
    return render(request, _PAGE, {"page": page})


@require_GET
@signed_in
def note_list_page(request: SignedInRequest) -> HttpResponse:
    """Show all her notes, bookmarks and plans."""
    page = note_list(request.user, number=request.GET.get("halaman"))
    return render(request, "courses/notes/note_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def action_plan(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the card of the plan, and store what she writes on it."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        return invite(request, course_key)
    version = outline_of(enrollment.version_id).version
    if not version.plan_title:
        raise Http404
    said = request.POST if request.method == "POST" else None
    form = PlanForm(said, initial=find_plan(enrollment))
    if request.method == "POST" and form.is_valid():
        write_plan(
            enrollment_id=enrollment.pk,
            text=form.cleaned_data["text"],
            outcome=form.cleaned_data["outcome"],
            now=timezone.now(),
        )
        messages.success(request, _("Rencana tersimpan."))
        return redirect(request.path)
    context = {"form": form, "version": version, "course": enrollment.course}
    return render(request, "courses/notes/action_plan.html", context)
