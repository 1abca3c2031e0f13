"""The question banks of a course: looking, writing, withdrawing."""

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
from lib.refused import tell
from quizzes.models import Question, QuestionBank, QuestionVersion
from studio import actions
from studio.fetching import (
    ASK,
    REVIEW,
    banks_of,
    draft_of,
    get_bank,
    get_course_for,
    get_question_for,
    working_version,
)
from studio.forms import QuestionFilterForm, QuestionForm
from studio.question_checking import find_question_problems
from studio.question_editing import (
    MOST_ROWS,
    OptionRow,
    add_row,
    lettered,
    posted_rows,
    question_content,
    stored_rows,
    with_errors,
)
from studio.question_keys import next_question_key, used_option_keys
from studio.retirement import reason_to_keep
from studio.selectors.courses import outline_for
from studio.selectors.questions import (
    QuestionFilter,
    quality_of,
    question_rows,
    question_state,
    question_url,
)


@require_safe
@requires(REVIEW)
def question_list(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the questions of a course; search, and filter by what they test."""
    course = get_course_for(request.user, course_key, REVIEW)
    form = QuestionFilterForm(
        request.GET,
        banks=_bank_choices(course),
        objectives=_objective_choices(working_version(course)),
    )
    form.is_valid()
    said = form.cleaned_data
    wanted = QuestionFilter(
        words=said.get("cari", ""),
        bank=said.get("bank", ""),
        objective=said.get("tujuan", ""),
        level=said.get("tingkat", ""),
        state=said.get("status", ""),
    )
    context = {
        "course": course,
        "version": working_version(course),
        "form": form,
        "rows": question_rows(course, wanted, page=request.GET.get("halaman")),
        "is_filtered": wanted != QuestionFilter(),
        "can_edit": can(request.user, ASK, course, policy.COURSE),
        "has_draft": draft_of(course) is not None,
    }
    return render(request, "studio/question_list.html", context)


def _bank_choices(course: Course) -> list[tuple[str, str]]:
    return [(bank.key, bank.title) for bank in banks_of(course)]


def _objective_choices(version: CourseVersion) -> list[tuple[str, str]]:
    return [
        (row.key, f"{row.position}. {row.text}") for row in version.objectives.all()
    ]


@dataclass(frozen=True)
class Opened:
    """The question that the request is about; `question` is None for a new one."""

    course: Course
    version: CourseVersion
    bank: QuestionBank | None
    question: Question | None
    newest: QuestionVersion | None
    can_edit: bool

    @property
    def is_open(self) -> bool:
        """Whether there is a draft that this person may write, and a way to."""
        return (
            self.can_edit
            and self.version.state == CourseVersion.State.DRAFT
            and (self.question is None or self.question.state != "retired")
            and (self.newest is None or self.newest.type == "single_choice")
        )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ASK)
def question_create(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Write a new question into one of the course's banks."""
    course = get_course_for(request.user, course_key, ASK)
    version = working_version(course)
    opened = Opened(course, version, None, None, None, can_edit=True)
    if not opened.is_open:
        messages.info(request, _("Buka draf kursus ini dulu, lalu tulis soalnya."))
        return redirect("studio:question_list", course.key)
    if request.method != "POST":
        initial = {
            "bank": request.GET.get("bank", ""),
            "checked_on": timezone.localdate(),
        }
        form = _form(opened, None, initial=initial)
        return _page(request, opened, form, stored_rows(None))
    return _posted(request, opened)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW)
