"""A person's own record: JP, history, and a copy of everything."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from accounts.stamps import SignedInRequest, signed_in
from elearning.own_record.archive import own_archive
from elearning.own_record.history import history_page
from elearning.own_record.jp_ledger import jp_ledger_page
from elearning.own_record.workbook import own_workbook
from lib.spreadsheets import XLSX_TYPE


@require_GET
@signed_in
def jp_ledger(request: SignedInRequest) -> HttpResponse:
    """Show the JP of a year, each with its reason."""
    asked = request.GET.get("tahun", "")
    page = jp_ledger_page(request.user, asked, now=timezone.now())
    return render(request, "own_record/jp_ledger.html", {"page": page})


@require_GET
@signed_in
def history(request: SignedInRequest) -> HttpResponse:
    """Show every course with its attempts, scores and certificates."""
    page = history_page(request.user, number=request.GET.get("halaman"))
    return render(request, "own_record/history.html", {"page": page})


@require_POST
@signed_in
def record_download(request: SignedInRequest) -> HttpResponse:
    """Hand her record out as a workbook."""
    audit.record(
        "elearning.record.downloaded",
        request.user,
        by=request.user,
        now=timezone.now(),
    )
    response = HttpResponse(own_workbook(request.user), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="catatan-belajar.xlsx"'
    return response


@require_GET
@signed_in
def own_data(request: SignedInRequest) -> HttpResponse:
    """Say what the copy of everything holds."""
    return render(request, "own_record/own_data.html")


@require_POST
@signed_in
def own_data_download(request: SignedInRequest) -> HttpResponse:
    """Hand out everything that the site keeps about her."""
    now = timezone.now()
    audit.record("elearning.data.downloaded", request.user, by=request.user, now=now)
    content = own_archive(request.user, now=now)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="data-saya.zip"'
    return response
