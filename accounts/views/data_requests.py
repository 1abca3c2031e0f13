"""People ask about their own data; HR answers."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import data_requests as actions
from accounts.data_requests import pages
from accounts.data_requests.forms import DataAnswerForm, DataRequestForm
from accounts.data_requests.pages import ANSWER
from accounts.models import DataRequest
from accounts.stamps import SignedInRequest, requires, signed_in
from accounts.viewing import note_view
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_http_methods(["GET", "POST"])
@signed_in
def data_request_list(request: SignedInRequest) -> HttpResponse:
    """Show what the person asked about her data, and let her ask."""
    form = DataRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_about_data(
                person=request.user, **form.cleaned_data, now=timezone.now()
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            said = _("Permintaan terkirim. Jawabannya paling lambat 3 × 24 jam lagi.")
            messages.success(request, said)
            return redirect("accounts:data_request_list")
    context = {
        "form": form,
        "rows": pages.own_data_requests(
            request.user, number=request.GET.get("halaman")
        ),
        "erasure": pages.erasure_of(request.user),
    }
    return render(request, "accounts/data_request_list.html", context)


@require_POST
@signed_in
def data_request_withdraw(request: SignedInRequest, request_key: UUID) -> HttpResponse:
    """Take back what the person asked."""
    asked = pages.get_own_data_request(request.user, request_key)
    try:
        actions.withdraw_data_request(
            request_id=asked.pk, by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Permintaan dibatalkan."))
    return redirect("accounts:data_request_list")


@require_POST
@signed_in
def restriction_end(request: SignedInRequest) -> HttpResponse:
    """Let the person's data be processed again."""
    if actions.end_restriction(person=request.user, now=timezone.now()):
        messages.success(request, _("Pembatasan dicabut."))
    return redirect("accounts:data_request_list")


@require_GET
@requires(ANSWER)
def data_request_queue(request: SignedInRequest) -> HttpResponse:
    """Show what waits for an answer, or what was answered."""
    is_answered = request.GET.get("status") == "dijawab"
    rows = pages.data_request_queue(
        request.user,
        is_answered=is_answered,
        number=request.GET.get("halaman"),
        now=timezone.now(),
    )
    context = {"rows": rows, "is_answered": is_answered}
    return render(request, "accounts/data_request_queue.html", context)


@require_http_methods(["GET", "POST"])
@requires(ANSWER)
def data_request_answer(request: SignedInRequest, request_key: UUID) -> HttpResponse:
    """Show a request with its clock, and answer it."""
    asked = pages.get_data_request_for(request.user, request_key)
    now = timezone.now()
    note_view(asked.person, page="data_request", by=request.user, now=now)
    form = DataAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_answered(request, asked, form):
        messages.success(request, _("Jawaban tersimpan. Pegawainya diberi tahu."))
        return redirect("accounts:data_request_answer", asked.key)
    context = {
        "asked": asked,
        "row": pages.queued(asked, now=now),
        "form": form,
        "is_own": asked.person_id == request.user.pk,
        "erasure": pages.erasure_of(asked.person),
    }
    return render(request, "accounts/data_request_answer.html", context)


def _is_answered(
    request: SignedInRequest, asked: DataRequest, form: DataAnswerForm
) -> bool:
    """Do what the button says; what is refused is told on the form."""
    grants = request.POST.get("keputusan") == "kabulkan"
    verb = actions.accept_data_request if grants else actions.refuse_data_request
    try:
        verb(
            request_id=asked.pk,
            answer=form.cleaned_data["answer"],
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        if asked.state == DataRequest.State.WAITING:
            form.add_error(None, refusal.message)
        else:
            warn_of_refusal(request, refusal)
        return False
    return True


@require_GET
@requires(ANSWER)
def erasure_list(request: SignedInRequest) -> HttpResponse:
    """Show who is to be erased, and when: because she asked, or left long ago."""
    context = {
        "rows": pages.planned_erasures(request.user, number=request.GET.get("halaman")),
        "years": settings.ELEARNING_RETENTION_YEARS,
    }
    return render(request, "accounts/erasure_list.html", context)
