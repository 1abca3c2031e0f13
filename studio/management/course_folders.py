"""Which course folders a command means."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from studio.folders.reading.places import COURSE_FILE

SHIPPED = Path(settings.BASE_DIR) / "courses" / "content"


def course_folders(path: Path) -> list[Path]:
    """Return the folder itself, or every course folder in it, by name."""
    if (path / COURSE_FILE).exists():
        return [path]
    if not path.is_dir():
        raise CommandError(f"Folder {path} tidak ditemukan.")
    found = sorted(
        folder
        for folder in path.iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    )
    if not found:
        raise CommandError(f"Tidak ada folder kursus di {path}.")
    return found
