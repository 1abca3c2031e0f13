"""Pages of the evaluation: for who has finished, for HR, and for who words it."""

import random

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.stamps import SignedInRequest, requires, signed_in
from courses.evaluations.actions import give_evaluation, rewrite_evaluation
from courses.evaluations.fetching import (
    get_agency_for,
    get_evaluated_for,
    may_evaluate,
)
from courses.evaluations.forms import AGREEMENT, AnswerEvaluationForm, WordingForm
from courses.evaluations.page import (
    WRITE_EVALUATION,
    agencies_of,
    asked_form,
    evaluation_results,
    form_for,
    form_versions,
)
from courses.exceptions import EvaluationNotPossible
from courses.invitation import invite
from courses.selectors.fetching import find_active_enrollment

VIEW_LEARNING = "reports.view_learning"


@require_http_methods(["GET", "POST"])
@signed_in
def evaluation(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Ask what she thinks of the course, once, after the certificate."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        return invite(request, course_key)
    if not may_evaluate(enrollment.pk):
        messages.info(
            request,
            _("Evaluasi terbuka setelah sertifikat terbit, dan diisi satu kali."),
        )
        return redirect(enrollment.course)
    asked = form_for(enrollment.course)
    form = AnswerEvaluationForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        # Whoever reads it later must not be able to tell the order again.
        give_evaluation(
            enrollment_id=enrollment.pk,
            form_number=form.cleaned_data["number"],
            content=form.content(),
            chance=random.SystemRandom(),
        )
        messages.success(request, _("Terima kasih. Jawaban Anda tersimpan tanpa nama."))
        return redirect(enrollment.course)
    context = {"form": form, "course": enrollment.course}
    return render(request, "courses/evaluations/evaluation.html", context)


@require_GET
@requires(VIEW_LEARNING)
def evaluation_result(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show HR of the unit that gives a course what people think of it."""
    course = get_evaluated_for(request.user, course_key, VIEW_LEARNING)
    page = evaluation_results(course, number=request.GET.get("halaman"))
    context = {"page": page, "scale": AGREEMENT}
    return render(request, "courses/evaluations/evaluation_result.html", context)


@require_GET
@requires(WRITE_EVALUATION)
def wording_list(request: SignedInRequest) -> HttpResponse:
    """Lead to the form of the person's agency, or show which ones there are."""
    agencies = agencies_of(request.user)
    if len(agencies) == 1:
        return redirect("evaluations:wording_edit", agencies[0].pk)
    context = {"agencies": agencies}
    return render(request, "courses/evaluations/wording_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(WRITE_EVALUATION)
def wording_edit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show and rewrite what an agency asks after its courses."""
    agency = get_agency_for(request.user, unit_id, WRITE_EVALUATION)
    form = WordingForm(request.POST or None, asked=asked_form(agency))
    if request.method == "POST" and form.is_valid():
        try:
            rewrite_evaluation(
                agency=agency,
                wording=form.wording(),
                seen=form.cleaned_data["seen"],
                by=request.user,
                now=timezone.now(),
            )
        except EvaluationNotPossible as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Formulir tersimpan."))
            return redirect("evaluations:wording_edit", agency.pk)
    context = {"agency": agency, "form": form, "versions": form_versions(agency)}
    return render(request, "courses/evaluations/wording_edit.html", context)
