"""The public page: is this certificate genuine?"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.nip import mask_nip
from accounts.stamps import public
from certificates.forms import VerifyForm
from certificates.models import Certificate
from certificates.selectors import Verdict, verdict_on
from certificates.verification_code import display, normalise_code
from lib.indonesian import format_date, format_date_range
from lib.rate_limit import rate_limited


@dataclass(frozen=True)
class VerdictPage:
    """What may be said in public; no score, no predikat, the NIP masked."""

    verdict: str
    headline: str
    message: str
    code: str
    checked_at: datetime
    facts: list[tuple[str, str]] = field(default_factory=list)
    replaced_by_url: str | None = None


@require_GET
@public
@rate_limited("verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code; anything that can be one leads to its own address."""
    form = VerifyForm(request.GET or None)
    if form.is_valid():
        code = normalise_code(form.cleaned_data["kode"])
        if code:
            return redirect("certificates:certificate_verify", display(code))
        form.add_error(
            "kode",
            _("Kode terdiri dari 10 huruf dan angka, contohnya 7KQ4M-2XD9R."),
        )
    return render(request, "certificates/verify.html", {"form": form})


@require_GET
@public
@rate_limited("verify")
def certificate_verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say genuine, revoked, replaced or unknown, to anybody."""
    normalised = normalise_code(code)
    verdict = verdict_on(normalised) if normalised else Verdict("unknown")
    page = _page(verdict, code=display(normalised) if normalised else code[:20])
    response = render(
        request,
        "certificates/certificate_verify.html",
        {"page": page, "form": VerifyForm()},
        status=404 if page.verdict == "unknown" else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _page(verdict: Verdict, *, code: str) -> VerdictPage:
    headlines = {
        "genuine": _("Sertifikat ini asli"),
        "revoked": _("Sertifikat ini dicabut"),
        "replaced": _("Sertifikat ini sudah diganti"),
        "unknown": _("Kode tidak ditemukan"),
    }
    certificate = verdict.certificate
    return VerdictPage(
        verdict=verdict.verdict,
        headline=headlines[verdict.verdict],
        message=_message(verdict),
        code=code,
        checked_at=timezone.now(),
        facts=_facts(certificate) if certificate else [],
        replaced_by_url=reverse(
            "certificates:certificate_verify",
            args=[display(verdict.replacement.code)],
        )
        if verdict.replacement
        else None,
    )


def _message(verdict: Verdict) -> str:
    if verdict.verdict == "revoked" and verdict.certificate:
        revocation = verdict.certificate.revocation
        return _("Dicabut %(date)s: %(reason)s.") % {
            "date": _day(revocation.revoked_at),
            "reason": revocation.get_reason_display(),
        }
    if verdict.verdict == "replaced" and verdict.replacement:
        return _("Diganti %(date)s oleh sertifikat nomor %(number)s.") % {
            "date": _day(verdict.replacement.issued_at),
            "number": verdict.replacement.number,
        }
    if verdict.verdict == "unknown":
        return _(
            "Periksa lagi huruf dan angkanya. Bila tetap tidak ditemukan, tanyakan "
            "kepada penyelenggara yang tertulis pada sertifikat."
        )
    return ""


def _day(moment: datetime) -> str:
    return format_date(timezone.localdate(moment), style="medium")


def _facts(certificate: Certificate) -> list[tuple[str, str]]:
    data = certificate.data

    def day(name: str) -> str:
        return format_date(date.fromisoformat(data[name]), style="medium")

    return [
        (_("Nama"), data["name"]),
        (data["id_label"], mask_nip(data["id_number"])),
        (_("Jabatan"), data["jabatan"]),
        (_("Unit kerja"), data["unit_name"]),
        (_("Instansi"), data["agency"]),
        (_("Pelatihan"), data["course_title"]),
        (_("Jam pelajaran"), f"{data['jp']} JP"),
        (
            _("Waktu belajar"),
            format_date_range(
                date.fromisoformat(data["started_on"]),
                date.fromisoformat(data["completed_on"]),
            ),
        ),
        (_("Tanggal terbit"), day("issued_on")),
        (_("Nomor sertifikat"), certificate.number),
        (_("Kode verifikasi"), display(certificate.code)),
    ]
