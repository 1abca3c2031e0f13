"""The public page: is this certificate genuine?"""

from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.guards import at_most
from accounts.nip import mask_nip
from accounts.stamps import public
from certificates import selectors
from certificates.forms import VerifyForm
from certificates.models import Certificate
from certificates.selectors import Verdict, verdict_on
from certificates.verification_code import display, normalise_code
from lib.indonesian import format_date, format_date_range


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
    former_address: str = ""


@require_GET
@public
@at_most("verify", reads=True)
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code; anything that can be one leads to its own address."""
    form = VerifyForm(request.GET or None)
    if form.is_valid():
        typed = selectors.read_typed(form.cleaned_data["kode"])
        if typed.code:
            return redirect("certificates:certificate_verify", display(typed.code))
        form.add_error("kode", _typed_wrongly(typed))
    return render(request, "certificates/verify.html", {"form": form})


@require_GET
@public
@at_most("verify", reads=True)
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


def _typed_wrongly(typed: selectors.Typed) -> str:
    if typed.foreign_host:
        return _(
            "Alamat %(host)s tidak pernah dipakai untuk sertifikat dari sini. Ketik "
            "kodenya saja, dan waspadai halaman tiruan."
        ) % {"host": typed.foreign_host}
    return _("Kode terdiri dari 10 huruf dan angka, contohnya 7KQ4M-2XD9R.")


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
        former_address=_former_address(certificate) if certificate else "",
    )


def _former_address(certificate: Certificate) -> str:
    """Return the host that the sheet shows where it is no longer the site's own."""
    printed = urlsplit(certificate.data["verify_url"]).netloc
    return printed if printed != urlsplit(settings.PUBLIC_URL).netloc else ""


def _message(verdict: Verdict) -> str:
    if verdict.verdict == "revoked" and verdict.certificate:
        revocation = verdict.certificate.revocation
        return _("Dicabut %(date)s: %(reason)s.") % {
            "date": _day(revocation.revoked_at),
            "reason": revocation.get_reason_display(),
        }
    if verdict.verdict == "replaced" and verdict.replacement:
        return _("Diganti %(date)s oleh sertifikat nomor %(number)s.") % {
            "date": _printed_day(verdict.replacement, "issued_on"),
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


def _printed_day(certificate: Certificate, name: str) -> str:
    return format_date(date.fromisoformat(certificate.data[name]), style="medium")


def _facts(certificate: Certificate) -> list[tuple[str, str]]:
    data = certificate.data

    return [
        (_("Nama"), data["name"]),
        (data["id_label"], mask_nip(data["id_number"])),
        (_("Jabatan"), data["jabatan"]),
        (_("Unit kerja"), data["unit_name"]),
        (_("Instansi"), data["agency"]),
        (_("Pelatihan"), data["course_title"]),
        (
            _("Jam pelajaran"),
            f"{data['jp']} JP" if data["jp"] else _("Penyegaran, tanpa tambahan JP"),
        ),
        (
            _("Waktu belajar"),
            format_date_range(
                date.fromisoformat(data["started_on"]),
                date.fromisoformat(data["completed_on"]),
            ),
        ),
        (_("Tanggal terbit"), _printed_day(certificate, "issued_on")),
        (_("Nomor sertifikat"), certificate.number),
        (_("Kode verifikasi"), display(certificate.code)),
    ]
