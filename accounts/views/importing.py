"""Importing people and units: upload, preview, confirm, result."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.actions import people_drafts
from accounts.actions.importing import apply_import
from accounts.fetching import drafts_of
from accounts.forms_import import ImportForm
from accounts.models import PeopleDraft
from accounts.people_import import files
from accounts.people_import.columns_said import recall_for
from accounts.people_import.drafts import Upload
from accounts.people_import.findings import ImportRefused
from accounts.people_import.layout.guessing import Arranged
from accounts.people_import.leaving_out import without_refused
from accounts.people_import.plan import ImportOptions
from accounts.people_import.planned import kept_page
from accounts.people_import.planning import plan_import
from accounts.people_import.preview import preview_page
from accounts.people_import.reading import (
    TOO_LONG,
    arranged_file,
    can_be_named,
    people_of,
    read_file,
)
from accounts.people_import.sheet import PeopleSheet
from accounts.people_import.uploads import FILES, STEPS, details_of
from accounts.stamps import SignedInRequest, requires
from lib.messages import warn_of_refusal
from lib.spreadsheets import XLSX_TYPE
from lib.upload_steps import UploadGone

# A request reads, plans and writes so many within two seconds, in one transaction; a
# larger sheet goes to a worker.
MAX_ROWS = 2_000


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
        options = ImportOptions(
            form.cleaned_data["starts_on"],
            form.cleaned_data["deactivate_missing"],
            frozenset(form.cleaned_data["cleared"]),
        )
        try:
            details = details_of(options, _arranged(request, file))
        except ImportRefused as refusal:
            if refusal.code == TOO_LONG:
                return _left_to_worker(request, file, details_of(options, None))
            form.add_error("file", refusal.message)
        else:
            return STEPS.keep(
                request, file, details, owner=request.user.key, now=timezone.now()
            )
    context = {"form": form, "drafts": drafts_of(request.user)}
    return render(request, "accounts/people_import.html", context)


def _left_to_worker(
    request: SignedInRequest, file: "File[bytes]", details: Mapping[str, Any]
) -> HttpResponse:
    """Keep a large file, have it read, and go on to where its progress stands."""
    now = timezone.now()
    file.seek(0)
    upload = FILES.keep(
        request.session, owner=request.user.key, file=file, details=details, now=now
    )
    people_drafts.begin_reading(key=upload.key, now=now)
    return STEPS.to_preview(upload)


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
    if upload.is_large:
        return _preview_of_large(request, upload)
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


def _preview_of_large(request: SignedInRequest, upload: Upload) -> HttpResponse:
    """Show how far a worker is, or what it wrote down."""
    draft = upload.draft
    if draft.state == PeopleDraft.State.ASKING:
        return redirect("accounts:people_import_columns", upload.key)
    if draft.state != PeopleDraft.State.READY:
        return render(request, "accounts/people_import_progress.html", {"draft": draft})
    try:
        with STEPS.open_path(draft.plan_path) as file:
            page = kept_page(
                draft.facts or {},
                file,
                section=request.GET.get("bagian", ""),
                number=request.GET.get("halaman", ""),
            )
    except UploadGone as gone:
        return STEPS.start_again(request, gone)
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
    if upload.is_large:
        with STEPS.open_path(upload.draft.findings_path) as written:
            return BytesIO(written.read())
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
    if upload.is_large:
        return _confirm_large(request, upload, number, leaves_out)

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


def _confirm_large(
    request: SignedInRequest, upload: Upload, number: int | None, leaves_out: int
) -> HttpResponse:
    try:
        people_drafts.confirm_draft(
            key=upload.key,
            digest=request.POST.get("digest", ""),
            number=number,
            leaves_out=leaves_out,
            by=request.user,
            now=timezone.now(),
        )
    except ImportRefused as refusal:
        warn_of_refusal(request, refusal)
    return STEPS.to_preview(upload)


@require_POST
@requires("accounts.import_people")
def people_import_drop(request: SignedInRequest, key: str) -> HttpResponse:
    """Throw the waiting file away; one that is being applied is ended where it is."""
    upload = STEPS.find(request, key, owner=request.user.key)
    now = timezone.now()
    if people_drafts.stop_draft(key=upload.key, by=request.user, now=now):
        return STEPS.to_result(upload)
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
