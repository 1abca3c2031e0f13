"""HR puts right what was noted with a slip: shown first, then applied."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import correct_number
from accounts.actions.redating import redate_moves
from accounts.corrections import move_days, numbers
from accounts.corrections.forms import NumberForm
from accounts.stamps import SignedInRequest, requires
from lib.refusals import ActionRefused


@require_http_methods(["GET", "POST"])
@requires("accounts.import_people")
def number_correction(request: SignedInRequest) -> HttpResponse:
    """Show whose number is meant, then note that it was wrong."""
    form = NumberForm(request.POST or None)
    preview = None
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("wrong", "right")}
        preview = numbers.number_preview(request.user, **said)
        if (
            preview is None
            and _is_confirmed(request)
            and numbers.is_number_corrected(request.user, **said)
        ):
            # Pressed twice: the first time did it.
            messages.success(request, _number_corrected())
            return redirect("accounts:number_correction")
        if preview is None:
            form.add_error("wrong", _not_there())
        elif _is_confirmed(request) and _carried_out(
            request, form, correct_number, person_id=preview.person_id
        ):
            messages.success(request, _number_corrected())
            return redirect("accounts:number_correction")
    context = {
        "form": form,
        "preview": preview if _is_shown(request, form) else None,
        "rows": numbers.number_rows(request.user, page=request.GET.get("halaman")),
    }
    return render(request, "accounts/number_correction.html", context)


@require_http_methods(["GET", "POST"])
@requires("accounts.import_people")
def move_day_correction(request: SignedInRequest) -> HttpResponse:
    """Show which moves are meant, then let them hold from another day."""
    form = move_days.move_day_form(request.user, request.POST or None)
    preview = None
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("unit", "wrong", "right")}
        preview = move_days.move_preview(request.user, **said)
        if _is_confirmed(request) and move_days.is_day_corrected(preview):
            # Pressed twice: the first time did it.
            messages.success(request, _("Tanggal dibetulkan."))
            return redirect("accounts:move_day_correction")
        if _is_confirmed(request) and _typed(request) != preview.plan.total:
            form.add_error(None, _other_number())
        elif _is_confirmed(request) and _carried_out(request, form, redate_moves):
            messages.success(request, _("Tanggal dibetulkan."))
            return redirect("accounts:move_day_correction")
    context = {
        "form": form,
        "preview": preview if _is_shown(request, form) else None,
        "rows": move_days.redating_rows(request.user, page=request.GET.get("halaman")),
    }
    return render(request, "accounts/move_day_correction.html", context)


def _not_there() -> str:
    return _(
        "Nomor ini tidak tercatat untuk pegawai di unit Anda. Periksa kembali nomornya."
    )


def _number_corrected() -> str:
    return _(
        "Nomor dibetulkan. Bila ada sertifikat yang memuat nomor keliru, ajukan "
        "penggantiannya di menu Sertifikat."
    )


def _other_number() -> str:
    return _("Jumlahnya tidak sama. Periksa daftarnya, lalu ketik jumlah itu.")


def _carried_out(
    request: SignedInRequest, form: Any, verb: Callable[..., Any], **more: Any
) -> bool:
    """Do what the form says; what is refused is told on the form."""
    said = {**form.cleaned_data, **more}
    try:
        verb(**said, by=request.user, now=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _is_confirmed(request: HttpRequest) -> bool:
    return request.POST.get("langkah") == "terapkan"


def _is_shown(request: HttpRequest, form: Any) -> bool:
    """Say whether to show what would be done, instead of the form once more."""
    return request.POST.get("langkah") != "ubah" and form.is_valid()


def _typed(request: HttpRequest) -> int | None:
    digits = request.POST.get("jumlah", "").strip().replace(".", "")
    return int(digits) if digits.isdigit() and len(digits) < 9 else None
