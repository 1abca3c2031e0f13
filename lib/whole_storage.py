"""Files that are there whole, or not at all.

Django writes a file under its own name. A disk that is full, or a process that is
killed, leaves the beginning of it there; whoever then asks whether the file exists is
told yes, for ever.
"""

import os
import secrets
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

# Beside the files and not below them: nobody lists it.
PARTS = ".parts"


def write_through(folder: Path) -> None:
    """Have the names of a folder on the disk, before the row that tells of one."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WholeFileStorage(FileSystemStorage):
    """The file system, where a name appears when the last byte is on the disk."""

    def _save(self, name: str, content: "IO[bytes] | Any") -> str:
        """Write beside, then give the name; Django's promises about names hold.

        Raises OSError when the disk takes no more; then nothing is left behind.
        """
        written = f"{PARTS}/{secrets.token_hex(16)}"
        part = Path(self.path(written))
        try:
            super()._save(written, content)  # type: ignore[misc]
            with part.open("rb") as file:
                os.fsync(file.fileno())
            return self._give_name(part, name)
        finally:
            part.unlink(missing_ok=True)

    def _give_name(self, part: Path, name: str) -> str:
        while True:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(part, path)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                write_through(path.parent)
                return name.replace("\\", "/")
