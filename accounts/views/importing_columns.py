"""Between upload and preview of an import: what the columns of the sheet are."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions import people_drafts
from accounts.actions.sheet_columns import remember_sheet_columns
from accounts.people_import.columns_page import sheet_columns_page, sheet_layout_said
from accounts.people_import.drafts import Upload
from accounts.people_import.findings import ImportRefused
from accounts.people_import.layout.guessing import Arranged
from accounts.people_import.reading import arranged_file, people_of
from accounts.people_import.uploads import FILES, STEPS
from accounts.stamps import SignedInRequest, requires
from accounts.views.importing import MAX_ROWS
from lib.spreadsheets.reading import MAX_ROWS as MOST_ROWS
from lib.upload_steps import UploadGone


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.import_people")
def people_import_columns(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask what the columns of a sheet are; the agency's next sheet like it is known."""
    upload = STEPS.find(request, key, owner=request.user.key)
    if upload.result is not None:
        return STEPS.to_result(upload)
    problem = ""
    try:
        arranged = _arranged(upload, upload.columns)
        if request.method == "POST":
            said, is_named = sheet_layout_said(request.POST, arranged)
            arranged = _arranged(upload, said)
            if not is_named:
                return _shown_again(request, upload, arranged)
            if not upload.is_large:
                people_of(arranged, today=timezone.localdate())
            return _kept(request, upload, arranged)
    except UploadGone as gone:
        return STEPS.start_again(request, gone)
    except ImportRefused as refusal:
        problem = refusal.message
    context = {
        "upload": upload,
        "page": sheet_columns_page(arranged),
        "problem": problem,
    }
    return render(request, "accounts/people_import_columns.html", context)


def _arranged(upload: Upload, said: Mapping[str, Any] | None) -> Arranged:
    """Lay out the waiting file. Raises UploadGone where that is impossible."""
    with STEPS.open(upload) as file:
        try:
            return arranged_file(
                file,
                upload.filename,
                max_rows=MOST_ROWS if upload.is_large else MAX_ROWS,
                said=said,
            )
        except ImportRefused as refusal:
            raise UploadGone(refusal.message) from refusal


def _shown_again(
    request: SignedInRequest, upload: Upload, arranged: Arranged
) -> HttpResponse:
    FILES.say(request.session, upload, {"columns": arranged.layout.said()})
    return redirect("accounts:people_import_columns", upload.key)


def _kept(request: SignedInRequest, upload: Upload, arranged: Arranged) -> HttpResponse:
    said = arranged.layout.said()
    FILES.say(request.session, upload, {"columns": said, "must_name_columns": False})
    remember_sheet_columns(
        headings=arranged.fingerprint,
        roles=arranged.layout.roles,
        by=request.user,
        now=timezone.now(),
    )
    if upload.is_large:
        people_drafts.begin_reading(key=upload.key, now=timezone.now())
    return STEPS.to_preview(upload)
