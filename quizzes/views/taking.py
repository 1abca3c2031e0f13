"""Taking a quiz: start, answer, hand in."""

import json
import re
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.stamps import SignedInRequest, public, signed_in
from courses.invitation import invite
from courses.selectors.fetching import find_active_enrollment
from lib.messages import warn_of_refusal
from lib.rate_limit import take_try
from quizzes import actions
from quizzes.exceptions import AttemptNotAllowed, ResponseNotAccepted
from quizzes.fetching import (
    check_quiz_is_offered,
    get_attempt_for,
    get_quiz_for,
    get_quiz_of,
)
from quizzes.forms.answers import AutosaveForm
from quizzes.kinds import Refusal
from quizzes.models import Attempt
from quizzes.taking import attempt_pages, tokens
from quizzes.taking.quiz_page import quiz_page
from quizzes.taking.refusals_in_words import TOLD_AT_ONCE
from quizzes.taking.saving import SaidAnswer

LONGEST_PASSWORD = 128
_TOO_MANY_TRIES = _(
    "Terlalu banyak percobaan kata sandi. Tunggu lima menit, lalu coba lagi."
)
_POSITION = re.compile("[0-9]{1,4}")
# Saves of a plain form come from no device of their own.
_FORM_DEVICE = UUID("8f1d7a52-0f0a-4d0e-9c55-5d5f6d656c6b")


