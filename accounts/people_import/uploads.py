"""Sheets of people that wait between preview and confirmation."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people_import.layout.guessing import Arranged
from accounts.people_import.plan import ImportOptions
from lib.upload_steps import UploadSteps
from lib.waiting_files import WaitingFile, WaitingFiles


class Upload(WaitingFile):
    """A sheet with what was chosen for it; deleted when it was applied."""

    @property
    def options(self) -> ImportOptions:
        """Return what was chosen when it was uploaded."""
        return ImportOptions(
            starts_on=date.fromisoformat(self.details["starts_on"]),
            deactivate_missing=self.details["deactivate_missing"],
            # A file that was uploaded before a deployment has none.
            cleared=frozenset(self.details.get("cleared", ())),
        )

    @property
    def columns(self) -> Mapping[str, Any] | None:
        """Return what the columns of its sheet are."""
        said: Mapping[str, Any] | None = self.details.get("columns")
        return said

    @property
    def must_name_columns(self) -> bool:
        """Whether nobody has said yet what its columns are, and it is no sure guess."""
        return bool(self.details.get("must_name_columns"))


FILES = WaitingFiles(Upload, folder="imports", kept_for=timedelta(hours=24))
STEPS = UploadSteps(
    FILES,
    start="accounts:people_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari 24 jam. Unggah lagi."),
)


def details_of(options: ImportOptions, arranged: Arranged) -> dict[str, Any]:
    """Return options, and how the sheet is laid out, as a session can hold them."""
    return {
        "columns": arranged.layout.said(),
        "must_name_columns": not arranged.is_sure,
        "starts_on": options.starts_on.isoformat(),
        "deactivate_missing": options.deactivate_missing,
        "cleared": sorted(options.cleared),
    }
