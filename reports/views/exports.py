"""Asking for files, seeing how far they are, and fetching them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit
from accounts.models import User
from accounts.stamps import SignedInRequest, requires
from reports import actions
from reports.completion import report
from reports.completion.page import kept_parameters, searched_words
from reports.exports.files import download_name
from reports.exports.rows import export_row
from reports.fetching import exports_of, get_export_for, get_file_for
from reports.filters.choices import filter_form
from reports.models import ExportJob
from reports.units.reach import CAPABILITY

EXPORTS_PER_PAGE = 20


@require_POST
@requires(CAPABILITY)
def export_ask(request: SignedInRequest) -> HttpResponseBase:
    """Hand over the file of the rows on the screen, or say that it is on its way."""
    words = searched_words(request.session, request.POST)
    form = filter_form(request.user, request.POST)
    if not form.is_valid():
        query = urlencode(kept_parameters(request.POST, is_search=bool(words)))
        return redirect(f"{reverse('reports:completion')}?{query}")
    job = actions.ask_for_export(
        report=report.COMPLETION_KEY,
        format=asked_format(request.POST),
        filters=form.filters(words=words).as_json(),
        by=request.user,
        now=timezone.now(),
    )
    if job.state == ExportJob.State.DONE:
        return handed_over(job, request.user)
    messages.add_message(request, *told_of_waiting(job))
    return redirect("reports:export_list")


def asked_format(data: Any) -> ExportJob.Format:
    """Return the format whose button was pressed; the one for Excel where none was."""
    asked = data.get("format", "")
    known = set(ExportJob.Format.values) - {ExportJob.Format.ZIP}
    return ExportJob.Format(asked) if asked in known else ExportJob.Format.XLSX


def told_of_waiting(job: ExportJob) -> tuple[int, str]:
    """Return what is said of an export whose file is not there yet."""
    if job.state == ExportJob.State.FAILED:
        return messages.WARNING, job.message
    return (
        messages.SUCCESS,
        _("Berkas sedang disiapkan. Boleh ditinggal, lalu ambil di sini."),
    )


@require_GET
@requires(CAPABILITY)
def export_list(request: SignedInRequest) -> HttpResponseBase:
    """Show the person's own exports; the page may be reloaded as often as wanted."""
    exports = Paginator(exports_of(request.user), EXPORTS_PER_PAGE)
    page = exports.get_page(request.GET.get("halaman"))
    rows = [export_row(job) for job in page.object_list]
    context = {
        "exports": page,
        "rows": rows,
        "is_waiting": any(row.is_on_its_way for row in rows),
    }
    return render(request, "reports/export_list.html", context)


@require_GET
@requires(CAPABILITY)
def export_download(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """Hand over a file that was made before."""
    return handed_over(get_file_for(request.user, key), request.user)


@require_POST
@requires(CAPABILITY)
def export_retry(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """Try an export once more whose file is not there."""
    job = get_export_for(request.user, key)
    actions.retry_export(job_id=job.pk, by=request.user, now=timezone.now())
    return redirect("reports:export_list")


@require_POST
@requires(CAPABILITY)
def export_stop(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """Stop an export that is not done; asking again begins it anew."""
    job = get_export_for(request.user, key)
    actions.stop_export(job_id=job.pk, by=request.user, now=timezone.now())
    return redirect("reports:export_list")


def handed_over(job: ExportJob, person: User) -> FileResponse:
    """Return the file of an export that is done, for nobody to keep."""
    audit.record("reports.export.downloaded", job, by=person, now=timezone.now())
    zone = timezone.get_current_timezone()
    response = FileResponse(
        default_storage.open(job.path),
        as_attachment=True,
        filename=download_name(job, zone),
    )
    response["Cache-Control"] = "private, no-store"
    return response
