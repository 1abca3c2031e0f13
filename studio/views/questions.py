"""The question banks of a course: looking, and withdrawing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course, CourseVersion
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.choices import bank_choices, objective_choices
from studio.fetching import (
    AUTHOR_QUESTION,
    REVIEW_COURSE,
    draft_of,
    get_course_for,
    get_question_for,
    newest_wording,
    working_version,
)
from studio.forms.bank import QuestionFilterForm
from studio.links import question_url
from studio.questions.editor.kinds import offered_types
from studio.questions.list import QuestionFilter, question_rows
from studio.questions.retirement import reason_to_keep
from studio.questions.twins import course_index
from studio.questions.uses import uses_elsewhere


@require_safe
@requires(REVIEW_COURSE)
def question_list(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the questions of a course; search, filter, and choose some to change."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    version = working_version(course)
    index = course_index(course)
    form = filter_form(course, version, index.tags, request.GET)
    wanted = wanted_by(form)
    page = request.GET.get("halaman")
    context = {
        "course": course,
        "version": version,
        "form": form,
        "rows": question_rows(course, wanted, twins=index.twins, page=page),
        "tags": index.tags,
        "picked": request.GET.getlist("pilih"),
        "typed_tag": request.GET.get("tulis", ""),
        "filters": _filters(request.GET),
        "is_filtered": wanted != QuestionFilter(),
        "can_edit": can(request.user, AUTHOR_QUESTION, course, policy.COURSE),
        "has_draft": draft_of(course) is not None,
    }
    return render(request, "studio/question_list.html", context)


def _filters(query: QueryDict) -> str:
    """Return what the list shows, without what was chosen on it."""
    kept = query.copy()
    for name in ("pilih", "tulis"):
        kept.pop(name, None)
    return kept.urlencode()


def filter_form(
    course: Course, version: CourseVersion, tags: Sequence[str], said: QueryDict
) -> QuestionFilterForm:
    """Return the form of the list as it was sent, cleaned."""
    form = QuestionFilterForm(
        said,
        banks=bank_choices(course),
        objectives=objective_choices(version),
        types=[(kind.name, kind.label) for kind in offered_types()],
        tags=[(tag, tag) for tag in tags],
    )
    form.is_valid()
    return form


def wanted_by(form: QuestionFilterForm) -> QuestionFilter:
    """Return what a cleaned form looks for; what is not valid is not looked for."""
    said = form.cleaned_data
    return QuestionFilter(
        words=said.get("words", ""),
        bank=said.get("bank", ""),
        type=said.get("type", ""),
        objective=said.get("objective", ""),
        level=said.get("level", ""),
        pillar=said.get("pillar", ""),
        tag=said.get("tag", ""),
        state=said.get("state", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_retire(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Ask first, then withdraw the question from every draw."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    question = get_question_for(
        request.user, course, bank_key, question_key, AUTHOR_QUESTION
    )
    if request.method == "POST":
        try:
            actions.retire_question(
                question_id=question.pk, by=request.user, now=timezone.now()
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            messages.success(
                request, _("Soal ditarik. Jawaban yang sudah masuk tetap ada.")
            )
        return redirect(question_url(course, question.bank, question.key))
    context = {
        "course": course,
        "question": question,
        "newest": newest_wording(question),
        "url": question_url(course, question.bank, question.key),
        "reason": reason_to_keep(question),
        "elsewhere": uses_elsewhere(question),
    }
    return render(request, "studio/question_retire.html", context)
