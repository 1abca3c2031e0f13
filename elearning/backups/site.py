"""What belongs to a site, and where it lies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS


@dataclass(frozen=True)
class Site:
    """The places of everything that a backup holds.

    `alias` names the database. `secret` is the value of SECRET_KEY, `secret_file`
    where the embedded size keeps it. `media` is the folder of files, None where they
    lie in the object storage `bucket`.
    """

    alias: str
    var: Path
    media: Path | None
    seal_file: Path
    signing_key: Path
    secret: str
    secret_file: Path
    bucket: Any = None

    @property
    def journal(self) -> Path:
        """Where a restore says that it is under way."""
        return self.var / "restore-under-way"

    @property
    def note(self) -> Path:
        """Where the last good backup is noted."""
        return self.var / "last-backup.json"


def this_site() -> Site:
    """Return the site of the settings."""
    is_folder = isinstance(default_storage, FileSystemStorage)
    return Site(
        alias=DEFAULT_DB_ALIAS,
        var=settings.ELEARNING_VAR,
        media=Path(settings.MEDIA_ROOT) if is_folder else None,
        seal_file=settings.ELEARNING_SEAL_FILE,
        signing_key=settings.ELEARNING_SIGNING_KEY,
        secret=settings.SECRET_KEY,
        secret_file=settings.ELEARNING_VAR / "secret-key",
        bucket=None if is_folder else default_storage,
    )
