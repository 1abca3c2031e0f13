"""Certificates from elsewhere: handed in by people, decided about by HR."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.stamps import SignedInRequest, requires, signed_in
from accounts.viewing import note_view
from certificates.outside import actions, pages
from certificates.outside.forms import (
    HandInForm,
    OutsideAcceptForm,
    OutsideReasonForm,
)
from certificates.outside.papers import keep_paper, read_paper
from certificates.policy import DECIDE_OUTSIDE, VIEW_OUTSIDE
from lib.media.kinds import MEDIA_TYPES, PICTURES
from lib.messages import warn_of_refusal
from lib.refusals import ActionRefused


@require_GET
@signed_in
def outside_list(request: SignedInRequest) -> HttpResponse:
    """Show what the person handed in, and what became of it."""
    rows = pages.my_outside(request.user, page=request.GET.get("halaman"))
    return render(request, "certificates/outside_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@signed_in
def outside_add(request: SignedInRequest) -> HttpResponse:
    """Hand in a certificate from elsewhere."""
    posted = request.method == "POST"
    form = HandInForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"token": uuid4()},
    )
    if form.is_valid():
        try:
            actions.hand_in(
                person=request.user,
                content=form.content(),
                paper=keep_paper(form.cleaned_data["file"].read()),
                token=form.cleaned_data["token"],
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            field = "file" if refusal.code in {"paper", "known_paper"} else None
            form.add_error(field, refusal.message)
        else:
            messages.success(
                request,
                _("Sertifikat diajukan. Hasilnya tampil di sini dan lewat surel."),
            )
            return redirect("certificates:outside_list")
    return render(request, "certificates/outside_add.html", {"form": form})


@require_POST
@signed_in
def outside_withdraw(request: SignedInRequest, outside_key: UUID) -> HttpResponse:
    """Take back what the person handed in."""
    outside = pages.get_own_outside(request.user, outside_key)
    try:
        actions.withdraw_outside(
            outside_id=outside.pk, by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        warn_of_refusal(request, refusal)
    else:
        messages.success(request, _("Pengajuan dibatalkan."))
    return redirect("certificates:outside_list")


@require_GET
@signed_in
def outside_file(request: SignedInRequest, outside_key: UUID) -> HttpResponse:
    """Hand the paper to whose it is, or to HR of her unit; it can run nothing."""
    outside = pages.get_outside_for(request.user, outside_key, VIEW_OUTSIDE)
    data = read_paper(outside)
    if data is None:
        raise Http404
    audit.record(
        "certificates.outside.seen", outside, by=request.user, now=timezone.now()
    )
    disposition = "inline" if outside.ending in PICTURES else "attachment"
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[outside.ending],
        headers={
            "Content-Disposition": (
                f'{disposition}; filename="sertifikat-luar.{outside.ending}"'
            ),
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_GET
@requires(DECIDE_OUTSIDE)
def outside_queue(request: SignedInRequest) -> HttpResponse:
    """Show what waits for a decision, or what was decided."""
    tab = request.GET.get("status", "")
    rows = pages.outside_queue(request.user, tab=tab, page=request.GET.get("halaman"))
    tabs = [(value, state.label, value == tab) for value, state in pages.TABS]
    context = {
        "rows": rows,
        "tabs": tabs,
        "is_waiting": tab not in dict(pages.TABS[1:]),
    }
    return render(request, "certificates/outside_queue.html", context)


@require_http_methods(["GET", "POST"])
@requires(DECIDE_OUTSIDE)
def outside_review(request: SignedInRequest, outside_key: UUID) -> HttpResponse:
    """Show a certificate from elsewhere with its paper, and decide about it."""
    outside = pages.get_outside_for(request.user, outside_key, DECIDE_OUTSIDE)
    now = timezone.now()
    note_view(outside.person, page="outside", by=request.user, now=now)
    button = request.POST.get("keputusan", "")
    seen = {"round_seen": outside.round}
    accepting = OutsideAcceptForm(
        request.POST if button == "akui" else None,
        initial={**seen, "jp": outside.claimed_jp},
    )
    refusing = OutsideReasonForm(
        request.POST if button in {"tolak", "buka"} else None, initial=seen
    )
    if accepting.is_valid():
        done = _decided(request, outside.pk, accepting, actions.accept_outside)
    elif refusing.is_valid():
        reopens = button == "buka"
        verb = actions.reopen_outside if reopens else actions.refuse_outside
        done = _decided(request, outside.pk, refusing, verb)
    else:
        done = False
    if done:
        return redirect("certificates:outside_review", outside.key)
    context = {
        "page": pages.outside_review(request.user, outside),
        "accepting": accepting,
        "refusing": refusing,
    }
    return render(request, "certificates/outside_review.html", context)


def _decided(
    request: SignedInRequest, outside_id: int, form: Any, verb: Callable[..., bool]
) -> bool:
    """Do what the form says; what is refused is told on it."""
    try:
        verb(
            outside_id=outside_id,
            **form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("Keputusan tersimpan. Pegawainya diberi tahu."))
    return True
