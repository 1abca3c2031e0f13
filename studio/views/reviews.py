"""Reviews of drafts: the queue, one draft, its lessons and questions, the decision."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import can, holds
from accounts.stamps import SignedInRequest, requires
from courses import policy
from courses.actions import CommentSubject
from courses.models import Course, CourseVersion
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from studio import actions
from studio.courses.outline import outline_for
from studio.fetching import (
    AUTHOR_COURSE,
    DECIDE_REVIEW,
    REVIEW_COURSE,
    draft_of,
    get_comment,
    get_course_for,
    get_question_for,
)
from studio.forms.review import AskForm, CommentForm, DecideForm
from studio.reviewing.page import review_page
from studio.reviewing.queue import review_rows
from studio.reviewing.subject import lesson_subject, question_subject


@require_safe
@requires(REVIEW_COURSE)
def review_list(request: SignedInRequest) -> HttpResponse:
    """Show which drafts wait for a review, oldest first."""
    context = {
        "rows": review_rows(request.user, page=request.GET.get("halaman")),
        "may_decide": holds(request.user, DECIDE_REVIEW),
    }
    return render(request, "studio/review_list.html", context)


def _draft_or_404(course: Course) -> CourseVersion:
    draft = draft_of(course)
    if draft is None:
        raise Http404
    return draft


def _rights(request: SignedInRequest, course: Course) -> dict[str, Any]:
    def may(capability: str) -> bool:
        return can(request.user, capability, course, policy.COURSE)

    return {
        "course": course,
        "may_decide": may(DECIDE_REVIEW),
        "can_edit": may(AUTHOR_COURSE),
        "token": uuid4(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def review_detail(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Show everything a draft changes, and what was said; take a comment on all."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    if request.method != "POST":
        return _detail(request, course)
    form = _comment(request, course, lambda _part: CommentSubject())
    if form is None:
        return redirect("studio:review_detail", course.key)
    return _detail(request, course, comment_form=form)


def _detail(
    request: SignedInRequest,
    course: Course,
    *,
    comment_form: CommentForm | None = None,
    ask_form: AskForm | None = None,
    decide_form: DecideForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show the page with what was typed, where it could not be taken (409)."""
    draft = draft_of(course)
    if draft is None:
        messages.info(request, problem or _("Tidak ada draf yang bisa ditinjau."))
        return redirect("studio:course_outline", course.key)
    context = {
        **_rights(request, course),
        "outline": outline_for(course),
        "page": review_page(course, draft, request.user),
        "form": comment_form or CommentForm(),
        "ask_form": ask_form or AskForm(),
        "decide_form": decide_form or DecideForm(),
        "problem": problem,
    }
    is_refused = problem or comment_form or ask_form or decide_form
    return render(
        request,
        "studio/review_detail.html",
        context,
        status=409 if is_refused else 200,
    )


def _status(form: CommentForm) -> int:
    return 409 if form.is_bound else 200


def _comment(request: SignedInRequest, course: Course, about: Any) -> Any:
    """Keep a comment and return None, or the form that could not be read."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form
    try:
        actions.comment_on_draft(
            course=course,
            about=about(form.cleaned_data["part"]),
            text=form.cleaned_data["text"],
            token=form.cleaned_data["token"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Komentar tersimpan."))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def review_lesson(
    request: SignedInRequest, course_key: str, lesson_key: str
) -> HttpResponse:
    """Show a lesson of the draft beside what is published; take a comment on a part."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    subject = lesson_subject(course, _draft_or_404(course), lesson_key)
    known = {part.key for part in subject.parts}
    form = CommentForm()
    if request.method == "POST":
        form = _comment(
            request,
            course,
            lambda part: CommentSubject(
                lesson_key=lesson_key, part_key=part if part in known else ""
            ),
        )
        if form is None:
            return redirect("studio:review_lesson", course.key, lesson_key)
    context = {
        **_rights(request, course),
        "subject": subject,
        "lesson_key": lesson_key,
        "form": form,
    }
    return render(request, "studio/review_lesson.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REVIEW_COURSE)
def review_question(
    request: SignedInRequest, course_key: str, bank_key: str, question_key: str
) -> HttpResponse:
    """Show a question's draft beside what is asked now; take a comment on it."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    draft = _draft_or_404(course)
    question = get_question_for(
        request.user, course, bank_key, question_key, REVIEW_COURSE
    )
    form = CommentForm()
    if request.method == "POST":
        form = _comment(
            request,
            course,
            lambda _part: CommentSubject(bank_key=bank_key, question_key=question_key),
        )
        if form is None:
            return redirect(
                "studio:review_question", course.key, bank_key, question_key
            )
    context = {
        **_rights(request, course),
        "subject": question_subject(draft, question),
        "question": question,
        "form": form,
    }
    return render(request, "studio/review_question.html", context, status=_status(form))


@require_POST
@requires(AUTHOR_COURSE)
def review_ask(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Ask others to look through the draft."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _detail(request, course, ask_form=form)
    try:
        actions.ask_for_review(
            course=course,
            note=form.cleaned_data["note"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        return _detail(request, course, ask_form=form, problem=refusal.message)
    messages.success(
        request, _("Tinjauan diminta. Penelaah melihatnya di antrean Studio.")
    )
    return redirect("studio:review_detail", course.key)


@require_POST
@requires(AUTHOR_COURSE)
def review_withdraw(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Take the request back."""
    course = get_course_for(request.user, course_key, AUTHOR_COURSE)
    if actions.withdraw_review(course=course, by=request.user, now=timezone.now()):
        messages.success(request, _("Permintaan tinjauan ditarik."))
    return redirect("studio:review_detail", course.key)


@require_POST
@requires(DECIDE_REVIEW)
def review_decide(request: SignedInRequest, course_key: str) -> HttpResponse:
    """Approve the draft as it was seen, or ask for changes."""
    course = get_course_for(request.user, course_key, DECIDE_REVIEW)
    form = DecideForm(request.POST)
    if not form.is_valid():
        unsaid = "verdict" in form.errors
        problem = _("Pilih setujui atau minta perbaikan.") if unsaid else ""
        return _detail(request, course, decide_form=form, problem=problem)
    approves = form.cleaned_data["verdict"] == "approve"
    try:
        actions.decide_on_draft(
            course=course,
            approves=approves,
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        return _detail(request, course, decide_form=form, problem=refusal.message)
    messages.success(
        request, _("Draf disetujui.") if approves else _("Perbaikan diminta.")
    )
    return redirect("studio:review_detail", course.key)


@require_POST
@requires(REVIEW_COURSE)
def comment_settle(
    request: SignedInRequest, course_key: str, comment_id: int
) -> HttpResponse:
    """Say that a comment is dealt with, or that it is not after all."""
    course = get_course_for(request.user, course_key, REVIEW_COURSE)
    comment = get_comment(course, comment_id)
    actions.settle_comment(
        comment_id=comment.pk,
        is_settled=request.POST.get("settled") == "1",
        by=request.user,
        now=timezone.now(),
    )
    if comment.lesson_key:
        return redirect("studio:review_lesson", course.key, comment.lesson_key)
    if comment.question_key:
        return redirect(
            "studio:review_question",
            course.key,
            comment.bank_key,
            comment.question_key,
        )
    return redirect("studio:review_detail", course.key)
