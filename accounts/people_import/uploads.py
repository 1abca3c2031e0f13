"""Sheets of people that wait between preview and confirmation."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people_import.drafts import DraftFiles, Upload
from accounts.people_import.layout.guessing import Arranged
from accounts.people_import.plan import ImportOptions
from lib.upload_steps import UploadSteps

FILES = DraftFiles(Upload, folder="imports", kept_for=timedelta(hours=24))
STEPS = UploadSteps(
    FILES,
    start="accounts:people_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari 24 jam. Unggah lagi."),
)


def details_of(options: ImportOptions, arranged: Arranged | None) -> dict[str, Any]:
    """Return options, and how the sheet is laid out, as a draft holds them.

    A sheet that was not read yet is a large one: a worker will.
    """
    laid_out: dict[str, Any] = {"is_large": True}
    if arranged is not None:
        laid_out = {
            "columns": arranged.layout.said(),
            "must_name_columns": not arranged.is_sure,
        }
    return {
        **laid_out,
        "starts_on": options.starts_on.isoformat(),
        "deactivate_missing": options.deactivate_missing,
        "cleared": sorted(options.cleared),
    }
