"""Importing people and units: upload, preview, confirm, result."""

import re
from collections.abc import Mapping
from io import BytesIO

from django.core.files.base import File
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.actions.importing import apply_import
from accounts.forms_import import ImportForm
from accounts.people_import import files
from accounts.people_import.columns_said import recall_for
from accounts.people_import.findings import ImportRefused
from accounts.people_import.layout.guessing import Arranged
from accounts.people_import.leaving_out import without_refused
from accounts.people_import.plan import ImportOptions
from accounts.people_import.planning import plan_import
from accounts.people_import.preview import preview_page
from accounts.people_import.reading import (
    arranged_file,
    can_be_named,
    people_of,
    read_file,
)
from accounts.people_import.sheet import PeopleSheet
from accounts.people_import.uploads import STEPS, Upload, details_of
from accounts.stamps import SignedInRequest, requires
from lib.spreadsheets import XLSX_TYPE
from lib.upload_steps import UploadGone

# A request reads, plans and writes so many within ten seconds, on a busy machine
# within half a minute; `manage.py import_people` takes more.
MAX_ROWS = 10_000


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
            arranged = _arranged(request, file)
        except ImportRefused as refusal:
            form.add_error("file", refusal.message)
        else:
            options = ImportOptions(
                form.cleaned_data["starts_on"],
                form.cleaned_data["deactivate_missing"],
                frozenset(form.cleaned_data["cleared"]),
            )
            return STEPS.keep(
                request,
                file,
                details_of(options, arranged),
                owner=request.user.key,
                now=timezone.now(),
            )
    return render(request, "accounts/people_import.html", {"form": form})


def _arranged(request: SignedInRequest, file: "File[bytes]") -> Arranged:
    """Lay out a small file at once. Raises ImportRefused where nobody can read it."""
    arranged = arranged_file(
        file, file.name or "", max_rows=MAX_ROWS, recall=recall_for(request.user)
    )
    if arranged.is_sure or not can_be_named(arranged):
        people_of(arranged, today=timezone.localdate())
    return arranged


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
    upload = STEPS.find(request, key, owner=request.user.key)
    if upload.result is not None:
        return STEPS.to_result(upload)
    if upload.must_name_columns:
        return redirect("accounts:people_import_columns", upload.key)
    try:
        sheet = _sheet_of(upload)
    except UploadGone as gone:
        return STEPS.start_again(request, gone)
    plan = plan_import(sheet, options=upload.options, by=request.user)
    page = preview_page(
        plan,
        without_refused(sheet, plan, by=request.user),
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
    upload = STEPS.find(request, key, owner=request.user.key)
    try:
        content = _repairs(request, upload)
    except UploadGone as gone:
        return STEPS.start_again(request, gone)
    audit.record(
        "accounts.findings.downloaded", None, by=request.user, now=timezone.now()
    )
    return _download(content, "perbaikan-impor.xlsx")


def _repairs(request: SignedInRequest, upload: Upload) -> BytesIO:
    """Return the list of repairs. Raises UploadGone where the file is gone."""
    sheet = _sheet_of(upload)
    plan = plan_import(sheet, options=upload.options, by=request.user)
    content = BytesIO()
    files.write_findings(content, plan.findings, sheet.source)
    return content


@require_POST
@requires("accounts.import_people")
def people_import_apply(request: SignedInRequest, key: str) -> HttpResponse:
    """Carry out what was confirmed; a second press finds it done."""
    upload = STEPS.find(request, key, owner=request.user.key)

    number = _typed_number(request.POST.get("jumlah", ""))
    leaves_out = _typed_number(request.POST.get("tanpa", "")) or 0

    def carry_out(digest: str) -> Mapping[str, int]:
        result = apply_import(
            sheet=_sheet_of(upload),
            options=upload.options,
            confirmed=digest,
            number=number,
            leaves_out=leaves_out,
            by=request.user,
            now=timezone.now(),
        )
        # Numbers of people lie no longer in a file than they must.
        upload.delete()
        return result.figures

    return STEPS.confirm(request, upload, carry_out)


@require_POST
@requires("accounts.import_people")
def people_import_drop(request: SignedInRequest, key: str) -> HttpResponse:
    """Throw the waiting file away."""
    upload = STEPS.find(request, key, owner=request.user.key)
    return STEPS.drop(request, upload)


@require_GET
@requires("accounts.import_people")
def people_import_result(request: SignedInRequest, key: str) -> HttpResponse:
    """Show what was done."""
    upload = STEPS.find(request, key, owner=request.user.key)
    if upload.result is None:
        return STEPS.to_preview(upload)
    return render(request, "accounts/people_import_result.html", {"upload": upload})


def _typed_number(words: str) -> int | None:
    """Return a number as people type it, `1.234` or `1234`; None for anything else."""
    digits = words.strip().replace(".", "")
    return int(digits) if re.fullmatch("[0-9]{1,9}", digits) else None


def _sheet_of(upload: Upload) -> PeopleSheet:
    """Read the waiting file again. Raises UploadGone where that is impossible."""
    with STEPS.open(upload) as file:
        try:
            return read_file(
                file,
                upload.filename,
                today=timezone.localdate(),
                max_rows=MAX_ROWS,
                said=upload.columns,
            )
        except ImportRefused as refusal:
            raise UploadGone(refusal.message) from refusal


def _download(content: BytesIO, filename: str) -> FileResponse:
    content.seek(0)
    return FileResponse(
        content, as_attachment=True, filename=filename, content_type=XLSX_TYPE
    )
