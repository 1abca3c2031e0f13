"""Backups of SQLite: a copy as of one moment, while the site goes on writing."""

import gzip
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, cast

from django.db import connections

from elearning.backups import facts
from elearning.backups.archive import BLOCK, CHANGED, Hashed
from elearning.backups.refusals import BackupRefused
from elearning.backups.site import Site
from lib.extra_database import extra_database

_MEMBER = "database.sqlite3.gz"
# Rows shrink to a fifth at the quickest level; others take thrice as long.
_LEVEL = 1


def path_of(alias: str) -> Path:
    """Return the database's file."""
    return Path(connections[alias].settings_dict["NAME"])


def _size(alias: str) -> int:
    """Return about how many bytes a copy takes."""
    return path_of(alias).stat().st_size


@contextmanager
def _snapshot(alias: str, folder: Path) -> Iterator[tuple[facts.Ask, Path]]:
    """Yield how to ask a copy of the database, and the file that holds it for good.

    `VACUUM INTO` reads in one transaction, so that the copy is of one moment, and
    keeps no writer waiting; it also takes what is still in the `-wal`. The file is
    there once the block has ended.
    """
    copy, packed = folder / "database.sqlite3", folder / _MEMBER
    with connections[alias].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    with closing(sqlite3.connect(copy)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise BackupRefused(
                f"Basis data rusak ({said}). Pulihkan dari cadangan terakhir yang baik."
            )
        yield (lambda sql: connection.execute(sql).fetchall()), packed
    _pack(copy, packed)


def _pack(copy: Path, packed: Path) -> None:
    with (
        copy.open("rb") as plain,
        packed.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as small,
    ):
        shutil.copyfileobj(plain, small, BLOCK)
    copy.unlink()


class SqliteBeside:
    """A database that is restored beside the site's own."""

    vendor = "sqlite"

    def __init__(self, site: Site, folder: Path) -> None:
        self._current = path_of(site.alias)
        self._said = dict(connections[site.alias].settings_dict)
        self._site = site
        self._new = folder / "database.sqlite3"

    def check(self) -> None:
        """Nothing: a site that runs here holds `up.lock`."""

    def unpack(self, member: Hashed) -> None:
        """Take the member of an archive as it comes."""
        with (
            self._new.open("wb") as file,
            gzip.GzipFile(fileobj=cast("IO[bytes]", member)) as plain,
        ):
            try:
                shutil.copyfileobj(plain, file, BLOCK)
            except (zlib.error, EOFError, gzip.BadGzipFile) as error:
                raise BackupRefused(CHANGED) from error

    @contextmanager
    def loaded(self) -> Iterator[str]:
        """Yield the alias of the restored database."""
        with extra_database("beside", {**self._said, "NAME": self._new}) as alias:
            yield alias
            with connections[alias].cursor() as cursor:
                # One file, so that there is one thing to put in place.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def pairs(self) -> list[tuple[Path, Path]]:
        """Return which files take the place of which."""
        connections[self._site.alias].close()
        return [
            (_beside(self._new, end), _beside(self._current, end))
            for end in ("", "-wal", "-shm")
        ]

    def undo(self) -> None:
        """Nothing: the files say it all."""

    def settle(self) -> None:
        """Nothing: the files say it all."""


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")


class Sqlite:
    """How SQLite is copied and restored; `member` names the copy in an archive."""

    vendor = "sqlite"
    member = _MEMBER
    size = staticmethod(_size)
    snapshot = staticmethod(_snapshot)
    beside = SqliteBeside
