"""Certificate files in the default storage, each under its hash."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def path_of(sha256: str) -> str:
    """Return where a file with this hash lies."""
    return f"certificates/{sha256[:2]}/{sha256}.pdf"


def write(content: bytes) -> tuple[str, str]:
    """Store the bytes and return (sha256, path). Storing them again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if _read(path) != content:
        # What lies there with other bytes was cut short once, by a full disk.
        default_storage.delete(path)
        default_storage.save(path, ContentFile(content))
    return sha256, path


def _read(path: str) -> bytes | None:
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def discard(path: str) -> None:
    """Delete a file that was never released."""
    default_storage.delete(path)
