"""Keeping the question of a report under a name, and opening it with one click."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.stamps import SignedInRequest, requires
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused
from reports.fetching import (
    get_open_view_for,
    get_shared_view_for,
    get_view_for,
)
from reports.saved import actions
from reports.saved.forms import SaveViewForm, ViewForm
from reports.saved.opening import address_for
from reports.saved.page import sharing_choices
from reports.saved.savable import savable_for
from reports.units.reach import CAPABILITY
from reports.units.tree import get_unit_for


@require_POST
@requires(CAPABILITY)
def view_save(request: SignedInRequest) -> HttpResponse:
    """Keep the filters of the page that the form stands on; then show them."""
    savable = savable_for(request.user, request.POST.get("laporan", ""))
    today = timezone.localdate()
    stored = savable.read(request.user, request.POST, today)
    form = SaveViewForm(request.POST)
    if stored is None or not form.is_valid():
        messages.warning(
            request,
            _("Tampilan belum disimpan. Beri nama paling panjang 80 huruf."),
        )
        return redirect(savable.address(stored or {}))
    if savable.has_day:
        _set_day(stored, is_fixed=form.is_fixed, today=today)
    try:
        view = actions.save_view(
            report=savable.key,
            name=form.cleaned_data["name"],
            filters=stored,
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect(savable.address(stored))
    messages.success(request, _("Tampilan “%(name)s” disimpan.") % {"name": view.name})
    return redirect("reports:view_open", view.key)


def _set_day(stored: dict[str, Any], *, is_fixed: bool, today: date) -> None:
    if is_fixed:
        stored.setdefault("as_of", today.isoformat())
    else:
        stored.pop("as_of", None)


@require_GET
@requires(CAPABILITY)
def view_open(request: SignedInRequest, view_key: UUID) -> HttpResponse:
    """Lead to the report with the filters of a view, within the reader's own reach."""
    view = get_open_view_for(request.user, view_key, CAPABILITY)
    try:
        return redirect(address_for(request.user, view))
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("reports:report_list")


@require_http_methods(["GET", "POST"])
@requires(CAPABILITY)
def view_edit(request: SignedInRequest, view_key: UUID) -> HttpResponse:
    """Rename a view of one's own, share it, and say how often its file is made."""
    view = get_view_for(request.user, view_key)
    form = ViewForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": view.name,
            "shared_on": view.shared_on.code if view.shared_on else "",
            "every": view.every,
            "format": view.format,
        },
        units=sharing_choices(request.user),
    )
    if form.is_valid():
        unit = get_unit_for(request.user, form.cleaned_data["shared_on"])
        try:
            actions.change_view(
                view_id=view.pk,
                content=actions.ViewContent(**{**form.cleaned_data, "shared_on": unit}),
                by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, _("Tampilan disimpan."))
            return redirect("reports:report_list")
    return render(request, "reports/view_edit.html", {"form": form, "view": view})


@require_POST
@requires(CAPABILITY)
def view_delete(request: SignedInRequest, view_key: UUID) -> HttpResponse:
    """Delete a view of one's own; the list offers to bring it back."""
    view = get_view_for(request.user, view_key)
    actions.delete_view(view_id=view.pk, by=request.user, now=timezone.now())
    return redirect("reports:report_list")


@require_POST
@requires(CAPABILITY)
def view_restore(request: SignedInRequest, view_key: UUID) -> HttpResponse:
    """Bring back what was just deleted."""
    view = get_view_for(request.user, view_key, is_deleted=True)
    try:
        actions.restore_view(view_id=view.pk, by=request.user, now=timezone.now())
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Tampilan dikembalikan."))
    return redirect("reports:report_list")


@require_POST
@requires(CAPABILITY)
def view_subscribe(request: SignedInRequest, view_key: UUID) -> HttpResponse:
    """Note that one wants the file of a view that is shared with one, or no more."""
    view = get_shared_view_for(request.user, view_key, CAPABILITY)
    is_wanted = request.POST.get("ikut") == "1"
    actions.subscribe_view(
        view_id=view.pk, is_wanted=is_wanted, by=request.user, now=timezone.now()
    )
    messages.success(
        request,
        _("Anda dikabari tiap kali berkasnya dibuat.")
        if is_wanted
        else _("Anda tidak dikabari lagi."),
    )
    return redirect("reports:report_list")
