"""Courses in files that wait between preview and confirmation."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import IO

from django.utils.translation import gettext_lazy as _

from courses.selectors.files import known_media
from lib.findings import FileProblem, Findings
from lib.media import Media, read_media
from lib.upload_steps import UploadSteps
from lib.waiting_files import WaitingFile, WaitingFiles
from studio.folders.reading import FolderRefused, WrittenCourse, as_written
from studio.folders.reading.files import with_needed
from studio.folders.sending.archive import unpack


class CourseUpload(WaitingFile):
    """A course in a file, and the unit that a new course is for."""

    @property
    def unit_code(self) -> str:
        """Return the unit."""
        return str(self.details["unit"])


COURSE_UPLOADS = WaitingFiles(
    CourseUpload, folder="course-imports", kept_for=timedelta(hours=1)
)
COURSE_STEPS = UploadSteps(
    COURSE_UPLOADS,
    start="studio:course_import",
    expired=_("Berkas ini sudah dihapus karena lebih dari satu jam. Unggah lagi."),
)


def read_course_archive(content: IO[bytes]) -> WrittenCourse:
    """Return the course in a ZIP. Raises FolderRefused with every problem.

    A picture that the site has already is not judged again.
    """
    return as_written(unpack(content), Findings(), read=_once(known_media))


def problems_of_files(files: Mapping[str, bytes]) -> list[FileProblem]:
    """Return what would keep these files from being brought into another site."""
    try:
        read_course_files(files)
    except FolderRefused as refusal:
        return list(refusal.problems)
    return []


def read_course_files(files: Mapping[str, bytes]) -> WrittenCourse:
    """Return the course in these files. Raises FolderRefused with every problem."""
    findings = Findings()
    return as_written(
        with_needed(dict(files), findings), findings, read=_once(known_media)
    )


def _once(known: Callable[[str], Media | None]) -> Callable[[bytes], Media]:
    def read(data: bytes) -> Media:
        return known(sha256(data).hexdigest()) or read_media(data)

    return read
