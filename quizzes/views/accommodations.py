"""HR gives one person more time or more attempts (kelonggaran)."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from lib.kept_search import keep_words, kept_words
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from quizzes import actions
from quizzes.accommodations import pages
from quizzes.accommodations.pages import GRANT
from quizzes.fetching import get_accommodation_for, get_person_for
from quizzes.forms.accommodation import AccommodationForm
from quizzes.late_answers.pages import late_attempts_of


@require_GET
@requires(GRANT)
def accommodation_list(request: SignedInRequest) -> HttpResponse:
    """Show what people were given, and find somebody by name or NIP."""
    words = kept_words(request, pages.SEARCH_KEY)
    context = {
        "words": words,
        "people": pages.find_people(request.user, words),
        "rows": pages.accommodation_rows(request.user, page=request.GET.get("halaman")),
    }
    return render(request, "quizzes/accommodation_list.html", context)


@require_POST
@requires(GRANT)
def accommodation_search(request: SignedInRequest) -> HttpResponse:
    """Keep the words in the session and show whom they find."""
    return keep_words(request, pages.SEARCH_KEY, reverse("quizzes:accommodation_list"))


@require_http_methods(["GET", "POST"])
@requires(GRANT)
def accommodation_grant(request: SignedInRequest, person_key: UUID) -> HttpResponse:
    """Show what a person has, and give her more."""
    person = get_person_for(request.user, person_key, GRANT)
    if person.pk == request.user.pk:
        # Nobody gives herself more time.
        raise Http404
    note_view(person, page="accommodations", by=request.user, now=timezone.now())
    form = AccommodationForm(
        request.POST if request.method == "POST" else None,
        initial={"token": uuid4()},
        quizzes=pages.offered_quizzes(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_accommodation(
                person=person,
                content=form.content(),
                token=form.cleaned_data["token"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request,
                _("Kelonggaran diberikan, dan berlaku sekarang juga."),
            )
            return redirect("quizzes:accommodation_grant", person.key)
    context = {
        "person": person,
        "form": form,
        "rows": pages.rows_of(person),
        "late_attempts": late_attempts_of(request.user, person),
    }
    return render(request, "quizzes/accommodation_grant.html", context)


@require_POST
@requires(GRANT)
def accommodation_revoke(
    request: SignedInRequest, accommodation_key: UUID
) -> HttpResponse:
    """End what somebody was given; a running attempt keeps its time."""
    row = get_accommodation_for(request.user, accommodation_key, GRANT)
    try:
        actions.revoke_accommodation(
            accommodation_id=row.pk,
            reason=request.POST.get("reason", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Kelonggaran dicabut."))
    return redirect("quizzes:accommodation_grant", row.person.key)
