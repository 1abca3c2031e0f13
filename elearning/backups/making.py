"""Make a backup: whole, read back and under its name, or not there at all."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
from django.db import connections

from elearning.backups import archive, disk, envelope, facts, manifest
from elearning.backups.postgres import Postgres, check_tools
from elearning.backups.refusals import BackupRefused
from elearning.backups.site import Site
from elearning.backups.site_files import bytes_of_files, pack_files
from elearning.backups.sqlite import Sqlite
from lib.whole_storage import write_through

FILES = "files/"
SEALS = "audit-seals"
SIGNING_KEY, SECRET = "keys/signing-key.pem", "keys/secret-key"
# In a folder of their own, so that they can be kept elsewhere.
KEYS_FOLDER = "keys"
DATABASES: dict[str, Any] = {kind.vendor: kind for kind in (Sqlite, Postgres)}
_RUNNING = "Cadangan lain sedang dibuat. Tunggu sampai selesai, lalu ulangi."


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where it and its keys lie, and how large it is."""

    path: Path
    keys: Path
    bytes: int
    is_closed: bool
    # Where it was sent, and is no longer here.
    place: str = ""
    keys_place: str = ""

    def __str__(self) -> str:
        """Return where it lies."""
        return self.place or str(self.path)


def make_backup(
    site: Site,
    folder: Path,
    *,
    recipients: envelope.Recipients,
    keep: int,
    now: datetime,
    say: Callable[[str], object],
    send: Callable[[Backup], Backup] | None = None,
) -> Backup:
    """Write database and files into one archive in `folder`, the keys into another.

    The database is of one moment; files are read after it, so every file that a row
    of that moment names is there unless it was deleted since. Both archives are read
    back before they get their names. Then `send` may take it elsewhere, and all but the
    `keep` newest backups of the folder are deleted.

    Raises BackupRefused (another backup is running, no room, no tools, damaged
    database) and OSError; nothing of the new backup is left then, and older ones
    stay.
    """
    with disk.alone(site.var / "backup.lock", _RUNNING):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / KEYS_FOLDER).mkdir(exist_ok=True, mode=0o700)
        _sweep(site, folder)
        _check_room(site, folder)
        with _work_folder(site) as work:
            backup = _Making(site, folder, recipients, now, say).make(work)
        if send:
            say("Mengirim …")
            backup = send(backup)
        rotate(folder, keep=keep)
        _note(site, backup, now)
        return backup


@dataclass(frozen=True)
class _Making:
    site: Site
    folder: Path
    recipients: envelope.Recipients
    now: datetime
    say: Callable[[str], object]

    def make(self, work: Path) -> Backup:
        """Write, read back, then name: the keys first, that none lacks them."""
        # Its other half lives in this process only: nobody else can read back.
        witness = pyrage.x25519.Identity.generate()
        closed_for = [*self.recipients, witness.to_public()] if self.recipients else []
        name = f"melek-{self.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        end = ".tar.age" if self.recipients else ".tar"
        path = self.folder / f"{name}{end}"
        keys = self.folder / KEYS_FOLDER / f"{name}.keys{end}"
        if path.exists():
            raise BackupRefused(f"{path} sudah ada. Ulangi sebentar lagi.")
        try:
            self._write(work, _part(path), closed_for)
            self._write_keys(_part(keys), closed_for)
            self.say("Membaca ulang …")
            for part in (_part(path), _part(keys)):
                check(part, [witness])
            for new in (keys, path):
                _part(new).rename(new)
                write_through(new.parent)
        finally:
            for part in (_part(path), _part(keys)):
                part.unlink(missing_ok=True)
        return Backup(path, keys, path.stat().st_size, bool(self.recipients))

    def _write(self, work: Path, part: Path, closed_for: envelope.Recipients) -> None:
        self.say("Menyalin basis data …")
        database = DATABASES[connections[self.site.alias].vendor]
        with database.snapshot(self.site.alias, work) as (ask, copy):
            said = facts.what_it_says(ask, database.vendor)
        files = bytes_of_files(self.site)
        label = manifest.label(
            manifest.SITE, now=self.now, room=_size(self.site) + files, **said
        )
        self.say("Menulis cadangan …")
        with (
            envelope.closed(part, closed_for) as stream,
            archive.ArchiveWriter(stream) as writer,
        ):
            writer.add_bytes(manifest.NAME, label.to_json())
            writer.add_file(database.member, copy)
            writer.add_file(SEALS, self.site.seal_file)
            pack_files(self.site, writer, below=FILES)

    def _write_keys(self, part: Path, closed_for: envelope.Recipients) -> None:
        label = manifest.label(manifest.KEYS, now=self.now)
        with (
            envelope.closed(part, closed_for) as stream,
            archive.ArchiveWriter(stream) as writer,
        ):
            writer.add_bytes(manifest.NAME, label.to_json())
            writer.add_file(SIGNING_KEY, self.site.signing_key)
            writer.add_bytes(SECRET, self.site.secret.encode())


def check(path: Path, identities: envelope.Identities) -> None:
    """Read a backup to its end. Raises BackupRefused where it is not whole."""
    with envelope.opened(path, identities) as stream:
        for _member in archive.members(stream):
            continue


def backups_in(folder: Path) -> list[Path]:
    """Return the finished backups of a folder, the newest first."""
    found = [*folder.glob("melek-*Z.tar"), *folder.glob("melek-*Z.tar.age")]
    return sorted(found, key=lambda path: path.name, reverse=True)


def keys_of(backup: Path) -> Path:
    """Return where the keys of a backup lie."""
    name, _dot, end = backup.name.partition(".")
    return backup.parent / KEYS_FOLDER / f"{name}.keys.{end}"


def rotate(folder: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest backups with their keys; return what was deleted."""
    old = backups_in(folder)[keep:]
    for path in old:
        path.unlink()
        keys_of(path).unlink(missing_ok=True)
    return old


def last_backup(site: Site) -> dict[str, Any] | None:
    """Return what is known of the last good backup, None where there was none."""
    try:
        said: dict[str, Any] = json.loads(site.note.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said


def _note(site: Site, backup: Backup, now: datetime) -> None:
    said = {
        "made_at": now.isoformat(),
        "path": str(backup),
        "bytes": backup.bytes,
        "is_closed": backup.is_closed,
    }
    part = _part(site.note)
    part.write_text(json.dumps(said), encoding="utf-8")
    part.rename(site.note)


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _size(site: Site) -> int:
    return int(DATABASES[connections[site.alias].vendor].size(site.alias))


def _check_room(site: Site, folder: Path) -> None:
    """A copy and its packed form beside the site; the archive in the folder."""
    database, files = _size(site), bytes_of_files(site)
    site.var.mkdir(parents=True, exist_ok=True)
    on_one_disk = site.var.stat().st_dev == folder.stat().st_dev
    disk.check_room(site.var, 2 * database + (database + files) * on_one_disk)
    disk.check_room(folder, database + files)
    if connections[site.alias].vendor == Postgres.vendor:
        check_tools(site.alias)


def _sweep(site: Site, folder: Path) -> None:
    """Delete what a killed backup has left; under the lock nobody writes it."""
    shutil.rmtree(site.var / "backup-work", ignore_errors=True)
    for place in (folder, folder / KEYS_FOLDER):
        for part in place.glob(".melek-*.part"):
            part.unlink()


@contextmanager
def _work_folder(site: Site) -> Iterator[Path]:
    """Yield a private folder beside the data: the open copy never leaves its disk."""
    work = site.var / "backup-work"
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
