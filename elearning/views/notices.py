"""The list of what a person was told, and which kinds she wants."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from accounts import actions
from accounts.forms import NoticeKindsForm
from accounts.notices.page import notice_page, wanted_kinds
from accounts.stamps import SignedInRequest, signed_in
from elearning.views.calendars import calendar_url


@require_GET
@signed_in
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Show everything she was told, the newest first."""
    page = notice_page(request.user, number=request.GET.get("halaman"))
    return render(request, "notices/notice_list.html", {"page": page})


@require_POST
@signed_in
def notice_open(request: SignedInRequest, told_id: int) -> HttpResponse:
    """Note that she has read a notice, and lead to what it is about."""
    url = actions.read_told(person=request.user, notice_id=told_id, now=timezone.now())
    if not url:
        raise Http404
    return redirect(url)


@require_POST
@signed_in
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    """Note that she has read everything."""
    actions.read_told(person=request.user, notice_id=None, now=timezone.now())
    return redirect("notice_list")


@require_http_methods(["GET", "POST"])
@signed_in
def notice_settings(request: SignedInRequest) -> HttpResponse:
    """Let her choose which kinds count on the bell and come by mail."""
    wanted = wanted_kinds(request.user)
    said = request.POST if request.method == "POST" else None
    form = NoticeKindsForm(said, initial={"kinds": wanted})
    if request.method == "POST" and form.is_valid():
        actions.silence_kinds(person=request.user, kinds=form.silenced())
        messages.success(request, _("Pilihan pemberitahuan tersimpan."))
        return redirect("notice_settings")
    context = {"form": form, "calendar_url": calendar_url(request)}
    return render(request, "notices/notice_settings.html", context)
