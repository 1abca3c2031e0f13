"""Ulangan: three questions at a time, answer, explanation, next."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts.stamps import SignedInRequest, signed_in
from quizzes import actions
from quizzes.exceptions import ResponseNotAccepted
from quizzes.fetching import get_follow_up_item_for, get_review_card_for
from quizzes.forms.preference import ReviewPreferenceForm
from quizzes.practice import pages


@require_GET
@signed_in
def review_next(request: SignedInRequest) -> HttpResponse:
    """Show the next question that is due, or say kindly that there is none."""
    number, _total = pages.position_in_round(request.GET)
    now = timezone.now()
    page = pages.question_page(request.user, number=number, now=now)
    if page is not None:
        return render(request, "quizzes/review_next.html", {"page": page})
    if number > 1:
        return redirect("quizzes:review_done")
    rest = pages.rest_page(request.user, now=now)
    return render(request, "quizzes/review_rest.html", {"page": rest})


@require_POST
@signed_in
def review_answer(request: SignedInRequest, card_key: UUID) -> HttpResponse:
    """Mark an answer, schedule the question anew and explain it."""
    card = get_review_card_for(request.user, card_key)
    token = _token_in(request)
    now = timezone.now()
    response, problem = None, ""
    try:
        response = actions.answer_review(
            card_id=card.pk,
            fields=dict(request.POST.lists()),
            token=token,
            by=request.user,
            now=now,
        )
        card.refresh_from_db(fields=["due_at"])
    except ResponseNotAccepted as refusal:
        problem = refusal.message
    number, total = pages.position_in_round(request.POST)
    page = pages.card_page(
        card,
        number=number,
        total=total,
        person=request.user,
        now=now,
        token=token,
        response=response,
        problem=problem,
    )
    return render(request, "quizzes/review_next.html", {"page": page})


def _token_in(request: SignedInRequest) -> UUID:
    try:
        token: UUID = UUIDField().clean(request.POST.get("token", ""))
    except ValidationError as malformed:
        raise Http404 from malformed
    return token


@require_POST
@signed_in
def follow_up_answer(
    request: SignedInRequest, follow_up_key: UUID, position: int
) -> HttpResponse:
    """Take the one answer to a question of a follow-up and explain it."""
    item = get_follow_up_item_for(request.user, follow_up_key, position)
    now = timezone.now()
    response, problem = None, ""
    try:
        response = actions.answer_follow_up(
            item_id=item.pk,
            fields=dict(request.POST.lists()),
            by=request.user,
            now=now,
        )
    except ResponseNotAccepted as refusal:
        problem = refusal.message
    page = pages.follow_up_page(
        item, person=request.user, now=now, response=response, problem=problem
    )
    return render(request, "quizzes/review_next.html", {"page": page})


@require_GET
@signed_in
def review_done(request: SignedInRequest) -> HttpResponse:
    """End a round; another one may begin."""
    now = timezone.now()
    context = {
        "has_more": pages.has_more(request.user, now=now),
        "page": pages.rest_page(request.user, now=now),
    }
    return render(request, "quizzes/review_done.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def review_settings(request: SignedInRequest) -> HttpResponse:
    """Let the person switch Ulangan on, off, or let it rest."""
    now = timezone.now()
    initial = {"mode": pages.chosen_mode(request.user, now=now)}
    form = ReviewPreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_review_preference(
            person=request.user,
            is_off=form.cleaned_data["mode"] == "mati",
            rests=form.cleaned_data["mode"] == "jeda",
            now=now,
        )
        messages.success(request, _("Pilihan Ulangan tersimpan."))
        return redirect("quizzes:review_settings")
    return render(request, "quizzes/review_settings.html", {"form": form})
