"""An admin looks after the tree of units: each change is shown first, then done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import tree
from accounts.actions.tree import MANAGE_UNITS
from accounts.fetching import get_managed_unit, other_managed_units
from accounts.models import Unit
from accounts.stamps import SignedInRequest, requires
from accounts.unit_tree import forms
from accounts.unit_tree.page import (
    found_units,
    tops_of,
    touched_by,
    touched_by_move,
    unit_page,
)
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_GET
@requires(MANAGE_UNITS)
def unit_list(request: SignedInRequest) -> HttpResponse:
    """Show the tops of what the user is admin of, and find a unit by name or code."""
    words = request.GET.get("kata", "")[:80]
    context = {
        "tops": tops_of(request.user),
        "found": found_units(request.user, words),
        "words": words,
    }
    return render(request, "accounts/unit_list.html", context)


@require_GET
@requires(MANAGE_UNITS)
def unit_detail(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show one unit, what is below it, and what became of it."""
    unit = get_managed_unit(request.user, unit_id)
    page = unit_page(request.user, unit, page=request.GET.get("halaman"))
    return render(request, "accounts/unit_detail.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(MANAGE_UNITS)
def unit_add(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Add a unit under this one."""
    parent = get_managed_unit(request.user, unit_id)
    form = forms.NewUnitForm(request.POST or None, initial=_today())
    if form.is_valid():
        made = _carried_out(
            request, form, tree.add_unit, parent_id=parent.pk, **form.cleaned_data
        )
        if made is not None:
            messages.success(request, _("Unit ditambahkan."))
            return _to(made)
    context = {"form": form, "unit": parent}
    return render(request, "accounts/unit_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_UNITS)
def unit_rename(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Give a unit another name from a day on."""
    unit = get_managed_unit(request.user, unit_id)
    form = forms.UnitNameForm(
        request.POST or None, initial={**_today(), "name": unit.name}
    )
    if form.is_valid():
        changed = _carried_out(
            request, form, tree.rename_unit, unit_id=unit.pk, **form.cleaned_data
        )
        if changed is not None:
            said = _("Nama tersimpan.") if changed else _("Tidak ada yang berubah.")
            messages.success(request, said)
            return _to(unit)
    context = {"form": form, "unit": unit}
    return render(request, "accounts/unit_rename.html", context)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_UNITS)
def unit_move(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show what a move touches, then let a unit stand under another."""
    unit = get_managed_unit(request.user, unit_id)
    others = other_managed_units(request.user, unit)
    form = forms.UnitMoveForm(request.POST or None, initial=_today(), units=others)
    is_shown = form.is_valid() and request.POST.get("langkah") != "ubah"
    if is_shown and _is_confirmed(request):
        said = form.cleaned_data
        moved = _carried_out(
            request,
            form,
            tree.move_unit,
            unit_id=unit.pk,
            parent_id=said["parent"].pk,
            starts_on=said["starts_on"],
        )
        if moved is not None:
            messages.success(request, _("Unit dipindahkan."))
            return _to(unit)
        is_shown = False
    context = {"form": form, "unit": unit, "is_shown": is_shown}
    if is_shown:
        context["move"] = touched_by_move(unit, form.cleaned_data["parent"])
    return render(request, "accounts/unit_move.html", context)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_UNITS)
def unit_close(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Show who and what is touched, then close a unit or merge it into another."""
    unit = get_managed_unit(request.user, unit_id)
    others = other_managed_units(request.user, unit)
    form = forms.UnitCloseForm(request.POST or None, initial=_today(), units=others)
    touched = touched_by(unit)
    is_shown = form.is_valid() and request.POST.get("langkah") != "ubah"
    if is_shown and _is_confirmed(request):
        said = form.cleaned_data
        closed = _carried_out(
            request,
            form,
            tree.close_unit,
            unit_id=unit.pk,
            successor_id=said["successor"].pk if said["successor"] else None,
            starts_on=said["starts_on"],
            reason=said["reason"],
            people=_typed(request),
        )
        if closed is not None:
            messages.success(request, _("Unit ditutup. Riwayatnya tetap tersimpan."))
            return _to(unit)
        is_shown = False
    context = {"form": form, "unit": unit, "touched": touched, "is_shown": is_shown}
    return render(request, "accounts/unit_close.html", context)


@require_POST
@requires(MANAGE_UNITS)
def unit_reopen(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Open a closed unit again from today on."""
    unit = get_managed_unit(request.user, unit_id)
    try:
        tree.reopen_unit(
            unit_id=unit.pk,
            starts_on=timezone.localdate(),
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Unit dibuka lagi."))
    return _to(unit)


def _today() -> dict[str, Any]:
    return {"starts_on": timezone.localdate()}


def _is_confirmed(request: HttpRequest) -> bool:
    return request.POST.get("langkah") == "terapkan"


def _typed(request: HttpRequest) -> int:
    """Return the number that was typed; -1, which nothing is, for anything else."""
    digits = request.POST.get("jumlah", "").strip().replace(".", "")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else -1


def _carried_out(
    request: SignedInRequest, form: Any, verb: Callable[..., Any], **said: Any
) -> Any:
    """Do what the form says; None where it was refused, which the form then tells."""
    try:
        return verb(**said, by=request.user, now=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, refusal.message)
        return None


def _to(unit: Unit) -> HttpResponse:
    return redirect("accounts:unit_detail", unit.pk)
