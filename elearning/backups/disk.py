"""Room on disks, and names that appear whole."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elearning.backups.refusals import BackupRefused
from lib.whole_storage import PARTS


def files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file below a folder with its name inside; none that is being written.

    Ordered within each folder, so that two archives of one state are alike.
    """
    if not folder.is_dir():
        return
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != PARTS)
        for name in sorted(names):
            path = Path(place) / name
            yield path.relative_to(folder).as_posix(), path


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    total = 0
    for _name, path in files_in(folder):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


def check_room(folder: Path, needed: int) -> None:
    """Raise BackupRefused where a folder's disk has not so many bytes left."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            f"Ruang di {folder} kurang: perlu sekitar {_megabytes(needed)} MB, tersisa "
            f"{_megabytes(free)} MB. Kosongkan disk atau pilih folder lain."
        )


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


@contextmanager
def alone(path: Path, otherwise: str) -> Iterator[None]:
    """Hold a lock file; raises BackupRefused with `otherwise` where somebody has it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupRefused(otherwise) from error
        yield
