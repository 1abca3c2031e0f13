"""Files of courses: adopted from the storage of before, and gone when unused."""

from datetime import timedelta
from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.actions import add_file, delete_unused_files, remove_file
from courses.exceptions import FileNotAccepted
from courses.file_store import path_of, read_bytes
from courses.models import CourseFile, LessonPart, PublishedFile, StoredFile
from courses.selectors.files import may_see_file
from lib.media import Media
from lib.media.picture_sizes import Rendition

migration = import_module("courses.migrations.0009_adopt_course_pictures")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>'


def keep(path: str, data: bytes) -> None:
    default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


@pytest.fixture
def add(course, world, now):
    """Return a function that gives the course a file."""

    def give(data: bytes, name: str = "a.svg", *renditions: bytes) -> CourseFile:
        sizes = tuple(
            Rendition(number, number, content)
            for number, content in enumerate(renditions, 1)
        )
        return add_file(
            course=course,
            filename=name,
            media=Media("svg", data, renditions=sizes),
            alt="",
            by=world.people["author"],
            now=now,
        )

    return give


def test_pictures_of_before_get_rows_by_name_and_by_what_is_published(course, now):
    digest = sha256(DRAWING).hexdigest()
    keep(f"course-images/{course.key}/images/lama.svg", DRAWING)
    default_storage.delete(path_of(digest, "svg"))
    part = LessonPart.objects.filter(lesson__version=course.current_version).first()
    part.html = f'<img src="/gambar/{digest}.svg" alt="x">'
    part.save(update_fields=["html"])

    migration.adopt_names(apps, now)
    migration.adopt_published(apps, now)
    migration.adopt_names(apps, now)

    file = CourseFile.objects.get(course=course, name="images/lama.svg").file
    assert (file.digest, file.size) == (digest, len(DRAWING))
    assert read_bytes(digest, "svg") == DRAWING
    assert PublishedFile.objects.get(file=file).version == course.current_version


def test_a_file_that_nobody_names_goes_after_a_day_with_its_sizes(
    course, world, add, now
):
    small, other = b"kecil", b"sama"
    gone, stays = (
        add(DRAWING, "a.svg", small, other),
        add(DRAWING + b"\n", "b.svg", other),
    )
    by = world.people["author"]
    remove_file(course=course, name=gone.name, by=by, now=now)

    assert delete_unused_files(now=now + timedelta(hours=23)) == 0
    assert delete_unused_files(now=now + timedelta(hours=25)) == 1
    assert delete_unused_files(now=now + timedelta(hours=25)) == 0

    assert list(StoredFile.objects.all()) == [stays.file]
    assert read_bytes(gone.file.digest, "svg") is None
    assert read_bytes(sha256(small).hexdigest(), "webp") is None
    # Another picture has this one too.
    assert read_bytes(sha256(other).hexdigest(), "webp") == other


def test_a_published_file_outlives_its_name(course, world, add, now):
    file = add(DRAWING)
    PublishedFile.objects.create(version=course.current_version, file=file.file)
    remove_file(course=course, name=file.name, by=world.people["author"], now=now)
    assert delete_unused_files(now=now + timedelta(days=9)) == 0
    learner = world.people["learner"]
    assert may_see_file(learner, file.file.digest, "svg") is True


def test_bytes_that_were_cut_short_are_made_good_by_the_next_upload(add):
    file = add(DRAWING).file
    keep(path_of(file.digest, "svg"), DRAWING[:9])
    assert read_bytes(file.digest, "svg") is None
    CourseFile.objects.all().delete()
    add(DRAWING)
    assert read_bytes(file.digest, "svg") == DRAWING


def test_a_course_holds_no_more_than_it_may(add, settings):
    settings.ELEARNING_COURSE_FILES_BYTES = len(DRAWING) + 1
    add(DRAWING)
    with pytest.raises(FileNotAccepted) as refused:
        add(DRAWING + b"\n")
    assert "paling banyak" in refused.value.message
