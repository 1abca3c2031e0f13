"""Files of courses: stored once, named by each course, deleted when unused."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from courses.actions.locks import lock_course
from courses.exceptions import FileNotAccepted
from courses.file_store import delete_bytes, keep_bytes
from courses.models import (
    Course,
    CourseFile,
    CourseVersion,
    FileRendition,
    LessonPart,
    PublishedFile,
    StoredFile,
)
from lib.indonesian import format_bytes
from lib.media import PICTURES, Media
from lib.transactions import atomic_with_retry

# So long a file may be without a name before it goes: its author may want it back.
UNUSED_FOR = timedelta(days=1)
_STEM = 60
# As `courses.selectors.files.address_of` writes it into pages.
_SHOWN = re.compile(r"/(?:gambar|berkas)/([0-9a-f]{64})\.[a-z0-9]+")


@atomic_with_retry
def add_file(
    *, course: Course, filename: str, media: Media, alt: str, by: User, now: datetime
) -> CourseFile:
    """Give a course a file; its name is made from `filename`, its ending from content.

    The same content gives the name it has already; a text for a picture that has none
    yet is added. Locks the course, then the stored file. Raises FileNotAccepted where
    the course would hold more than it may.
    """
    lock_course(course.pk)
    there = course.files.filter(file__digest=media.digest).first()
    if there:
        if alt and not there.alt:
            there.alt = alt
            there.save(update_fields=["alt"])
        return there
    check_budget(course, [media])
    file = CourseFile.objects.create(
        course=course,
        name=_free_name(course, filename, media.ending),
        file=_stored(media, now),
        alt=alt,
        created_at=now,
        created_by=by,
    )
    audit.record("courses.file.added", course, by=by, now=now, name=file.name)
    return file


def check_budget(course: Course, more: Iterable[Media]) -> None:
    """Refuse what would make a course larger than the site allows.

    Raises FileNotAccepted.
    """
    there = course.files.aggregate(size=Sum("file__size"))["size"] or 0
    wanted = there + sum(len(media.data) for media in more)
    most = settings.ELEARNING_COURSE_FILES_BYTES
    if wanted > most:
        raise FileNotAccepted(
            "course_full",
            _(
                "Gambar dan berkas kursus ini akan menjadi %(size)s, paling banyak "
                "%(limit)s. Hapus yang tidak dipakai, atau perkecil berkasnya."
            )
            % {"size": format_bytes(wanted), "limit": format_bytes(most)},
        )


def folder_of(ending: str) -> str:
    """Return the folder in which a course keeps files of this ending."""
    return "images" if ending in PICTURES else "files"


def _free_name(course: Course, filename: str, ending: str) -> str:
    stem = slugify(PurePath(filename).stem).replace("_", "-")[:_STEM].strip("-")
    stem = f"{folder_of(ending)}/{stem or 'berkas'}"
    taken = set(course.files.values_list("name", flat=True))
    stems = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(name for s in stems if (name := f"{s}.{ending}") not in taken)


@atomic_with_retry
def name_files(
    *,
    course: Course,
    files: Mapping[str, Media],
    alts: Mapping[str, str],
    by: User | None,
    now: datetime,
) -> None:
    """Give a course these files under these names, as a folder says.

    A name that meant another file means this one from now on; other names stay, and so
    does what was said of a picture that `alts` does not name. Locks the course, then
    the stored files.
    """
    lock_course(course.pk)
    for name, media in sorted(files.items()):
        said: dict[str, Any] = {"file": _stored(media, now)}
        if name in alts:
            said["alt"] = alts[name]
        CourseFile.objects.update_or_create(
            course=course,
            name=name,
            defaults=said,
            create_defaults={**said, "created_at": now, "created_by": by},
        )


def _stored(media: Media, now: datetime) -> StoredFile:
    """Return the row of a file whose bytes lie in storage, locked against deletion."""
    row = _locked_row(media, now)
    keep_bytes(media.digest, media.ending, media.data)
    known = set(row.renditions.values_list("width", flat=True))
    for rendition in media.renditions if not known else ():
        keep_bytes(rendition.digest, "webp", rendition.data)
        FileRendition.objects.create(
            file=row,
            digest=rendition.digest,
            width=rendition.width,
            height=rendition.height,
            size=len(rendition.data),
        )
    return row


def _locked_row(media: Media, now: datetime) -> StoredFile:
    """Return the row, locked; made anew where it was deleted while this waited."""
    rows = StoredFile.objects.select_for_update(no_key=True)
    while True:
        StoredFile.objects.get_or_create(
            digest=media.digest,
            defaults={
                "ending": media.ending,
                "size": len(media.data),
                "width": media.width,
                "height": media.height,
                "created_at": now,
            },
        )
        if row := rows.filter(digest=media.digest).first():
            return row


@atomic_with_retry
def describe_file(*, file_id: int, alt: str, by: User, now: datetime) -> CourseFile:
    """Say in words what a picture shows; the same words change nothing.

    Texts that show it already keep theirs.
    """
    file = CourseFile.objects.select_related("course").get(pk=file_id)
    if file.alt != alt:
        file.alt = alt
        file.save(update_fields=["alt"])
        audit.record(
            "courses.file.described", file.course, by=by, now=now, name=file.name
        )
    return file


@atomic_with_retry
def remove_file(*, course: Course, name: str, by: User, now: datetime) -> None:
    """Take a file from a course; published versions that show it go on showing it.

    Whether a text still names it is for the caller to ask. One that is gone already
    is no error. Locks the course.
    """
    lock_course(course.pk)
    if course.files.filter(name=name).delete()[0]:
        audit.record("courses.file.removed", course, by=by, now=now, name=name)


@atomic_with_retry
def copy_files(*, source: Course, target: Course, now: datetime) -> None:
    """Give a course the files of another one under the same names. Locks `target`."""
    lock_course(target.pk)
    there = set(target.files.values_list("name", flat=True))
    CourseFile.objects.bulk_create(
        CourseFile(
            course=target,
            name=row.name,
            file_id=row.file_id,
            alt=row.alt,
            created_at=now,
            created_by_id=row.created_by_id,
        )
        for row in source.files.exclude(name__in=there)
    )


def publish_files(version: CourseVersion) -> None:
    """Let learners see the files that the pages of `version` show.

    A part of publishing it. Only files of its own course count: an address that was
    written by hand shows nobody the draft of another one.
    """
    pages = LessonPart.objects.filter(lesson__version=version).values_list("html")
    shown = set(_SHOWN.findall(version.plan_html))
    for (page,) in pages.iterator():
        shown.update(_SHOWN.findall(page))
    named = CourseFile.objects.filter(file=OuterRef("pk"), course=version.course_id)
    earlier = PublishedFile.objects.filter(
        file=OuterRef("pk"), version__course=version.course_id
    )
    digests = FileRendition.objects.filter(file=OuterRef("pk"), digest__in=shown)
    files = StoredFile.objects.filter(
        Q(digest__in=shown) | Exists(digests), Exists(named) | Exists(earlier)
    )
    PublishedFile.objects.bulk_create(
        PublishedFile(version=version, file=file) for file in files
    )


def delete_unused_files(*, now: datetime) -> int:
    """Delete files that no course names and no version shows; say how many.

    A file that was stored within the last day stays.
    """
    ids = list(_unused(now).values_list("pk", flat=True))
    return sum(_delete_unused(pk, now) for pk in ids)


def _unused(now: datetime) -> "QuerySet[StoredFile]":
    named = CourseFile.objects.filter(file=OuterRef("pk"))
    shown = PublishedFile.objects.filter(file=OuterRef("pk"))
    return StoredFile.objects.filter(
        ~Exists(named) & ~Exists(shown), created_at__lt=now - UNUSED_FOR
    )


@atomic_with_retry
def _delete_unused(file_id: int, now: datetime) -> bool:
    """Delete one file under its lock: nobody can name it between question and act.

    Bytes go first: a row without bytes is found again, bytes without a row are not.
    """
    row = StoredFile.objects.select_for_update(no_key=True).filter(pk=file_id).first()
    if row is None or not _unused(now).filter(pk=file_id).exists():
        return False
    for rendition in row.renditions.all():
        others = FileRendition.objects.filter(digest=rendition.digest)
        masters = StoredFile.objects.filter(digest=rendition.digest)
        if not others.exclude(pk=rendition.pk).exists() and not masters.exists():
            delete_bytes(rendition.digest, "webp")
    if not FileRendition.objects.filter(~Q(file=row), digest=row.digest).exists():
        delete_bytes(row.digest, row.ending)
    row.delete()
    return True
