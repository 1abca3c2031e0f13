"""Files of questions that wait between preview and confirmation."""

from datetime import timedelta

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

    def data(self) -> bytes | None:
        """Return the content, or None when the file has been swept away."""
        file = self.open()
        if file is None:
            return None
        with file:
            return file.read()


FILES = WaitingFiles(Upload, folder="question-imports", kept_for=timedelta(hours=1))