def question_edit(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show a question's newest wording; store another one as a draft."""
    opened = _open(request, course_key, bank_key, question_key)
    if request.method != "POST":
        form = _form(opened, None, initial=_initial(opened))
        return _page(request, opened, form, stored_rows(opened.newest))
    return _posted(request, opened)


def _open(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> Opened:
    course = get_course_for(request.user, course_key, REVIEW)
    can_edit = can(request.user, ASK, course, policy.COURSE)
    if request.method == "POST" and not can_edit:
        raise Http404
    bank = get_bank(course, bank_key)
    question = get_question_for(
        request.user, course, bank_key, question_key, ASK if can_edit else REVIEW
    )
    newest = question.versions.order_by("-number").prefetch_related("options").first()
    return Opened(course, working_version(course), bank, question, newest, can_edit)


def _form(opened: Opened, data: Any, *, initial: dict[str, Any]) -> QuestionForm:
    bank = opened.bank
    sources = opened.version.sources.values_list("key", "text")
    return QuestionForm(
        data,
        initial=initial,
        banks=[(bank.key, bank.title)] if bank else _bank_choices(opened.course),
        objectives=_objective_choices(opened.version),
        sources=list(sources),
    )


def _initial(opened: Opened) -> dict[str, Any]:
    newest = opened.newest
    if newest is None or opened.bank is None:
        return {}
    return {
        "bank": opened.bank.key,
        "stem": newest.stem,
        "objective": newest.objective_key,
        "level": newest.level,
        "sources": newest.source_keys,
        "checked_on": newest.checked_on,
        "base": newest.content_hash,
    }


def _posted(request: SignedInRequest, opened: Opened) -> HttpResponse:
    """Add a row, take one away, or store the question."""
    data = request.POST.copy()
    if opened.bank:
        data["bank"] = opened.bank.key
    rows, action = posted_rows(request.POST), request.POST.get("command", "save")
    form = _form(opened, data, initial={})
    if action == "add":
        used = used_option_keys(opened.question) if opened.question else ()
        form.errors.clear()
        return _page(request, opened, form, add_row(rows, used))
    if action.startswith("remove:"):
        kept = [row for row in rows if row.key != action.removeprefix("remove:")]
        form.errors.clear()
        return _page(request, opened, form, kept)
    if not form.is_valid():
        return _page(request, opened, form, rows)
    return _save(request, opened, form, rows)


def _save(
    request: SignedInRequest, opened: Opened, form: QuestionForm, rows: list[OptionRow]
) -> HttpResponse:
    bank = opened.bank or get_bank(opened.course, form.cleaned_data["bank"])
    key = opened.question.key if opened.question else next_question_key(bank)
    content = question_content(
        key=key, cleaned=form.cleaned_data, rows=rows, before=opened.newest
    )
    problems = find_question_problems(content)
    if problems:
        for problem in problems:
            if problem.place == "stem":
                form.add_error("stem", problem.message)
            elif problem.place == "options":
                form.add_error(None, problem.message)
        placed = [
            (problem.place.removeprefix("option:"), problem.message)
            for problem in problems
        ]
        return _page(request, opened, form, with_errors(rows, placed))
    now = timezone.now()
    try:
        actions.save_question(
            bank=bank,
            content=content,
            base=form.cleaned_data["base"],
            by=request.user,
            now=now,
        )
    except ActionRefused as refusal:
        return _refused(request, opened, rows, refusal)
    messages.success(request, _("Soal tersimpan sebagai draf. Terbit bersama kursus."))
    return redirect(question_url(opened.course, bank, key))


def _refused(
    request: SignedInRequest,
    opened: Opened,
    rows: list[OptionRow],
    refusal: ActionRefused,
) -> HttpResponse:
    """Keep what was typed; saving once more is then a decision."""
    data = request.POST.copy()
    data["base"] = opened.newest.content_hash if opened.newest else ""
    if opened.bank:
        data["bank"] = opened.bank.key
    form = _form(opened, data, initial={})
    return _page(request, opened, form, rows, refusal=refusal)


def _page(
    request: SignedInRequest,
    opened: Opened,
    form: QuestionForm,
    rows: list[OptionRow],
    *,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    question, newest = opened.question, opened.newest
    ready = (
        question.versions.filter(state="ready").order_by("-number").first()
        if question
        else None
    )
    context = {
        "course": opened.course,
        "version": opened.version,
        "bank": opened.bank,
        "question": question,
        "state": question_state(question, newest) if question and newest else "draft",
        "form": form,
        "rows": lettered(rows),
        "can_add": len(rows) < MOST_ROWS,
        "is_open": opened.is_open or refusal is not None,
        "can_edit": opened.can_edit,
        "outline": outline_for(opened.course),
        "quality": quality_of(ready),
        "stored": newest if refusal else None,
        "refusal": refusal,
        "panel": request.GET.get("panel", "write"),
        "show_outline": request.GET.get("panel") == "outline",
    }
    status = 409 if refusal else 200
    return render(request, "studio/question_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ASK)
def question_retire(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Ask first, then withdraw the question from every draw."""
    course = get_course_for(request.user, course_key, ASK)
    question = get_question_for(request.user, course, bank_key, question_key, ASK)
    if request.method == "POST":
        try:
            actions.retire_question(
                question_id=question.pk, by=request.user, now=timezone.now()
            )
        except ActionRefused as refusal:
            tell(request, refusal)
        else:
            messages.success(
                request, _("Soal ditarik. Jawaban yang sudah masuk tetap ada.")
            )
        return redirect(question_url(course, question.bank, question.key))
    context = {
        "course": course,
        "question": question,
        "newest": question.versions.order_by("-number").first(),
        "url": question_url(course, question.bank, question.key),
        "reason": reason_to_keep(question),
    }
    return render(request, "studio/question_retire.html", context)
