"""The quizzes of a draft: what they ask, what passes them, and trying one out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import SystemRandom
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from courses.content_types import RequirementContent
from courses.models import Course, CourseVersion
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from quizzes.actions import PlanLine, QuizPlan
from quizzes.selectors import (
    EmptyPool,
    TrialPaper,
    draw_trial,
    mark_trial,
    supplies,
)
from studio import actions
from studio.choices import bank_choices, objective_choices
from studio.drafts.fingerprints import plan_fingerprint
from studio.drafts.quizzes import USES, plan_of, requirement_of
from studio.fetching import (
    AUTHOR_COURSE,
    banks_of,
    draft_of,
    get_course_for,
)
from studio.forms.quiz import (
    MOST_DRAWN,
    BankForm,
    DrawForm,
    QuizGoalForm,
    QuizRulesForm,
)
from studio.questions.editor.kinds import offered_types
from studio.quizzes.planning import plan_page, shifted, without

_MOST_SEED = 10**9
_CHANCE = SystemRandom()


@dataclass(frozen=True)
class OpenedPlan:
    """The quiz of the draft that the request is about."""

    course: Course
    draft: CourseVersion
    plan: QuizPlan
    requirement: RequirementContent

    @property
    def base(self) -> str:
        """The fingerprint that its forms carry."""
        return plan_fingerprint(self.plan, self.requirement)

    @property
    def is_graded(self) -> bool:
        """Whether it is passed or not."""
        return self.requirement.pass_mark is not None


def _open(request: SignedInRequest, course_key: str, quiz_key: str) -> OpenedPlan:
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    draft = draft_of(course)
    plan = plan_of(draft, quiz_key) if draft else None
    requirement = requirement_of(draft, quiz_key) if draft else None
    if draft is None or plan is None or requirement is None:
        raise Http404
    return OpenedPlan(course, draft, plan, requirement)


# --- banks ---------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def bank_list(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show the banks of a course; make one, or give one another name."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    command, _colon, key = request.POST.get("command", "").partition(":")
    form = BankForm(request.POST if command == "add" else None)
    said: dict[str, str] | None = None
    if command == "add" and form.is_valid():
        said = form.cleaned_data
    elif command == "rename" and request.POST.get("title", "").strip():
        said = {
            "key": key,
            "title": request.POST["title"][:160],
            "base": request.POST.get("base", ""),
        }
    if said:
        try:
            actions.save_bank(
                course=course, **said, by=request.user, now=timezone.now()
            )
        except ActionRefused as refusal:
            warn_of_refusal(request, refusal)
        else:
            messages.success(request, _("Nama bank tersimpan."))
        return redirect("studio:bank_list", course.key)
    context = {
        "course": course,
        "draft": draft_of(course),
        "banks": banks_of(course),
        "form": form,
    }
    return render(request, "studio/bank_list.html", context)


# --- quizzes -------------------------------------------------------------------------
@require_POST
@requires(AUTHOR_COURSE)
def quiz_add(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Put a pre-test or a post-test into the draft, with a bank of its own."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    purpose = request.POST.get("purpose", "")
    if purpose not in USES:
        messages.warning(request, _("Pilih dulu: pre-test atau post-test."))
        return redirect("studio:course_outline", course.key)
    try:
        actions.add_quiz(
            course=course, purpose=purpose, by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:course_outline", course.key)
    return redirect("studio:quiz_plan_edit", course.key, purpose)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def quiz_plan_edit(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Show what a quiz of the draft asks; `command` says what to change."""
    opened = _open(request, course_key, quiz_key)
    command, _colon, place = request.POST.get("command", "").partition(":")
    forms = _forms(request, opened, command)
    if request.method != "POST":
        return _page(request, opened, forms)
    if command == "remove":
        return _remove(request, opened)
    changed = (
        _CHANGES[command](request, opened, forms, place)
        if (command in _CHANGES)
        else None
    )
    if changed is None:
        return _page(request, opened, forms)
    plan, requirement = changed
    try:
        actions.save_quiz(
            course=opened.course,
            plan=plan,
            requirement=requirement,
            base=request.POST.get("base", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        # What was typed stays; saving once more is then a decision.
        return _page(request, opened, forms, refusal=refusal)
    messages.success(request, _("Kuis tersimpan di draf."))
    return redirect("studio:quiz_plan_edit", opened.course.key, quiz_key)


@dataclass(frozen=True)
class _Forms:
    goal: QuizGoalForm
    rules: QuizRulesForm
    draw: DrawForm


def _forms(request: SignedInRequest, opened: OpenedPlan, command: str) -> _Forms:
    plan, requirement = opened.plan, opened.requirement
    data = request.POST if command == "settings" else None
    goal = {
        "title": plan.title,
        "bank": plan.bank_key,
        "minutes": requirement.minutes,
        "pass_mark": int(requirement.pass_mark or 0) or None,
    }
    return _Forms(
        goal=QuizGoalForm(
            data,
            initial=goal,
            banks=bank_choices(opened.course),
            is_graded=opened.is_graded,
        ),
        rules=QuizRulesForm(data, initial=QuizRulesForm.initial_of(plan.rules)),
        draw=DrawForm(
            request.POST if command == "draw" else None,
            initial={"count": _first_count(opened)},
            objectives=objective_choices(opened.draft),
            types=[(kind.name, kind.label) for kind in offered_types()],
        ),
    )


def _first_count(opened: OpenedPlan) -> int:
    """Return what a draw begins with: the whole bank where nothing is asked yet."""
    plan = opened.plan
    there = 0 if plan.lines else len(supplies(plan.bank_key, with_drafts=True))
    return min(max(there, 1), MOST_DRAWN)


_Changed = tuple[QuizPlan, RequirementContent]


def _with_lines(opened: OpenedPlan, lines: tuple[PlanLine, ...]) -> _Changed:
    plan = replace(opened.plan, lines=lines, asks_all=False)
    return plan, opened.requirement


def _draw(
    request: SignedInRequest, opened: OpenedPlan, forms: _Forms, place: str
) -> _Changed | None:
    if not forms.draw.is_valid():
        return None
    return _with_lines(opened, (*opened.plan.lines, forms.draw.line()))


def _pick(
    request: SignedInRequest, opened: OpenedPlan, forms: _Forms, place: str
) -> _Changed | None:
    offered = {
        row.key for row in plan_page(opened.course, opened.draft, opened.plan).questions
    }
    keys = [key for key in request.POST.getlist("question") if key in offered]
    if not keys:
        messages.warning(request, _("Belum ada soal yang dipilih. Centang satu."))
        return None
    picked = tuple(PlanLine(question_key=key) for key in keys)
    return _with_lines(opened, (*opened.plan.lines, *picked))


def _whole_bank(
    request: SignedInRequest, opened: OpenedPlan, forms: _Forms, place: str
) -> _Changed:
    return replace(opened.plan, lines=(), asks_all=True), opened.requirement


def _moved(
    change: Callable[[tuple[PlanLine, ...], int], tuple[PlanLine, ...]],
) -> "_Change":
    def moved(
        request: SignedInRequest, opened: OpenedPlan, forms: _Forms, place: str
    ) -> _Changed | None:
        if not place.isdecimal() or int(place) >= len(opened.plan.lines):
            return None
        return _with_lines(opened, change(opened.plan.lines, int(place)))

    return moved


def _settings(
    request: SignedInRequest, opened: OpenedPlan, forms: _Forms, place: str
) -> _Changed | None:
    if not (forms.goal.is_valid() and forms.rules.is_valid()):
        return None
    said = forms.goal.cleaned_data
    lines = opened.plan.lines
    if said["bank"] != opened.plan.bank_key:
        lines = tuple(line for line in lines if not line.question_key)
    plan = replace(
        opened.plan,
        title=said["title"],
        bank_key=said["bank"],
        lines=lines,
        rules=forms.rules.content(),
    )
    requirement = replace(opened.requirement, minutes=said["minutes"])
    if opened.is_graded:
        requirement = replace(requirement, pass_mark=Decimal(said["pass_mark"]))
    return plan, requirement


_Change = Callable[[SignedInRequest, OpenedPlan, _Forms, str], _Changed | None]
_CHANGES: Mapping[str, _Change] = {
    "draw": _draw,
    "pick": _pick,
    "all": _whole_bank,
    "settings": _settings,
    "line-up": _moved(lambda lines, place: shifted(lines, place, -1)),
    "line-down": _moved(lambda lines, place: shifted(lines, place, 1)),
    "line-remove": _moved(without),
}


def _remove(request: SignedInRequest, opened: OpenedPlan) -> HttpResponse:
    try:
        actions.remove_quiz(
            course=opened.course,
            key=opened.plan.key,
            base=request.POST.get("base", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:quiz_plan_edit", opened.course.key, opened.plan.key)
    messages.success(request, _("Kuis dikeluarkan dari draf. Soalnya tetap ada."))
    return redirect("studio:course_outline", opened.course.key)


def _page(
    request: SignedInRequest,
    opened: OpenedPlan,
    forms: _Forms,
    *,
    refusal: ActionRefused | None = None,
) -> HttpResponse:
    context = {
        "course": opened.course,
        "version": opened.draft,
        "plan": opened.plan,
        "page": plan_page(opened.course, opened.draft, opened.plan),
        "base": opened.base,
        "goal": forms.goal,
        "rules": forms.rules,
        "draw": forms.draw,
        "is_graded": opened.is_graded,
        "refusal": refusal,
        "has_errors": bool(forms.goal.errors or forms.rules.errors),
    }
    status = 409 if refusal else 200
    return render(request, "studio/quiz_plan_edit.html", context, status=status)


# --- trying it out -------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def quiz_try(request: SignedInRequest, course_key: str, quiz_key: str) -> HttpResponse:
    """Show a paper of the draft's quiz as a learner gets it; mark it, keep nothing."""
    opened = _open(request, course_key, quiz_key)
    seed = request.POST.get("seed", "")
    number = int(seed[:9]) if seed.isdecimal() else _CHANCE.randrange(_MOST_SEED)
    context: dict[str, Any] = {
        "course": opened.course,
        "plan": opened.plan,
        "pass_mark": opened.requirement.pass_mark,
        "seed": number,
    }
    try:
        paper = draw_trial(opened.plan, seed=number)
    except EmptyPool:
        return render(request, "studio/quiz_try.html", {**context, "is_empty": True})
    context["paper"] = paper
    if request.method == "POST":
        context |= _marked(request, opened, paper)
    return render(request, "studio/quiz_try.html", context)


def _marked(
    request: SignedInRequest, opened: OpenedPlan, paper: TrialPaper
) -> dict[str, Any]:
    if request.POST.get("digest") != paper.digest:
        return {"is_changed": True}
    result = mark_trial(paper, dict(request.POST.lists()))
    asked = opened.requirement.pass_mark
    return {
        "result": result,
        "has_passed": asked is not None and result.percent >= asked,
    }
