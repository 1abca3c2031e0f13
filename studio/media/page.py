"""The files of a course as rows of a page, and the Markdown that shows each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course, CourseFile, CourseVersion
from courses.selectors.files import address_of, files_of, shown_file
from lib.indonesian import format_bytes
from lib.markdown import ShownFile
from lib.markdown.showing import kind_and_size
from lib.media import MediaKind, media_kind
from studio.media.uses import FileUse, uses_of_files

FILES_A_PAGE = 30
_WORDS = {
    MediaKind.PICTURE: gettext_lazy("Gambar"),
    MediaKind.DOCUMENT: gettext_lazy("Dokumen"),
    MediaKind.AUDIO: gettext_lazy("Rekaman suara"),
    MediaKind.VIDEO: gettext_lazy("Video"),
}


@dataclass(frozen=True)
class FileRow:
    """A file of a course: what it is and weighs, where it stands, how it is shown."""

    name: str
    kind: MediaKind
    word: str
    size: str
    pixels: str
    alt: str
    markdown: str
    url: str
    thumbnail: str
    shown: ShownFile
    uses: Sequence[FileUse]

    @property
    def lacks_alt(self) -> bool:
        """Whether it is a picture of which nobody has said what it shows.

        A picture in use has its words in the lesson: the checks see to that.
        """
        return self.kind == MediaKind.PICTURE and not self.alt and not self.uses


@dataclass(frozen=True)
class FilesPage:
    """One page of a course's files, and how much all of them weigh."""

    rows: "Page[Any]"
    count: int
    weight: str


def files_page(course: Course, version: CourseVersion, *, number: str) -> FilesPage:
    """Return a page of the files of a course, by name. Three queries."""
    files = files_of(course)
    uses = uses_of_files(course, version)
    page: Page[Any] = Paginator(files, FILES_A_PAGE).get_page(number)
    page.object_list = [file_row(course, row, uses) for row in page.object_list]
    weight = sum(row.file.size for row in files)
    return FilesPage(page, len(files), format_bytes(weight))


def file_row(
    course: Course, row: CourseFile, uses: dict[str, list[FileUse]]
) -> FileRow:
    """Return a file as its page shows it; sizes are those that learners fetch."""
    file, shown = row.file, shown_file(row.file)
    smallest = next(iter(file.renditions.all()), None)
    thumbnail = address_of(smallest.digest, "webp") if smallest else shown.address
    kind = media_kind(file.ending)
    return FileRow(
        name=row.name,
        kind=kind,
        word=str(_WORDS[kind]),
        # A photograph is fetched as WebP, whatever it is kept as.
        size=format_bytes(shown.size) if smallest else kind_and_size(shown),
        pixels=f"{file.width} × {file.height}" if file.width else "",
        alt=row.alt,
        markdown=markdown_of(row),
        url=reverse("studio:file_detail", args=[course.key, row.folder, row.filename]),
        thumbnail=thumbnail if kind == MediaKind.PICTURE else "",
        shown=shown,
        uses=uses.get(row.name, []),
    )


def markdown_of(row: CourseFile) -> str:
    """Return what an author writes to show, link or play a file."""
    kind = media_kind(row.file.ending)
    if kind == MediaKind.PICTURE:
        return f"![{row.alt}]({row.name})"
    stem = row.filename.rpartition(".")[0]
    title = stem.replace("-", " ").capitalize()
    if kind == MediaKind.DOCUMENT:
        return f"[{title}]({row.name})"
    return f"/// {kind} | {title} | {row.name}\n{_('Tulis transkripnya di sini.')}\n///"
