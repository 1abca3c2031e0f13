"""Documents that wait between their preview and a lesson."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from lib.upload_steps import UploadSteps
from lib.waiting_files import WaitingFile, WaitingFiles


class UploadedDocument(WaitingFile):
    """A document for a lesson."""

    @property
    def lesson(self) -> str:
        """Return the lesson it was uploaded for: course and lesson."""
        return str(self.details["lesson"])


DOCUMENTS = WaitingFiles(
    UploadedDocument, folder="lesson-documents", kept_for=timedelta(hours=1)
)
DOCUMENT_STEPS = UploadSteps(
    DOCUMENTS,
    start="studio:lesson_word",
    expired=_("Dokumen ini sudah dihapus karena lebih dari satu jam. Unggah lagi."),
)
