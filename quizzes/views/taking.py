"""Taking a quiz: start, answer, hand in."""

import re
import secrets
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.guards import TooManyTries, Try, try_own_secret
from accounts.stamps import SignedInRequest, by_token, signed_in
from courses.invitation import invite
from courses.selectors.fetching import find_active_enrollment
from lib.messages import warn_of_refusal
from lib.untrusted_json import read_json
from quizzes import actions
from quizzes.exceptions import AttemptNotAllowed, HandInRefused, ResponseNotAccepted
from quizzes.fetching import (
    check_quiz_is_offered,
    find_quiz_for,
    get_attempt_for,
    get_quiz_of,
)
from quizzes.forms.answers import HandInForm
from quizzes.kinds import Refusal
from quizzes.models import Attempt
from quizzes.taking import attempt_pages, tokens
from quizzes.taking.quiz_page import quiz_page
from quizzes.taking.reading_saves import SaidAnswer, read_saves
from quizzes.taking.refusals_in_words import TOLD_AT_ONCE

LONGEST_PASSWORD = 128
_POSITION = re.compile("[0-9]{1,4}")
_DEVICE = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
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
    enrollment_id, quiz_id = find_quiz_for(request.user, course_key, quiz_key)
    password = request.POST.get("password", "")[:LONGEST_PASSWORD]
    tried: Try | None = None
    try:
        if password:
            tried = try_own_secret(
                "quiz_password", request.user.pk, quiz_id, now=timezone.now()
            )
        attempt = actions.start_attempt(
            quiz_id=quiz_id,
            enrollment_id=enrollment_id,
            by=request.user,
            now=timezone.now(),
            seed=secrets.randbits(62),
            password=password,
        )
    except TooManyTries as wait:
        messages.warning(request, wait.message)
        return redirect("quizzes:quiz_detail", course_key, quiz_key)
    except AttemptNotAllowed as refusal:
        if tried and refusal.code != Refusal.PASSWORD:
            tried.never_was()
        # The page itself says why somebody must wait; the rest is told here.
        if refusal.code in TOLD_AT_ONCE:
            warn_of_refusal(request, refusal)
        return redirect("quizzes:quiz_detail", course_key, quiz_key)
    if tried:
        tried.succeeded()
    return redirect("quizzes:attempt_item", attempt.key, 1)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def attempt_item(
    request: SignedInRequest, attempt_key: UUID, position: int
) -> HttpResponse:
    """Show the paper at one question; a POST saves the answer and moves on."""
    attempt = get_attempt_for(request.user, attempt_key)
    if request.method == "POST":
        return _save_and_move(request, attempt, position)
    if attempt.state != Attempt.State.IN_PROGRESS:
        return redirect("quizzes:attempt_result", attempt.key)
    if _is_over(attempt):
        return _end(request, attempt)
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
    if attempt.state != Attempt.State.IN_PROGRESS:
        return redirect("quizzes:attempt_result", attempt.key)
    if _is_over(attempt):
        return _end(request, attempt)
    go = request.POST.get("go", "")
    if _POSITION.fullmatch(go):
        return redirect("quizzes:attempt_item", attempt.key, int(go))
    return redirect("quizzes:attempt_submit", attempt.key)


def _is_over(attempt: Attempt) -> bool:
    return attempt.closes_at is not None and timezone.now() > attempt.closes_at


def _end(request: SignedInRequest, attempt: Attempt) -> HttpResponse:
    """End what is over; where the deadline has just been moved, go on."""
    found = actions.end_attempt(
        attempt_id=attempt.pk, by=request.user, now=timezone.now()
    )
    if found.state == Attempt.State.IN_PROGRESS:
        return redirect("quizzes:attempt_item", attempt.key, 1)
    return _ended(request, found)


def _hand_in(request: SignedInRequest, attempt: Attempt) -> HttpResponse:
    form = HandInForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    submitted = actions.submit_attempt(
        attempt_id=attempt.pk,
        by=request.user,
        now=timezone.now(),
        named=said.get("log"),
        waits_for_log=not said.get("anyway"),
    )
    return _ended(request, submitted)


def _ended(request: SignedInRequest, attempt: Attempt) -> HttpResponse:
    if attempt.submitted_at == attempt.deadline_at:
        messages.info(request, attempt_pages.late_message())
    return redirect("quizzes:attempt_result", attempt.key)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def attempt_submit(request: SignedInRequest, attempt_key: UUID) -> HttpResponse:
    """Show what is answered; a POST hands the attempt in.

    Where answers of this device may be missing, the page comes back (409) and says so.
    """
    attempt = get_attempt_for(request.user, attempt_key)
    if attempt.state != Attempt.State.IN_PROGRESS:
        return redirect("quizzes:attempt_result", attempt.key)
    if _is_over(attempt):
        return _end(request, attempt)
    refusal = ""
    if request.method == "POST":
        try:
            return _hand_in(request, attempt)
        except HandInRefused as refused:
            refusal = refused.message
    # A page with the questions fetches the summary without them, and without a frame.
    is_part = "X-Part" in request.headers
    context = {
        "page": attempt_pages.submit_page(
            attempt, now=timezone.now(), with_paper=not is_part
        ),
        "frame": "base_part.html" if is_part else "base_focus.html",
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "quizzes/attempt_submit.html", context, status=status)


@require_POST
@signed_in
def attempt_mark(request: SignedInRequest, attempt_key: UUID) -> HttpResponse:
    """Mark an attempt that the deadline ended, because its person wants the result."""
    attempt = get_attempt_for(request.user, attempt_key)
    actions.mark_closed_attempt(
        attempt_id=attempt.pk, by=request.user, now=timezone.now()
    )
    return redirect("quizzes:attempt_result", attempt.key)


@csrf_exempt
@never_cache
@require_POST
@by_token
def response_save(request: HttpRequest, attempt_key: UUID) -> JsonResponse:
    """Take answers from a device's log; the attempt token is the permission.

    The token travels in a header, so no other site can send it, and the session may
    have ended. Answers with what was taken, so that the device can forget it. A page
    says which device it is, so that it is known before it has answered anything.
    """
    bearer = tokens.bearer_of(request.headers.get("X-Attempt-Token", ""))
    if bearer is None or bearer.attempt_key != attempt_key:
        return JsonResponse({"code": "token"}, status=403)
    try:
        said = read_saves(read_json(request.body))
    except ValueError:
        return JsonResponse({"code": "unreadable"}, status=400)
    now = timezone.now()
    try:
        taken = actions.save_responses(
            bearer=bearer, said=said, device=_device_of(request), now=now
        )
    except Attempt.DoesNotExist:
        return JsonResponse({"code": "token"}, status=403)
    # The session may have ended, so the person's zone is not active by itself.
    zone = ZoneInfo(taken.time_zone)
    return JsonResponse(
        {
            "accepted": taken.accepted,
            "refused": [
                {"sequence": number, "code": code} for number, code in taken.refused
            ],
            "state": taken.attempt.state,
            "seconds_left": attempt_pages.seconds_left(taken.attempt, now),
            "saved_at": timezone.localtime(now, zone).strftime("%H.%M"),
        }
    )


def _device_of(request: HttpRequest) -> UUID | None:
    said = request.headers.get("X-Device", "")
    return UUID(said) if _DEVICE.fullmatch(said) else None
