"""The author's inbox: the list, one inquiry, its answer."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.stamps import SignedInRequest, requires
from courses.exceptions import InquiryNotPossible
from courses.inquiries.actions import InquiryAnswer, answer_inquiry, close_inquiry
from courses.models import Inquiry
from lib.messages import warn_of_refusal
from studio.choices import course_choices
from studio.fetching import AUTHOR_COURSE, get_inquiry_for
from studio.forms.inquiry import AnswerForm, InboxForm
from studio.inquiries.page import inbox, inquiry_detail

# Older than every inquiry: what cannot be read was seen never.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
@requires(AUTHOR_COURSE)
def inquiry_list(request: SignedInRequest) -> HttpResponse:
    """Show what learners ask about courses of the person's units."""
    courses = course_choices(request.user, AUTHOR_COURSE)
    form = InboxForm(request.GET, courses=courses)
    filters = form.filters()
    rows, waiting = inbox(request.user, filters, page=request.GET.get("halaman"))
    context = {
        "form": form,
        "rows": rows,
        "waiting": waiting,
        "is_filtered": bool(filters.state or filters.kind or filters.course),
    }
    return render(request, "studio/inquiry_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(AUTHOR_COURSE)
def inquiry_detail_page(request: SignedInRequest, inquiry_key: UUID) -> HttpResponse:
    """Show an inquiry, and take its answer."""
    row = get_inquiry_for(request.user, inquiry_key, AUTHOR_COURSE)
    if request.method != "POST":
        return _page(request, row, _form_of(row))
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        answer = InquiryAnswer(said["text"], said["is_public"], said["public_text"])
        try:
            answer_inquiry(
                inquiry_id=row.pk,
                answer=answer,
                seen=_moment(said["seen"]),
                by=request.user,
                now=timezone.now(),
            )
        except InquiryNotPossible as refusal:
            # What was typed stays, beside what stands there now.
            data = request.POST.copy()
            data["seen"] = row.changed_at.isoformat()
            form = AnswerForm(data)
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Jawaban terkirim."))
            return redirect("studio:inquiry_list")
    return _page(request, row, form)


def _form_of(row: Inquiry) -> AnswerForm:
    initial = {
        "text": row.answer,
        "is_public": row.is_public,
        "public_text": row.public_text or row.text,
        "seen": row.changed_at.isoformat(),
    }
    return AnswerForm(initial=initial)


def _page(request: SignedInRequest, row: Inquiry, form: AnswerForm) -> HttpResponse:
    context = {"page": inquiry_detail(row), "form": form}
    status = 409 if form.is_bound else 200
    return render(request, "studio/inquiry_detail.html", context, status=status)


def _moment(text: str) -> datetime:
    try:
        said = parse_datetime(text)
    except ValueError:
        said = None
    return said if said and timezone.is_aware(said) else _NEVER


@require_POST
@requires(AUTHOR_COURSE)
def inquiry_close(request: SignedInRequest, inquiry_key: UUID) -> HttpResponse:
    """Put an inquiry aside."""
    row = get_inquiry_for(request.user, inquiry_key, AUTHOR_COURSE)
    try:
        close_inquiry(
            inquiry_id=row.pk,
            seen=_moment(request.POST.get("seen", "")),
            by=request.user,
            now=timezone.now(),
        )
    except InquiryNotPossible as refusal:
        warn_of_refusal(request, refusal)
        return redirect("studio:inquiry_detail", row.key)
    messages.success(request, _("Pertanyaan ditutup."))
    return redirect("studio:inquiry_list")
