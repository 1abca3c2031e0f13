"""Repairing a flawed question: choose, see whom it touches, apply."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.stamps import SignedInRequest, requires
from lib.refusals import ActionRefused
from quizzes import actions as quizzes_actions
from quizzes.actions import check_can_repair
from quizzes.models import QuestionVersion
from quizzes.selectors import preview_repair
from studio.fetching import AUTHOR_QUESTION, get_course_for, get_question_for
from studio.forms.repair import RepairForm
from studio.repairs.page import named_changes, repair_rows, versions_asked


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_repair(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show the repairs of a question; preview another one, then apply it."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    question = get_question_for(
        request.user, course, bank_key, question_key, AUTHOR_QUESTION
    )
    versions = versions_asked(question)
    form = _form(request, versions)
    preview = None
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(form, versions)
        try:
            check_can_repair(**chosen)
            if request.POST.get("command") == "apply":
                quizzes_actions.repair_question(
                    **chosen,
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    now=timezone.now(),
                )
                messages.success(
                    request,
                    _("Perbaikan tercatat. Nilai dihitung ulang satu per satu."),
                )
                return redirect(request.path)
            preview = preview_repair(**chosen)
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "course": course,
        "question": question,
        "bank": question.bank,
        "newest": versions[0] if versions else None,
        "form": form,
        "preview": preview,
        "names": named_changes(preview, request.user) if preview else [],
        "repairs": repair_rows(question),
    }
    return render(request, "studio/question_repair.html", context)


def _form(request: SignedInRequest, versions: list[Any]) -> RepairForm:
    asked = [row for row in versions if row.attempts]
    return RepairForm(
        request.POST if request.method == "POST" else None,
        versions=[
            (
                row.pk,
                _("Versi %(number)d, dikerjakan %(count)d kali")
                % {"number": row.number, "count": row.attempts},
            )
            for row in asked
        ],
        corrections=[
            (row.pk, _("Versi %(number)d") % {"number": row.number}) for row in versions
        ],
    )


def _chosen(form: RepairForm, versions: list[QuestionVersion]) -> dict[str, Any]:
    said, by_id = form.cleaned_data, {row.pk: row for row in versions}
    return {
        "version": by_id[said["version"]],
        "kind": said["kind"],
        "correction": by_id.get(said["correction"]),
    }
