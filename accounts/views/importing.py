"""Importing people and units: upload, preview, confirm, result."""

from io import BytesIO
from typing import IO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.importing import apply_import
from accounts.forms_import import ImportForm
from accounts.people_import import files
from accounts.people_import.findings import ImportRefused
from accounts.people_import.plan import ImportOptions, ImportPlan
from accounts.people_import.planning import plan_import
from accounts.people_import.preview import preview_page
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import PeopleSheet
from accounts.people_import.uploads import FILES, Upload, details_of
from accounts.stamps import SignedInRequest, requires
from lib.messages import warn_of_refusal

# A request reads, plans and writes so many within ten seconds, on a busy machine
# within half a minute; `manage.py import_people` takes more.
MAX_ROWS = 10_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@requires("accounts.import_people")
def people_import(request: SignedInRequest) -> HttpResponse:
    """Take a file that can be read as people, and go on to its preview."""
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            _read(file, file.name)
        except ImportRefused as refusal:
            form.add_error("file", refusal.message)
        else:
            file.seek(0)
            options = ImportOptions(
                form.cleaned_data["starts_on"],
                form.cleaned_data["deactivate_missing"],
            )
            upload = FILES.keep(
                request.session,
                owner=request.user.key,
                file=file,
                details=details_of(options),
                now=timezone.now(),
            )
            return redirect("accounts:people_import_preview", key=upload.key)
    return render(request, "accounts/people_import.html", {"form": form})


@require_GET
@requires("accounts.import_people")
def people_import_template(request: SignedInRequest) -> HttpResponseBase:
    """Hand out the workbook to fill."""
    content = BytesIO()
    files.write_template(content)
    return _download(content, "templat-impor-pegawai.xlsx")


@require_GET
@requires("accounts.import_people")
def people_import_preview(request: SignedInRequest, key: str) -> HttpResponse:
    """Show what applying the file would change, and which rows are refused."""
    upload = _upload_or_404(request, key)
    if upload.result is not None:
        return redirect("accounts:people_import_result", key=key)
    sheet = _sheet_of(upload)
    if sheet is None:
        return _gone(request)
    page = preview_page(
        _plan(request, upload, sheet),
        section=request.GET.get("bagian", ""),
        number=request.GET.get("halaman", ""),
    )
    return render(
        request,
        "accounts/people_import_preview.html",
        {"upload": upload, "page": page},
    )


@require_GET
@requires("accounts.import_people")
def people_import_findings(request: SignedInRequest, key: str) -> HttpResponseBase:
    """Hand out the rows to repair as a workbook."""
    upload = _upload_or_404(request, key)
    sheet = _sheet_of(upload)
    if sheet is None:
        return _gone(request)
    content = BytesIO()
    files.write_findings(content, _plan(request, upload, sheet).findings)
    return _download(content, "perbaikan-impor.xlsx")


@require_POST
@requires("accounts.import_people")
def people_import_apply(request: SignedInRequest, key: str) -> HttpResponse:
    """Carry out what was confirmed; a second press finds it done."""
    upload = _upload_or_404(request, key)
    if upload.result is not None:
        return redirect("accounts:people_import_result", key=key)
    sheet = _sheet_of(upload)
    if sheet is None:
        return _gone(request)
    try:
        result = apply_import(
            sheet=sheet,
            options=upload.options,
            confirmed=request.POST.get("digest", ""),
            by=request.user,
            now=timezone.now(),
        )
    except ImportRefused as refusal:
        warn_of_refusal(request, refusal)
        return redirect("accounts:people_import_preview", key=key)
    upload.delete()
    FILES.finish(request.session, upload, result.figures)
    return redirect("accounts:people_import_result", key=key)


@require_POST
@requires("accounts.import_people")
def people_import_drop(request: SignedInRequest, key: str) -> HttpResponse:
    """Throw the waiting file away."""
    FILES.drop(request.session, _upload_or_404(request, key))
    messages.info(request, _("Berkas dihapus. Tidak ada yang diubah."))
    return redirect("accounts:people_import")


@require_GET
@requires("accounts.import_people")
def people_import_result(request: SignedInRequest, key: str) -> HttpResponse:
    """Show what was done."""
    upload = _upload_or_404(request, key)
    if upload.result is None:
        return redirect("accounts:people_import_preview", key=key)
    return render(request, "accounts/people_import_result.html", {"upload": upload})


def _upload_or_404(request: SignedInRequest, key: str) -> Upload:
    upload = FILES.find(request.session, owner=request.user.key, key=key)
    if upload is None:
        raise Http404
    return upload


def _sheet_of(upload: Upload) -> PeopleSheet | None:
    file = upload.open()
    if file is None:
        return None
    with file:
        return _read(file, upload.filename)


def _read(file: IO[bytes], filename: str) -> PeopleSheet:
    return read_file(file, filename, today=timezone.localdate(), max_rows=MAX_ROWS)


def _plan(request: SignedInRequest, upload: Upload, sheet: PeopleSheet) -> ImportPlan:
    return plan_import(sheet, options=upload.options, by=request.user)


def _gone(request: SignedInRequest) -> HttpResponse:
    messages.warning(
        request,
        _("Berkas ini sudah dihapus karena lebih dari 24 jam. Unggah lagi."),
    )
    return redirect("accounts:people_import")


def _download(content: BytesIO, filename: str) -> FileResponse:
    content.seek(0)
    return FileResponse(
        content, as_attachment=True, filename=filename, content_type=_XLSX
    )
