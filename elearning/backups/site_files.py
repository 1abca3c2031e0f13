"""The files of a site, wherever they lie: counted, packed, and sent to a storage."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core.files import File

from elearning.backups import disk
from elearning.backups.archive import ArchiveWriter
from elearning.backups.site import Site

# Sent at once: each waits for the storage, not for the processor.
_AT_ONCE, _NAMED_AT_ONCE = 8, 512
_BLOCK = 1 << 20


def bytes_of_files(site: Site) -> int:
    """Return how large all files are together."""
    if site.media:
        return disk.size_of(site.media)
    return sum(size for _name, size in site.bucket.walk())


def pack_files(site: Site, writer: ArchiveWriter, *, below: str) -> None:
    """Put every file into an archive; one that was just deleted is left out."""
    if site.media:
        for name, path in disk.files_in(site.media):
            writer.add_file(f"{below}{name}", path)
        return
    for name, size in site.bucket.walk():
        try:
            file = site.bucket.open(name)
        except FileNotFoundError:
            continue
        with file:
            writer.add_stream(f"{below}{name}", file, size)


def send_files(folder: Path, bucket: Any) -> int:
    """Send every file of a folder to a storage; return how many were not there.

    What lies there under the name of a file with other bytes is replaced, everything
    else is left. Doing it again changes nothing. Raises OSError; then some were sent.
    """

    def send(found: tuple[str, Path]) -> bool:
        name, path = found
        with path.open("rb") as file:
            if _is_there(bucket, name, file):
                return False
            bucket.delete(name)
            file.seek(0)
            bucket.save(name, File(file))
        return True

    sent, files = 0, disk.files_in(folder)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while some := list(islice(files, _NAMED_AT_ONCE)):
            sent += sum(pool.map(send, some))
    return sent


def _is_there(bucket: Any, name: str, file: IO[bytes]) -> bool:
    try:
        there = bucket.open(name)
    except FileNotFoundError:
        return False
    with there:
        return all(ours == theirs for ours, theirs in _blocks(file, there))


def _blocks(one: IO[bytes], other: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    while True:
        pair = one.read(_BLOCK), other.read(_BLOCK)
        if not any(pair):
            return
        yield pair
