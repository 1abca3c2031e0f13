"""Make a site from a backup: beside the one that is there, then in its place.

Nothing is touched before the whole backup was read and its database was looked at. From
the journal's first line to its end a failure, or a kill and `undo`, leaves everything
as it was.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections

from accounts import audit
from certificates.issuing_site import SITE_RESTORED
from elearning.backups import archive, disk, envelope, facts, making, manifest
from elearning.backups.manifest import Manifest
from elearning.backups.refusals import BackupRefused
from elearning.backups.site import Site
from elearning.backups.site_files import send_files
from lib import swapping

_RUNNING = (
    "Situs ini masih berjalan. Hentikan dulu (Ctrl-C, systemctl stop, atau docker "
    "compose stop), lalu pulihkan."
)


@dataclass(frozen=True)
class Restored:
    """What was restored, and whether the keys were."""

    manifest: Manifest
    files: int
    has_keys: bool


@dataclass(frozen=True)
class Wish:
    """What the operator asks for: files, what opens them, and how far it may go."""

    backup: Path
    keys: Path | None = None
    identities: envelope.Identities = ()
    may_replace: bool = False


def restore(
    site: Site, wish: Wish, *, now: datetime, say: Callable[[str], object]
) -> Restored:
    """Put the site of a backup in the place of an empty one.

    Afterwards it issues no certificate until `continue_numbers` was told what people
    hold. Raises BackupRefused, with everything as it was: the site runs, a restore
    was interrupted, the site has people (and may not be replaced), the backup is
    foreign, cut short, changed, newer, of the other kind of database, or its key is
    missing; or there is no room.
    """
    with disk.alone(site.var / "up.lock", _RUNNING):
        if site.journal.exists():
            raise BackupRefused(
                "Pemulihan sebelumnya terhenti di tengah jalan. Jalankan manage.py "
                "restore --undo lebih dulu."
            )
        if not wish.may_replace and has_people(site):
            raise BackupRefused(
                "Situs ini sudah berisi pegawai. Memulihkan berarti menghapus "
                "semuanya. Bila memang itu maksud Anda: manage.py backup, lalu ulangi "
                "dengan --replace."
            )
        with _folder(site) as folder:
            return _Restoring(site, wish, folder, now, say).run()


def undo(site: Site) -> bool:
    """Put back what an interrupted restore moved; False where there was none."""
    with disk.alone(site.var / "up.lock", _RUNNING):
        if not site.journal.exists():
            return False
        _database(site, site.var).undo()
        swapping.undo(site.journal)
        shutil.rmtree(_place(site), ignore_errors=True)
        return True


def has_people(site: Site) -> bool:
    """Say whether anybody has an account here."""
    try:
        return bool(facts.asker(site.alias)("SELECT 1 FROM accounts_user LIMIT 1"))
    except DatabaseError:
        # No table, no people. A database that is down is found out by the next step.
        return False


@dataclass
class _Restoring:
    site: Site
    wish: Wish
    folder: Path
    now: datetime
    say: Callable[[str], object]
    files: int = 0

    def run(self) -> Restored:
        database = _database(self.site, self.folder)
        database.check()
        self.say("Membaca cadangan …")
        label = self._unpack(database)
        keys = self._unpack_keys()
        with self._planned(database) as steps:
            self._put_in_place(database, label, steps)
        return Restored(label, self.files, has_keys=keys)

    def _put_in_place(
        self, database: Any, label: Manifest, steps: list[swapping.Step]
    ) -> None:
        swapping.begin(self.site.journal, steps)
        try:
            self.say("Memeriksa basis data …")
            with database.loaded() as alias:
                self._look_at(alias, database.vendor, label)
            if self.site.bucket:
                # Adds to what is there: names stand for content, nothing is torn.
                self.say("Mengirim berkas …")
                send_files(self.folder / making.FILES, self.site.bucket)
            swapping.swap(steps)
            swapping.settle(self.site.journal)
        except BaseException:
            if self.site.journal.exists():
                database.undo()
                swapping.undo(self.site.journal)
            raise
        database.settle()
        for step in steps:
            _delete(step.aside)

    def _unpack(self, database: Any) -> Manifest:
        """Take everything out of the archive, to the last sum."""
        label: Manifest | None = None
        with envelope.opened(self.wish.backup, self.wish.identities) as stream:
            for name, member in archive.members(stream):
                if label is None:
                    label = self._label(name, member, database)
                elif name == making.DATABASES[database.vendor].member:
                    database.unpack(member)
                elif name == making.SEALS:
                    _write(self.folder / making.SEALS, member)
                elif name.startswith(making.FILES):
                    self.files += 1
                    _write(self.folder / name, member)
        if label is None:
            raise BackupRefused(archive.FOREIGN)
        return label

    def _label(self, name: str, member: archive.Hashed, database: Any) -> Manifest:
        if name != manifest.NAME:
            raise BackupRefused(archive.FOREIGN)
        label = manifest.read(member.read(), expected=manifest.SITE)
        manifest.check_not_newer(label, self.site.alias)
        if label.database != database.vendor:
            raise BackupRefused(
                f"Cadangan ini dari basis data {label.database}, situs ini memakai "
                f"{database.vendor}. Pulihkan pada jenis yang sama; dari SQLite ke "
                "PostgreSQL: manage.py move_to sesudah itu."
            )
        disk.check_room(self.folder, label.room)
        return label

    def _unpack_keys(self) -> bool:
        if self.wish.keys is None:
            return False
        label: Manifest | None = None
        with envelope.opened(self.wish.keys, self.wish.identities) as stream:
            for name, member in archive.members(stream):
                if name == manifest.NAME:
                    label = manifest.read(member.read(), expected=manifest.KEYS)
                else:
                    _write(self.folder / name, member)
        if label is None:
            raise BackupRefused(archive.FOREIGN)
        return True

    @contextmanager
    def _planned(self, database: Any) -> Iterator[list[swapping.Step]]:
        """Yield what takes whose place; copies on other disks are gone afterwards."""
        pairs = self._pairs(database)
        near = [(_near(new, current), current) for new, current in pairs]
        try:
            yield swapping.plan(near, self.folder / "aside")
        finally:
            if not self.site.journal.exists():
                for (copy, _current), (new, _same) in zip(near, pairs, strict=True):
                    if copy != new:
                        copy.unlink(missing_ok=True)

    def _pairs(self, database: Any) -> list[tuple[Path, Path]]:
        pairs: list[tuple[Path, Path]] = database.pairs()
        if self.site.media:
            (self.folder / making.FILES).mkdir(exist_ok=True)
            pairs.append((self.folder / making.FILES, self.site.media))
        if not self.site.seal_file.exists():
            # One that is there knows of seals that came after the backup.
            pairs.append((self.folder / making.SEALS, self.site.seal_file))
        for name, current in (
            (making.SIGNING_KEY, self.site.signing_key),
            (making.SECRET, self.site.secret_file),
        ):
            if (self.folder / name).exists():
                pairs.append((self.folder / name, current))
        return pairs

    def _look_at(self, alias: str, vendor: str, label: Manifest) -> None:
        """Compare with the label, bring up to date, and say that it was restored."""
        found = facts.row_counts(facts.asker(alias), vendor)
        if found != label.rows:
            wrong = sorted(
                name
                for name in found.keys() | label.rows.keys()
                if found.get(name) != label.rows.get(name)
            )
            raise BackupRefused(f"Jumlah baris tidak cocok: {', '.join(wrong)}.")
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        if broken := audit.broken_seals(using=alias):
            raise BackupRefused(
                f"{len(broken)} segel catatan rusak dalam cadangan ini. Pakai "
                "cadangan lain."
            )
        audit.record_in(
            alias,
            SITE_RESTORED,
            now=self.now,
            made_at=label.made_at,
            numbers=label.numbers,
        )


def _database(site: Site, folder: Path) -> Any:
    return making.DATABASES[connections[site.alias].vendor].beside(site, folder)


def _place(site: Site) -> Path:
    return site.var / "restore-work"


@contextmanager
def _folder(site: Site) -> Iterator[Path]:
    """Yield a private folder on the disk of the data; gone in the end."""
    place = _place(site)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        if not site.journal.exists():
            shutil.rmtree(place, ignore_errors=True)


def _near(new: Path, current: Path) -> Path:
    """Return what is to take a place on the disk of that place, copied if need be.

    Keys and seals may lie on another disk than the data. Where nothing new comes, there
    is nothing to copy.
    """
    current.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not new.exists() or swapping.are_on_one_disk(new.parent, current.parent):
        return new
    copy = current.with_name(f".{current.name}.restored")
    shutil.copyfile(new, copy)
    copy.chmod(0o600)
    return copy


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, member: archive.Hashed) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as file:
        shutil.copyfileobj(member, file, archive.BLOCK)
    path.chmod(0o600)
