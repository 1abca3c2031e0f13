"""Files of questions that wait between preview and confirmation."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from lib.upload_steps import UploadGone, UploadSteps
from lib.waiting_files import WaitingFile, WaitingFiles
from quizzes.exchange.formats import FORMATS, Arranged, Reading, UnreadableFile
from quizzes.selectors import CommonValues, with_common_values

FOR_ALL = "*"


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

    @property
    def columns(self) -> Mapping[str, Any] | None:
        """Return how the author said that the table is laid out, None if not yet."""
        said: Mapping[str, Any] | None = self.details.get("columns")
        return said

    @property
    def is_table(self) -> bool:
        """Whether its columns can be chosen."""
        return FORMATS[self.format].arrange is not None

    @property
    def must_name_columns(self) -> bool:
        """Whether its columns are a guess that the author has not seen."""
        return bool(self.details.get("must_name_columns"))

    @property
    def common(self) -> Mapping[str, Mapping[str, str]]:
        """Return what was said of its questions: of all under `FOR_ALL`, of some."""
        said: Mapping[str, Mapping[str, str]] = self.details.get("common", {})
        return said


FILES = WaitingFiles(Upload, folder="question-imports", kept_for=timedelta(hours=1))
STEPS = UploadSteps(
    FILES,
    start="studio:question_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari satu jam. Unggah lagi."),
)


def reading_of(upload: Upload) -> Reading:
    """Read the waiting file again, with what was said of its questions.

    Raises UploadGone where that is impossible.
    """
    with STEPS.open(upload) as file:
        try:
            reading = FORMATS[upload.format].read(file.read(), upload.columns)
        except UnreadableFile as problem:
            raise UploadGone(problem.message) from problem
    some = {key: _values(said) for key, said in upload.common.items() if key != FOR_ALL}
    return with_common_values(reading, _values(upload.common.get(FOR_ALL, {})), some)


def table_of(upload: Upload, said: Mapping[str, Any] | None) -> Arranged | None:
    """Return the waiting table laid out as said, None where nothing can be chosen.

    Raises UploadGone, and UnreadableFile for a sheet that is not there.
    """
    with STEPS.open(upload) as file:
        return FORMATS[upload.format].arranged(file.read(), said)


def _values(said: Mapping[str, str]) -> CommonValues:
    day = said.get("checked_on", "")
    return CommonValues(
        said.get("objective", ""),
        said.get("level", ""),
        date.fromisoformat(day) if day else None,
    )
