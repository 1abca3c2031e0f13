"""How a quiz is taken (published with the draft), and when and where it is open."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import can
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.models import Course
from lib.refusals import ActionRefused
from quizzes import actions as quizzes_actions
from studio.fetching import AUTHOR_COURSE, REVIEW_COURSE, get_course_for
from studio.forms.quiz import QuizConditionForm, QuizRulesForm
from studio.quizzes.page import QuizSettings, quiz_settings


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def quiz_settings_edit(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Show the settings of a quiz; `command` says which half is stored."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    can_edit = can(request.user, AUTHOR_COURSE, course, policy.COURSE)
    if request.method == "POST" and not can_edit:
        raise Http404
    settings = quiz_settings(course, quiz_key)
    command = request.POST.get("command", "")
    rules = QuizRulesForm(
        request.POST if command == "rules" else None,
        initial=QuizRulesForm.initial_of(settings.rules),
    )
    condition = QuizConditionForm(
        request.POST if command == "condition" else None,
        initial=QuizConditionForm.initial_of(settings.condition),
    )
    form, store = {
        "rules": (rules, _store_rules),
        "condition": (condition, _store_condition),
    }.get(command, (None, None))
    if form and store and form.is_valid():
        try:
            messages.success(request, store(request, course, settings, form))
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("studio:quiz_settings_edit", course.key, quiz_key)
    context = {
        "course": course,
        "settings": settings,
        "rules": rules,
        "condition": condition,
        "can_edit": can_edit,
        "is_refused": bool(form and form.errors),
    }
    return render(request, "studio/quiz_settings_edit.html", context)


def _store_rules(
    request: SignedInRequest, course: Course, settings: QuizSettings, form: Any
) -> str:
    draft = settings.draft
    if draft is None:
        raise ActionRefused(
            "no_draft", _("Buka draf kursus ini dulu, lalu ubah aturannya.")
        )
    quizzes_actions.set_quiz_rules(
        version=draft,
        key=settings.key,
        rules=form.content(),
        by=request.user,
        now=timezone.now(),
    )
    return _("Aturan tersimpan di draf. Berlaku setelah kursus diterbitkan.")


def _store_condition(
    request: SignedInRequest, course: Course, settings: QuizSettings, form: Any
) -> str:
    quizzes_actions.set_condition(
        course=course,
        quiz_key=settings.quiz.key,
        content=form.content(),
        by=request.user,
        now=timezone.now(),
    )
    return _("Waktu dan ruang tersimpan, dan berlaku sekarang.")
