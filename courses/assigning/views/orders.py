"""Orders: the list, giving some with a preview, one of them, taking back."""

from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import holds
from accounts.stamps import SignedInRequest, requires
from courses import actions
from courses.assigning import pages
from courses.assigning.fetching import (
    check_batch_of,
    get_order_for,
    get_unit_coded,
)
from courses.assigning.forms import ExtensionForm, OrderForm
from courses.assigning.people import ASSIGN, MANAGE_HOLIDAYS
from courses.assigning.preview import preview_of
from courses.assigning.words import course_titles, deadline_in_words, whom_in_words
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_GET
@requires(ASSIGN)
def order_list(request: SignedInRequest) -> HttpResponse:
    """Show the orders of one's units."""
    now = timezone.now()
    state, words = request.GET.get("status", ""), request.GET.get("kata", "")[:80]
    rows = pages.order_rows(
        request.user, state=state, words=words, page=request.GET.get("halaman"), now=now
    )
    context = {
        "rows": rows,
        "state": state,
        "states": pages.STATES,
        "words": words,
        "batch": pages.fresh_batch(request.user, now=now),
        "may_change_holidays": holds(request.user, MANAGE_HOLIDAYS),
    }
    return render(request, "courses/order_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def order_create(request: SignedInRequest) -> HttpResponse:
    """Show the form; say whom it means and what stands out; save what is confirmed."""
    now = timezone.now()
    today = now.astimezone(ZoneInfo(request.user.time_zone)).date()
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        initial={"token": uuid4()},
        user=request.user,
        today=today,
    )
    is_back = "kembali" in request.POST
    if request.method != "POST" or is_back or not form.is_valid():
        return render(request, "courses/order_create.html", {"form": form})
    content = form.content()
    preview = preview_of(content, user=request.user, today=today)
    is_sure = not preview.must_confirm or "yakin" in request.POST
    if "simpan" in request.POST and is_sure:
        return _save(request, content, now)
    context = {
        "preview": preview,
        "is_missing": "simpan" in request.POST,
        "kept": _kept(request),
        "titles": course_titles(content.courses),
        "whom": [
            whom_in_words(target.unit, target.rule, len(target.people))
            for target in content.targets
        ],
        "deadline": deadline_in_words(content),
        "content": content,
    }
    return render(request, "courses/order_preview.html", context)


def _kept(request: SignedInRequest) -> list[tuple[str, str]]:
    """Return what was filled in, for the form that confirms it."""
    left_out = {"csrfmiddlewaretoken", "simpan", "yakin", "kembali"}
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in left_out
        for value in values
    ]


def _save(request: SignedInRequest, content: Any, now: Any) -> HttpResponse:
    try:
        orders = actions.give_orders(content=content, by=request.user, now=now)
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("assigning:order_create")
    said = ngettext(
        "%(count)d penugasan disimpan.", "%(count)d penugasan disimpan.", len(orders)
    )
    messages.success(request, said % {"count": len(orders)})
    return redirect("assigning:order_list")


@require_POST
@requires(ASSIGN)
def order_undo(request: SignedInRequest, batch: UUID) -> HttpResponse:
    """Take back what one has just saved."""
    check_batch_of(request.user, batch)
    try:
        count = actions.undo_orders(batch=batch, by=request.user, now=timezone.now())
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        if count:
            messages.success(request, _("Dibatalkan. Semua kembali seperti semula."))
    return redirect("assigning:order_list")


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def order_detail(request: SignedInRequest, order_id: int) -> HttpResponse:
    """Show an order; give more time to a person or a unit of one's own."""
    order = get_order_for(request.user, order_id)
    form = ExtensionForm(
        request.POST if request.method == "POST" else None, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            _extend(request, order.pk, form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _told_of_extension(form.cleaned_data))
            return redirect("assigning:order_detail", order.pk)
    page = pages.order_page(order, user=request.user, now=timezone.now())
    return render(request, "courses/order_detail.html", {"page": page, "form": form})


def _told_of_extension(said: dict[str, Any]) -> str:
    if said["number"]:
        return _("Tenggat %(name)s diperpanjang.") % {"name": said["number"].full_name}
    return _("Tenggatnya diperpanjang.")


def _extend(request: SignedInRequest, order_id: int, said: dict[str, Any]) -> None:
    user = request.user
    actions.extend_deadline(
        assignment_id=order_id,
        due_on=said["due_on"],
        reason=said["reason"],
        person=said["number"],
        unit=get_unit_coded(user, said["code"]) if said["code"] else None,
        by=user,
        now=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
@requires(ASSIGN)
def order_withdraw(request: SignedInRequest, order_id: int) -> HttpResponse:
    """Ask, then withdraw an order; what people have done stays."""
    order = get_order_for(request.user, order_id)
    if request.method == "POST":
        actions.cancel_assignment(
            assignment_id=order.pk, by=request.user, now=timezone.now()
        )
        messages.success(request, _("Penugasan ditarik. Riwayat belajar tetap ada."))
        return redirect("assigning:order_list")
    page = pages.order_page(order, user=request.user, now=timezone.now())
    return render(request, "courses/order_withdraw.html", {"page": page})
