"""Writing a question of any type: choosing the type, its form, its preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course, CourseVersion
from lib.refusals import ActionRefused
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions import TYPES, QuestionContent
from quizzes.selectors import content_of, reference_of
from studio import actions
from studio.choices import (
    objective_choices,
    source_choices,
    writable_bank_choices,
)
from studio.fetching import (
    AUTHOR_QUESTION,
    REVIEW_COURSE,
    get_bank,
    get_course_for,
    get_question_for,
    newest_wording,
    working_version,
)
from studio.forms.question import QuestionForm
from studio.links import question_url
from studio.questions.editor.checking import QuestionProblem, find_question_problems
from studio.questions.editor.commands import apply_command
from studio.questions.editor.formsets import has_deleted
from studio.questions.editor.keys import (
    next_question_key,
    used_option_keys,
    used_scene_keys,
)
from studio.questions.editor.kinds import offered_types
from studio.questions.editor.page import QuestionPage, question_page
from studio.questions.editor.typed import (
    TypedQuestion,
    blank,
    posted,
    question_content,
    stored,
    with_errors,
    worth_problems,
)

SAVE = "save"
# Problems at these fields are shown there, all others above the form or at their row.
_FIELDS = frozenset({"stem", "feedback", "tags"})


@dataclass(frozen=True)
class OpenedQuestion:
    """The question that the request is about; `question` is None for a new one."""

    course: Course
    version: CourseVersion
    type: str
    bank: QuestionBank | None
    question: Question | None
    newest: QuestionVersion | None
    can_edit: bool
    is_foreign: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is a draft that this person may write."""
        return (
            self.can_edit
            and self.version.state == CourseVersion.State.DRAFT
            and (self.question is None or self.question.state != "retired")
            and not self.is_foreign
        )

    @property
    def before(self) -> QuestionContent | None:
        """The newest wording as it was written."""
        return content_of(self.newest) if self.newest else None


