"""Handing courses on to SIASN, and taking its answers back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.stamps import SignedInRequest, requires
from lib.spreadsheets import SpreadsheetProblem
from reports import actions
from reports.fetching import get_batch_for
from reports.models import ExportJob
from reports.siasn import actions as siasn_actions
from reports.siasn.answers import read_answers
from reports.siasn.eligible import year_of
from reports.siasn.page import siasn_page
from reports.siasn.rows import SIASN_KEY
from reports.units.reach import CAPABILITY
from reports.views.exports import told_of_waiting

STRANGERS_NAMED = 5


@require_GET
@requires(CAPABILITY)
def siasn(request: SignedInRequest) -> HttpResponse:
    """Show what is to be sent and what SIASN said."""
    page = siasn_page(
        request.user, number=request.GET.get("halaman", ""), now=timezone.now()
    )
    return render(request, "reports/siasn.html", {"page": page})


@require_POST
@requires(CAPABILITY)
def siasn_send(request: SignedInRequest) -> HttpResponseBase:
    """Put what waits into a batch and have its file made."""
    now = timezone.now()
    try:
        batch = siasn_actions.make_batch(
            year=year_of(request.user, now), by=request.user, now=now
        )
    except siasn_actions.NothingToSend as refused:
        messages.warning(request, refused.message)
        return redirect("reports:siasn")
    return _asked_for_file(request, batch.key)


@require_POST
@requires(CAPABILITY)
def siasn_download(request: SignedInRequest, batch: UUID) -> HttpResponseBase:
    """Have the file of a batch made once more; its rows are the same."""
    return _asked_for_file(request, get_batch_for(request.user, batch).key)


def _asked_for_file(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    job = actions.ask_for_export(
        report=SIASN_KEY,
        format=ExportJob.Format.ZIP,
        filters={"batch": str(key)},
        by=request.user,
        now=timezone.now(),
    )
    messages.add_message(request, *told_of_waiting(job))
    return redirect("reports:export_list")


@require_POST
@requires(CAPABILITY)
def siasn_answers(request: SignedInRequest) -> HttpResponseBase:
    """Write down the answers of an uploaded file."""
    upload = request.FILES.get("berkas")
    if upload is None:
        messages.warning(request, _("Pilih berkas jawaban lebih dulu."))
        return redirect("reports:siasn")
    try:
        answers = read_answers(upload, upload.name or "")
    except SpreadsheetProblem as problem:
        messages.warning(request, str(problem))
        return redirect("reports:siasn")
    told = siasn_actions.record_answers(
        answers=answers, by=request.user, now=timezone.now()
    )
    _tell(request, told)
    return redirect("reports:siasn")


def _tell(request: SignedInRequest, told: siasn_actions.Recorded) -> None:
    said = _("%(accepted)d diterima, %(refused)d ditolak, %(known)d sudah tercatat.")
    numbers = {
        "accepted": told.accepted,
        "refused": told.refused,
        "known": told.known,
    }
    messages.success(request, said % numbers)
    if told.strangers:
        words = ngettext(
            "%(count)d nomor tidak cocok dengan kiriman Anda dan dilewati: %(first)s.",
            "%(count)d nomor tidak cocok dengan kiriman Anda dan dilewati: %(first)s.",
            len(told.strangers),
        )
        first = ", ".join(told.strangers[:STRANGERS_NAMED])
        messages.warning(
            request, words % {"count": len(told.strangers), "first": first}
        )
