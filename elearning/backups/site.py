"""What belongs to a site, and where it lies."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS

from elearning.backups.refusals import BackupRefused


@dataclass(frozen=True)
class Site:
    """The places of everything that a backup holds.

    `alias` names the database. `secret` is the value of SECRET_KEY, `secret_file`
    where the embedded size keeps it. `media` is None where files lie in an object
    storage: that keeps versions of its own.
    """

    alias: str
    var: Path
    media: Path | None
    seal_file: Path
    signing_key: Path
    secret: str
    secret_file: Path

    @property
    def journal(self) -> Path:
        """Where a restore says that it is under way."""
        return self.var / "restore-under-way"

    @property
    def note(self) -> Path:
        """Where the last good backup is noted."""
        return self.var / "last-backup.json"

    @property
    def folder_of_files(self) -> Path:
        """Return the folder of uploaded and issued files.

        Raises BackupRefused where they lie elsewhere.
        """
        if self.media is None:
            raise BackupRefused(
                "Berkas situs ini ada di penyimpanan objek, bukan di folder. Pulihkan "
                "berkas dengan versi penyimpanan itu."
            )
        return self.media


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
    )
