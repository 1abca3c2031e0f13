"""Files of questions that wait between preview and confirmation."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from lib.upload_steps import UploadSteps
from lib.waiting_files import WaitingFile, WaitingFiles


class Upload(WaitingFile):
    """A file for a bank; after the import it tells what was refused."""

    @property
    def bank_key(self) -> str:
        """Return the bank it was uploaded for."""
        return str(self.details["bank"])

    @property
    def format(self) -> str:
        """Return the format it was read as."""
        return str(self.details["format"])


FILES = WaitingFiles(Upload, folder="question-imports", kept_for=timedelta(hours=1))
STEPS = UploadSteps(
    FILES,
    start="studio:question_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari satu jam. Unggah lagi."),
)
