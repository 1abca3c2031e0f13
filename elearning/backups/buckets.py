"""Backups that are kept in an object storage; the address says which."""

import hashlib
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File

from elearning.addresses import bucket_parts
from elearning.backups import archive
from elearning.backups.making import KEYS_FOLDER, Backup, keys_of, make_backup
from elearning.backups.refusals import BackupRefused
from elearning.backups.site import Site

_NAME = re.compile(r"melek-\w+Z\.tar(\.age)?")


def make_backup_in(site: Site, address: str, *, keep: int, **said: Any) -> Backup:
    """Make a backup as `make_backup` does, and keep it in a storage.

    It is written beside the data first, sent, and read back from there; only then it
    counts, and all but the `keep` newest are deleted. Raises BackupRefused and OSError;
    then nothing of it is left, and older ones stay.
    """
    bucket = _bucket_of(address)

    def send(backup: Backup) -> Backup:
        try:
            _send(bucket, backup)
        finally:
            # Under the lock, so it is nobody else's; also what a kill has left.
            shutil.rmtree(folder)
        _rotate(bucket, keep)
        name = backup.path.name
        return replace(
            backup,
            place=_below(address, name),
            keys_place=_below(address, f"{KEYS_FOLDER}/{backup.keys.name}"),
        )

    folder = site.var / "backup-away"
    return make_backup(site, folder, keep=1, send=send, **said)


def fetch(address: str, folder: Path) -> Path:
    """Copy a backup, or its keys, into a folder; return the copy.

    Raises BackupRefused where there is none, and OSError.
    """
    place, _slash, name = urlsplit(address).path.rpartition("/")
    bucket = _bucket_of(urlsplit(address)._replace(path=place).geturl())
    try:
        with bucket.open(name) as there, (folder / name).open("wb") as copy:
            shutil.copyfileobj(there, copy, archive.BLOCK)
    except FileNotFoundError as error:
        raise BackupRefused(f"{address} tidak ada.") from error
    return folder / name


def _bucket_of(address: str) -> Any:
    from lib.object_storage import ObjectStorage

    try:
        parts = bucket_parts(address)
    except ValueError as error:
        raise BackupRefused(
            "Alamat penyimpanan objek berbentuk s3://ember/awalan?endpoint=https://…"
        ) from error
    return ObjectStorage(**parts, **settings.BUCKET_KEYS)


def _below(address: str, name: str) -> str:
    said = urlsplit(address)
    return said._replace(path=f"{said.path.rstrip('/')}/{name}").geturl()


def _send(bucket: Any, backup: Backup) -> None:
    """Send the keys first, so that no backup lacks them."""
    sent = []
    try:
        for name, path in (
            (f"{KEYS_FOLDER}/{backup.keys.name}", backup.keys),
            (backup.path.name, backup.path),
        ):
            sent.append(name)
            with path.open("rb") as file:
                bucket.save(name, File(file))
                file.seek(0)
                with bucket.open(name) as there:
                    if _digest(there) != _digest(file):
                        raise BackupRefused(
                            "Cadangan berubah di jalan ke penyimpanan objek. Ulangi."
                        )
    except BaseException:
        for name in sent:
            with suppress(OSError):
                bucket.delete(name)
        raise


def _digest(file: "IO[bytes] | File[bytes]") -> bytes:
    digest = hashlib.sha256()
    while block := file.read(archive.BLOCK):
        digest.update(block)
    return digest.digest()


def _rotate(bucket: Any, keep: int) -> None:
    _folders, names = bucket.listdir("")
    ours = sorted(filter(_NAME.fullmatch, names), reverse=True)
    for name in ours[keep:]:
        bucket.delete(name)
        bucket.delete(keys_of(Path(name)).as_posix())
