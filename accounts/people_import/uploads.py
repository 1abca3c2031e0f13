"""Sheets of people that wait between preview and confirmation."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

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


FILES = WaitingFiles(Upload, folder="imports", kept_for=timedelta(hours=24))
STEPS = UploadSteps(
    FILES,
    start="accounts:people_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari 24 jam. Unggah lagi."),
)


def details_of(options: ImportOptions) -> dict[str, Any]:
    """Return options as a session can hold them."""
    return {
        "starts_on": options.starts_on.isoformat(),
        "deactivate_missing": options.deactivate_missing,
        "cleared": sorted(options.cleared),
    }