@require_safe
@requires(AUTHOR_QUESTION)
def question_choose(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Choose the type of a new question."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    context = {
        "course": course,
        "version": working_version(course),
        "kinds": offered_types(),
        "bank": request.GET.get("bank", ""),
    }
    return render(request, "studio/question_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_QUESTION)
def question_create(
    request: SignedInRequest, course_key: str, question_type: str
) -> HttpResponse:
    """Write a new question into one of the course's banks."""
    course = get_course_for(request.user, course_key, AUTHOR_QUESTION)
    if question_type not in TYPES:
        raise Http404
    version = working_version(course)
    opened = OpenedQuestion(
        course, version, question_type, None, None, None, can_edit=True
    )
    if not opened.is_open:
        messages.info(request, _("Buka draf kursus ini dulu, lalu tulis soalnya."))
        return redirect("studio:question_list", course.key)
    if request.method != "POST":
        initial = {
            "bank": request.GET.get("bank", ""),
            "checked_on": timezone.localdate(),
        }
        form = _form(opened, None, initial=initial)
        return _page(request, opened, form, blank(question_type))
    return _posted(request, opened)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def question_edit(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show a question's newest wording; store another one as a draft."""
    opened = _open(request, course_key, bank_key, question_key)
    if request.method == "POST":
        return _posted(request, opened)
    before = opened.before
    if before is None:
        raise Http404
    form = _form(opened, None, initial=_initial(opened, before))
    return _page(request, opened, form, stored(before))


def _open(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> OpenedQuestion:
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    can_edit = can(request.user, AUTHOR_QUESTION, course, policy.COURSE)
    if request.method == "POST" and not can_edit:
        raise Http404
    bank = get_bank(course, bank_key)
    question = get_question_for(
        request.user,
        course,
        bank_key,
        question_key,
        AUTHOR_QUESTION if can_edit else REVIEW_COURSE,
    )
    newest = newest_wording(question)
    if newest is None or newest.type not in TYPES:
        raise Http404
    version = working_version(course)
    return OpenedQuestion(
        course,
        version,
        newest.type,
        bank,
        question,
        newest,
        can_edit,
        is_foreign=reference_of(bank) is not None,
    )


def _form(
    opened: OpenedQuestion, data: Any, *, initial: dict[str, Any]
) -> QuestionForm:
    bank = opened.bank
    return QuestionForm(
        data,
        initial=initial,
        banks=[(bank.key, bank.title)]
        if bank
        else writable_bank_choices(opened.course),
        objectives=objective_choices(opened.version),
        sources=source_choices(opened.version),
        scorings=list(TYPES[opened.type].scorings.items()),
        has_unit=opened.type == "numeric",
    )


def _initial(opened: OpenedQuestion, before: QuestionContent) -> dict[str, Any]:
    newest = opened.newest
    return {
        "bank": opened.bank.key if opened.bank else "",
        "stem": before.stem,
        "scoring": before.scoring or next(iter(TYPES[opened.type].scorings), ""),
        "unit": before.settings.get("unit", ""),
        "feedback": before.feedback,
        "objective": before.objective_key,
        "level": before.level,
        "pillar": before.pillar,
        "tags": ", ".join(before.tags),
        "sources": before.source_keys,
        "checked_on": before.checked_on,
        "base": newest.content_hash if newest else "",
    }


def _posted(request: SignedInRequest, opened: OpenedQuestion) -> HttpResponse:
    """Change the rows as a button says, or store the question."""
    form = _form(opened, _data(request, opened), initial={})
    typed = posted(request.POST, opened.type)
    command = request.POST.get("command", SAVE)
    if command != SAVE or has_deleted(request.POST):
        question = opened.question
        typed = apply_command(
            command,
            typed,
            used_option_keys(question) if question else (),
            used_scene_keys(question) if question else (),
        )
        form.errors.clear()
        return _page(request, opened, form, typed)
    if not form.is_valid():
        return _page(request, opened, form, with_errors(typed, worth_problems(typed)))
    return _save(request, opened, form, typed)


def _data(request: SignedInRequest, opened: OpenedQuestion) -> Any:
    data = request.POST.copy()
    if opened.bank:
        data["bank"] = opened.bank.key
    return data


def _save(
    request: SignedInRequest,
    opened: OpenedQuestion,
    form: QuestionForm,
    typed: TypedQuestion,
) -> HttpResponse:
    bank = opened.bank or get_bank(opened.course, form.cleaned_data["bank"])
    key = opened.question.key if opened.question else next_question_key(bank)
    content = question_content(
        typed, key=key, cleaned=form.cleaned_data, before=opened.before
    )
    problems = [*worth_problems(typed), *find_question_problems(content)]
    if problems:
        _tell(form, problems)
        return _page(request, opened, form, with_errors(typed, problems))
    try:
        actions.save_question(
            bank=bank,
            content=content,
            base=form.cleaned_data["base"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        return _refused(request, opened, typed, refusal)
    messages.success(request, _("Soal tersimpan sebagai draf. Terbit bersama kursus."))
    return redirect(question_url(opened.course, bank, key))


def _tell(form: QuestionForm, problems: Sequence[QuestionProblem]) -> None:
    for problem in problems:
        if problem.place in _FIELDS:
            form.add_error(problem.place, problem.message)
        elif problem.place == "options":
            form.add_error(None, problem.message)


def _refused(
    request: SignedInRequest,
    opened: OpenedQuestion,
    typed: TypedQuestion,
    refusal: ActionRefused,
) -> HttpResponse:
    """Keep what was typed; saving once more is then a decision."""
    data = _data(request, opened)
    data["base"] = opened.newest.content_hash if opened.newest else ""
    form = _form(opened, data, initial={})
    return _page(request, opened, form, typed, refusal=refusal)


def _page(
    request: SignedInRequest,
    opened: OpenedQuestion,
    form: QuestionForm,
    typed: TypedQuestion,
    *,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    page: QuestionPage = question_page(
        course=opened.course,
        question=opened.question,
        newest=opened.newest,
        typed=typed,
    )
    panel = request.GET.get("panel", "write")
    context = {
        "course": opened.course,
        "version": opened.version,
        "bank": opened.bank,
        "question": opened.question,
        "page": page,
        "form": form,
        "is_open": opened.is_open or refusal is not None,
        "can_edit": opened.can_edit,
        "is_foreign": opened.is_foreign,
        "stored": opened.newest if refusal else None,
        "refusal": refusal,
        "panel": "preview" if request.POST.get("command") == "preview" else panel,
    }
    status = 409 if refusal else 200
    return render(request, "studio/question_edit.html", context, status=status)
