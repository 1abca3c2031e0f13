"""Files of courses: who may see one, and how lessons show them."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from courses.file_store import read_bytes
from courses.models import (
    Course,
    CourseFile,
    FileRendition,
    PublishedFile,
    StoredFile,
)
from lib.markdown import ShownFile
from lib.media import Media

# Given a course key and the name written in Markdown, how the file is shown.
ImageUrl = Callable[[str, str], str | ShownFile]
REVIEW_COURSE = "courses.review_course"
# The rendition that stands in `src`: what a telephone shows, and whose size is told.
_USUAL_WIDTH = 960


def may_see_file(user: Any, digest: str, ending: str) -> bool:
    """Whether this person may see a file or a rendition, by its hash.

    What a published version shows is for everybody who has signed in, everything else
    for those who may read drafts of a course that names it. Two queries at most.
    """
    file = _file_with(digest, ending)
    if file is None:
        return False
    if file.is_published:  # type: ignore[attr-defined]
        return True
    return CourseFile.objects.filter(
        file=file, course__in=Course.objects.visible_to(user, REVIEW_COURSE)
    ).exists()


def _file_with(digest: str, ending: str) -> StoredFile | None:
    """Return the file with this hash, or a rendition with it; published ones first."""
    files = StoredFile.objects.annotate(
        is_published=Exists(PublishedFile.objects.filter(file=OuterRef("pk")))
    ).order_by("-is_published", "pk")
    found = files.filter(digest=digest, ending=ending).first()
    if found is None and ending == "webp":
        found = files.filter(
            Exists(FileRendition.objects.filter(file=OuterRef("pk"), digest=digest))
        ).first()
    return found


def filename_of(digest: str) -> str:
    """Return a name under which to save a file: one that a course gives it."""
    named = CourseFile.objects.filter(file__digest=digest).order_by("pk").first()
    return named.name.rpartition("/")[2] if named else ""


def files_of(course: Course) -> list[CourseFile]:
    """Return the files of a course by name. Two queries."""
    return list(
        course.files.select_related("file", "created_by")
        .prefetch_related("file__renditions")
        .order_by("name")
    )


def file_named(course: Course, name: str) -> CourseFile | None:
    """Return one file of a course, None where it has none of that name."""
    files = course.files.select_related("file", "created_by")
    return files.prefetch_related("file__renditions").filter(name=name).first()


def file_names(course: Course) -> frozenset[str]:
    """Return the names that texts of the course may write."""
    return frozenset(course.files.values_list("name", flat=True))


def shown_in(course: Course) -> Callable[[str], ShownFile]:
    """Return what finds a file of the course by the name that authors write.

    It asks the database when it is first called, and raises LookupError for a name
    that the course does not have.
    """
    known: dict[str, ShownFile] = {}

    def find(written: str) -> ShownFile:
        if not known:
            known.update({row.name: shown_file(row.file) for row in files_of(course)})
        return known[written]

    return find


def shown_file(file: StoredFile) -> ShownFile:
    """Return a file as a page shows it; a photograph in its sizes."""
    sizes = list(file.renditions.all())
    if not sizes:
        return ShownFile(
            digest=file.digest,
            address=address_of(file.digest, file.ending),
            ending=file.ending,
            size=file.size,
        )
    usual = next((row for row in sizes if row.width >= _USUAL_WIDTH), sizes[-1])
    return ShownFile(
        digest=file.digest,
        address=address_of(usual.digest, "webp"),
        ending=file.ending,
        size=usual.size,
        width=usual.width,
        height=usual.height,
        srcset=", ".join(
            f"{address_of(row.digest, 'webp')} {row.width}w" for row in sizes
        )
        if len(sizes) > 1
        else "",
    )


def address_of(digest: str, ending: str) -> str:
    """Return the address of a file. Drawings keep the one they always had."""
    if ending == "svg":
        return reverse("course_image", args=[digest])
    return reverse("course_file", args=[digest, ending])


def bytes_of_files(course: Course, names: Collection[str]) -> dict[str, bytes]:
    """Return the contents of files of a course, by name; one cut short is left out."""
    rows = course.files.filter(name__in=list(names)).select_related("file")
    found = {row.name: read_bytes(row.file.digest, row.file.ending) for row in rows}
    return {name: data for name, data in found.items() if data is not None}


def known_media(digest: str) -> Media | None:
    """Return a file that the site has whole, as it may be stored again; else None."""
    row = StoredFile.objects.filter(digest=digest).first()
    data = read_bytes(digest, row.ending) if row else None
    if row is None or data is None:
        return None
    return Media(row.ending, data, row.width, row.height)
