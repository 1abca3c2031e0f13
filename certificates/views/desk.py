"""HR looks after the certificates of her people: what failed, what is to be put right.

To revoke or to replace takes two people: one asks, another one confirms.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from accounts.viewing import note_view
from certificates import correcting, desk_page, work
from certificates.fetching import (
    get_correctable_for,
    get_correction_for,
    get_work_for,
)
from certificates.forms import CorrectionForm
from certificates.policy import CORRECT
from certificates.rendering import RenderingFailed
from certificates.selectors import state_of
from lib.kept_search import keep_words, kept_words
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_GET
@requires(CORRECT)
def certificate_desk(request: SignedInRequest) -> HttpResponse:
    """Show what waits for a person, and find a certificate."""
    page = desk_page.certificate_desk(
        request.user,
        words=kept_words(request, desk_page.SEARCH_KEY),
        page=request.GET.get("halaman"),
        now=timezone.now(),
    )
    return render(request, "certificates/certificate_desk.html", {"page": page})


@require_POST
@requires(CORRECT)
def certificate_search(request: SignedInRequest) -> HttpResponse:
    """Keep the words in the session and show what they find."""
    address = reverse("certificates:certificate_desk")
    return keep_words(request, desk_page.SEARCH_KEY, address)


@require_http_methods(["GET", "POST"])
@requires(CORRECT)
def correction_ask(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a certificate with its requests, and ask for another one."""
    certificate = get_correctable_for(request.user, code)
    now = timezone.now()
    note_view(certificate.person, page="certificate", by=request.user, now=now)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            correcting.ask_correction(
                certificate_id=certificate.pk,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request,
                _(
                    "Permintaan tersimpan. Sertifikat tetap berlaku sampai orang kedua "
                    "menyetujuinya."
                ),
            )
            return redirect("certificates:correction_ask", code)
    context = {
        "certificate": certificate,
        "code": code,
        "state": state_of(certificate),
        "rows": desk_page.correction_rows(certificate, request.user),
        "form": form,
    }
    return render(request, "certificates/correction_ask.html", context)


@require_http_methods(["GET", "POST"])
@requires(CORRECT)
def correction_decide(request: SignedInRequest, correction_id: int) -> HttpResponse:
    """Show what would happen, and let the second person decide."""
    correction = get_correction_for(request.user, correction_id)
    if request.method == "POST":
        return _decided(request, correction)
    row = desk_page.correction_row(correction, request.user)
    return render(request, "certificates/correction_decide.html", {"row": row})


def _decided(request: HttpRequest, correction: Any) -> HttpResponse:
    who = {"correction_id": correction.pk, "by": request.user, "now": timezone.now()}
    try:
        if request.POST.get("keputusan") == "setuju":
            correcting.confirm_correction(**who)
            done = _("Disetujui. Pemeriksa sudah melihat keadaan yang baru.")
        else:
            correcting.decline_correction(**who)
            done = _("Permintaan ditutup. Sertifikat tetap berlaku.")
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    except RenderingFailed as failure:
        messages.warning(request, str(failure))
    else:
        messages.success(request, done)
    return redirect("certificates:correction_decide", correction.pk)


@require_POST
@requires(CORRECT)
def work_retry(request: SignedInRequest, work_id: int) -> HttpResponse:
    """Try once more to make a certificate, within a minute."""
    row = get_work_for(request.user, work_id)
    work.try_again(work_id=row.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Dicoba lagi dalam satu menit."))
    return redirect("certificates:certificate_desk")
