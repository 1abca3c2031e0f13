"""A full disk leaves nothing behind, and what it once left is mended."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from certificates import storage as certificate_files
from lib.picture_store import PictureStore
from lib.spreadsheets import Column, Sheet, write_xlsx
from lib.whole_storage import PARTS, WholeFileStorage

MUCH = bytes(range(256)) * 4096


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """Store files in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@contextmanager
def full_disk(takes: int = 8192) -> Iterator[None]:
    """Let no file grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (takes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_below(folder: Path) -> list[str]:
    """Return every file that lies there."""
    return [
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    ]


def test_the_site_stores_whole_files():
    assert isinstance(default_storage._wrapped or default_storage, WholeFileStorage)


def test_a_full_disk_leaves_nothing_behind(media):
    with full_disk(), pytest.raises(OSError, match="too large"):
        default_storage.save("a/b.bin", ContentFile(MUCH))

    assert files_below(media) == []
    default_storage.save("a/b.bin", ContentFile(MUCH))
    assert (media / "a/b.bin").read_bytes() == MUCH


def test_a_name_that_is_taken_is_not_overwritten(media):
    names = [default_storage.save("a.bin", ContentFile(b"1")) for _ in range(2)]

    assert names[0] == "a.bin" != names[1]
    assert not list((media / PARTS).iterdir())


def test_an_upload_that_came_by_way_of_the_disk_is_stored(media):
    upload = TemporaryUploadedFile("x", "text/plain", 3, None)
    upload.write(b"abc")
    upload.seek(0)

    default_storage.save("waiting/x", upload)
    upload.close()

    assert (media / "waiting/x").read_bytes() == b"abc"


def test_a_picture_cut_short_is_not_shown_and_is_mended():
    store = PictureStore("pictures")
    name = f"{hashlib.sha256(MUCH).hexdigest()}.png"
    with full_disk(), pytest.raises(OSError, match="too large"):
        store.keep(name, MUCH)
    assert store.read_whole(name) is None
    # As an earlier version left it.
    default_storage.save(f"pictures/{name}", ContentFile(MUCH[:100]))
    assert store.read_whole(name) is None

    store.keep(name, MUCH)

    assert store.read_whole(name) == MUCH


def test_an_empty_paper_is_written_anew(media):
    path = certificate_files.path_of(hashlib.sha256(MUCH).hexdigest())
    default_storage.save(path, ContentFile(b""))

    assert certificate_files.write(MUCH)[1] == path

    assert (media / path).read_bytes() == MUCH


def test_a_workbook_on_a_full_disk_is_an_error_and_no_panic(tmp_path):
    rows = ([f"{number:040x}" * 4] for number in range(20_000))
    sheet = Sheet("Lembar", [Column("Kolom")], rows)

    with full_disk(), pytest.raises(OSError, match="workbook could not be written"):
        write_xlsx(tmp_path / "buku.xlsx", sheets=[sheet])

    assert list(tmp_path.glob("buku*")) == []
