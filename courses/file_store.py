"""The bytes of courses' files in the site's storage, by their hash.

The address of a file is kept for ever by whoever has seen it, so a file under a hash
never changes, and half of one is worse than none.
"""

import hashlib
from collections.abc import Iterator
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

# Named after what lay there first: drawings.
FOLDER = "course-images"
_BLOCK = 65_536


def keep_bytes(digest: str, ending: str, data: bytes) -> None:
    """Store a file; one that is there whole is left, one that was cut short mended."""
    path = path_of(digest, ending)
    if default_storage.exists(path):
        with default_storage.open(path) as there:
            if hashlib.file_digest(there, "sha256").hexdigest() == digest:
                return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def open_bytes(digest: str, ending: str) -> IO[bytes] | None:
    """Return a file to read from, None where there is none."""
    try:
        return default_storage.open(path_of(digest, ending))
    except FileNotFoundError:
        return None


def read_bytes(digest: str, ending: str) -> bytes | None:
    """Return a whole file, None where there is none or where it was cut short."""
    file = open_bytes(digest, ending)
    if file is None:
        return None
    with file:
        data = file.read()
    return data if hashlib.sha256(data).hexdigest() == digest else None


def delete_bytes(digest: str, ending: str) -> None:
    """Delete a file; one that is not there is no error."""
    default_storage.delete(path_of(digest, ending))


def path_of(digest: str, ending: str) -> str:
    """Return where a file lies in the storage."""
    return f"{FOLDER}/{digest}.{ending}"


class Stretch:
    """A stretch of a file to be sent block by block; whoever sends it closes it."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file, self._start, self._length = file, start, length

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        left = self._length
        while left > 0 and (block := self._file.read(min(left, _BLOCK))):
            left -= len(block)
            yield block

    def close(self) -> None:
        """Close the file."""
        self._file.close()