@require_GET
@signed_in
def quiz_detail(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Say what is coming: rules, attempts left, earlier results."""
    enrollment = find_active_enrollment(request.user, course_key)
    if enrollment is None:
        check_quiz_is_offered(course_key, quiz_key)
        return invite(request, course_key)
    quiz = get_quiz_of(enrollment, quiz_key)
    page = quiz_page(quiz, enrollment, now=timezone.now())
    return render(request, "quizzes/quiz_detail.html", {"page": page})


@require_POST
@signed_in
def attempt_start(
    request: SignedInRequest, course_key: str, quiz_key: str
) -> HttpResponse:
    """Start an attempt, or go on with the open one."""
    enrollment, quiz = get_quiz_for(request.user, course_key, quiz_key)
    password = request.POST.get("password", "")[:LONGEST_PASSWORD]
    key = f"{request.user.pk}:{quiz.pk}"
    tried = take_try(request, "quiz_password", key=key) if password else None
    if password and tried is None:
        messages.warning(request, _TOO_MANY_TRIES)
        return redirect("quizzes:quiz_detail", course_key, quiz_key)
    try:
        attempt = actions.start_attempt(
            quiz_id=quiz.pk,
            enrollment_id=enrollment.pk,
            by=request.user,
            now=timezone.now(),
            seed=secrets.randbits(62),
            password=password,
        )
    except AttemptNotAllowed as refusal:
        if tried and refusal.code != Refusal.PASSWORD:
            tried.rollback()
        # The page itself says why somebody must wait; the rest is told here.
        if refusal.code in TOLD_AT_ONCE:
            warn_of_refusal(request, refusal)
        return redirect("quizzes:quiz_detail", course_key, quiz_key)
    if tried:
        tried.rollback()
    return redirect("quizzes:attempt_item", attempt.key, 1)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def attempt_item(
    request: SignedInRequest, attempt_key: UUID, position: int
) -> HttpResponse:
    """Show one question; a POST saves the answer and moves on."""
    attempt = get_attempt_for(request.user, attempt_key)
    if request.method == "POST":
        return _save_and_move(request, attempt, position)
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("quizzes:attempt_result", attempt.key)
    if _is_over(attempt):
        return _hand_in(request, attempt)
    page = attempt_pages.attempt_item_page(attempt, position, now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "quizzes/attempt_item.html", {"page": page})


def _save_and_move(
    request: SignedInRequest, attempt: Attempt, position: int
) -> HttpResponse:
    said = SaidAnswer(
        position=position,
        fields=dict(request.POST.lists()),
        flagged=request.POST.get("flag") == "1",
        device=uuid5(_FORM_DEVICE, str(request.user.pk)),
        sequence=None,
    )
    try:
        save = actions.save_response(
            attempt_id=attempt.pk, said=said, now=timezone.now()
        )
    except ResponseNotAccepted as refusal:
        warn_of_refusal(request, refusal)
        return redirect("quizzes:attempt_item", attempt.key, position)
    if save.is_late:
        messages.warning(request, attempt_pages.late_message())
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("quizzes:attempt_result", attempt.key)
    if _is_over(attempt):
        return _hand_in(request, attempt)
    go = request.POST.get("go", "")
    if _POSITION.fullmatch(go):
        return redirect("quizzes:attempt_item", attempt.key, int(go))
    return redirect("quizzes:attempt_submit", attempt.key)


def _is_over(attempt: Attempt) -> bool:
    return attempt.closes_at is not None and timezone.now() > attempt.closes_at


def _hand_in(request: SignedInRequest, attempt: Attempt) -> HttpResponse:
    submitted = actions.submit_attempt(
        attempt_id=attempt.pk, by=request.user, now=timezone.now()
    )
    if submitted.submitted_at == submitted.deadline_at:
        messages.info(request, attempt_pages.late_message())
    return redirect("quizzes:attempt_result", attempt.key)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def attempt_submit(request: SignedInRequest, attempt_key: UUID) -> HttpResponse:
    """Show what is answered; a POST hands the attempt in."""
    attempt = get_attempt_for(request.user, attempt_key)
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("quizzes:attempt_result", attempt.key)
    if request.method == "POST" or _is_over(attempt):
        return _hand_in(request, attempt)
    page = attempt_pages.submit_page(attempt, now=timezone.now())
    return render(request, "quizzes/attempt_submit.html", {"page": page})


@csrf_exempt
@require_POST
@public
def response_save(request: HttpRequest, attempt_key: UUID) -> JsonResponse:
    """Take answers from a device's log; the attempt token is the permission.

    The token travels in a header, so no other site can send it, and the session may
    have ended. Answers with what was taken, so that the device can forget it.
    """
    attempt = tokens.attempt_of(request.headers.get("X-Attempt-Token", ""))
    if attempt is None or attempt.key != attempt_key:
        return JsonResponse({"code": "token"}, status=403)
    try:
        saves = _read_saves(request.body)
    except ValueError:
        return JsonResponse({"code": "unreadable"}, status=400)
    accepted, refused = [], []
    for said in saves:
        try:
            actions.save_response(attempt_id=attempt.pk, said=said, now=timezone.now())
        except ResponseNotAccepted as refusal:
            refused.append({"sequence": said.sequence, "code": refusal.code})
        else:
            accepted.append(said.sequence)
    # The session may have ended, so the person's zone is not active by itself.
    zone = ZoneInfo(attempt.person.time_zone)
    attempt.refresh_from_db()
    now = timezone.now()
    return JsonResponse(
        {
            "accepted": accepted,
            "refused": refused,
            "state": attempt.state,
            "seconds_left": attempt_pages.seconds_left(attempt, now),
            "saved_at": timezone.localtime(now, zone).strftime("%H.%M"),
        }
    )


def _read_saves(body: bytes) -> list[SaidAnswer]:
    rows: Any = json.loads(body)
    if not isinstance(rows, list) or len(rows) > 200:
        raise ValueError("Expected a list of at most 200 saves.")
    saves = []
    for row in rows:
        said = row if isinstance(row, dict) else {}
        form = AutosaveForm({**said, "said": said.get("fields") or {}})
        if not form.is_valid():
            raise ValueError(form.errors.as_json())
        values = form.cleaned_data
        saves.append(
            SaidAnswer(
                position=values["position"],
                fields=values["said"],
                flagged=values["flagged"],
                device=values["device"],
                sequence=values["sequence"],
                offset=timedelta(milliseconds=values["offset_ms"]),
            )
        )
    return saves
