"""One tar of many members, the last of which lists the SHA-256 of all others.

A tar that lacks its last member was cut short. By hand: `tar -xf FILE`, then
`sha256sum --check SHA256SUMS`. Neither writing nor reading holds more than one member's
block in memory, however many there are.
"""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from elearning.backups.refusals import BackupRefused

SUMS = "SHA256SUMS"
BLOCK = 1 << 20


class Hashed:
    """Reads a file and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        try:
            block = self._file.read(size)
        except tarfile.TarError as error:
            raise BackupRefused(CUT_SHORT) from error
        self.digest.update(block)
        return block

    def drain(self) -> None:
        """Read what is left."""
        while self.read(BLOCK):
            pass


class ArchiveWriter:
    """Writes members one after the other, in a `with` block.

    The archive is whole once the block has ended without an error.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._tar = tarfile.open(  # noqa: SIM115 - closed by `__exit__`
            fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK
        )
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 - likewise

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a member with this content."""
        self.add_stream(name, BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> bool:
        """Add a file; False where it has just been deleted."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            self.add_stream(name, file, path.stat().st_size)
        return True

    def add_stream(self, name: str, file: "IO[bytes] | Any", size: int) -> None:
        """Add a member of so many bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        hashed = Hashed(file)
        self._tar.addfile(member, hashed)
        # Tar would remember every member that it has written.
        self._tar.members = []  # type: ignore[attr-defined]
        self._sums.write(_line(hashed, name))

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        """Write the sums and the end; after an error, leave it without."""
        with self._sums:
            try:
                if kind is None:
                    self._write_sums()
                    self._tar.close()
            finally:
                # Closed it does nothing; after an error nobody reads what it writes.
                with suppress(OSError, ValueError):
                    self._tar.close()

    def _write_sums(self) -> None:
        size = self._sums.tell()
        self._sums.seek(0)
        member = tarfile.TarInfo(SUMS)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, self._sums)


def _line(hashed: Hashed, name: str) -> bytes:
    return f"{hashed.digest.hexdigest()}  {name}\n".encode()


def members(stream: IO[bytes]) -> Iterator[tuple[str, Hashed]]:
    """Yield name and content of every member, in order; content is read at once.

    Raises BackupRefused for what is no archive of ours, was cut short or was changed;
    the last two are known for sure only when the last member was read.
    """
    sums, is_whole, seen = hashlib.sha256(), False, 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=BLOCK) as tar:
            while (member := tar.next()) is not None:
                tar.members = []  # type: ignore[attr-defined]
                file = tar.extractfile(member)
                if file is None or is_whole or not _is_safe(member.name):
                    raise BackupRefused(FOREIGN)
                hashed = Hashed(file)
                if member.name == SUMS:
                    hashed.drain()
                    is_whole = hashed.digest.digest() == sums.digest()
                    if not is_whole:
                        raise BackupRefused(CHANGED)
                    continue
                seen += 1
                yield member.name, hashed
                hashed.drain()
                sums.update(_line(hashed, member.name))
    except tarfile.TarError as error:
        raise BackupRefused(CUT_SHORT if seen else FOREIGN) from error
    if not is_whole:
        raise BackupRefused(CUT_SHORT)


FOREIGN = (
    "Berkas ini bukan cadangan Melek ASN, atau rusak. Pilih berkas melek-….tar "
    "atau melek-….tar.age."
)
CUT_SHORT = (
    "Cadangan ini terpotong atau rusak. Salin lagi berkasnya, atau pakai cadangan lain."
)
CHANGED = "Isi cadangan ini berubah sesudah dibuat. Pakai cadangan lain."


def _is_safe(name: str) -> bool:
    """Say whether the name stays inside the folder that it is put into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name
