"""Backups of PostgreSQL by its own tools, pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.backends.postgresql.client import DatabaseClient

from elearning.backups import facts
from elearning.backups.archive import BLOCK, Hashed
from elearning.backups.refusals import BackupRefused
from elearning.backups.site import Site

_MEMBER = "database.dump"
# The site's tables while others are loaded in their place.
_ASIDE = "melek_before_restore"


def _size(alias: str) -> int:
    """Return about how many bytes a dump takes at most."""
    return int(facts.asker(alias)("SELECT pg_database_size(current_database())")[0][0])


@contextmanager
def _snapshot(alias: str, folder: Path) -> Iterator[tuple[facts.Ask, Path]]:
    """Yield how to ask the database as of one moment, and the dump of that moment."""
    dump, ask = folder / _MEMBER, facts.asker(alias)
    with transaction.atomic(using=alias, durable=True):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (name,) = ask("SELECT pg_export_snapshot()")[0]
        _run(
            "pg_dump",
            alias,
            "--format=custom",
            "--compress=1",
            f"--snapshot={name}",
            f"--exclude-schema={_ASIDE}",
            f"--file={dump}",
        )
        yield ask, dump


def check_tools(alias: str) -> None:
    """Raise BackupRefused without client tools at least as new as the server."""
    server = int(facts.asker(alias)("SHOW server_version_num")[0][0]) // 10_000
    for tool in ("pg_dump", "pg_restore"):
        found = shutil.which(tool)
        said = _version(found) if found else 0
        if said < server:
            raise BackupRefused(
                f"Perlu {tool} versi {server} atau lebih baru"
                + (f", yang ada versi {said}. " if found else ". ")
                + f"Pasang paket postgresql-client-{server}, lalu ulangi."
            )


def _version(tool: str) -> int:
    said = subprocess.run(  # noqa: S603 - a tool of the database
        [tool, "--version"], check=True, capture_output=True, text=True
    ).stdout
    number = re.search(r"\d+", said)
    return int(number[0]) if number else 0


def _run(tool: str, alias: str, *options: str) -> None:
    """Run a tool on a database. Raises BackupRefused with what the tool says."""
    said = connections[alias].settings_dict
    (_psql, *where), environment = DatabaseClient.settings_to_cmd_args_env(said, [])
    database = where.pop()
    done = subprocess.run(  # noqa: S603 - a tool of the database
        [shutil.which(tool) or tool, *where, f"--dbname={database}", *options],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["?"]
        raise BackupRefused(f"{tool} gagal: {last[0]}")


class PostgresBeside:
    """A database that is restored in the place of the site's, which steps aside."""

    vendor = "postgresql"

    def __init__(self, site: Site, folder: Path) -> None:
        self._alias = site.alias
        self._dump = folder / _MEMBER

    def check(self) -> None:
        """Raise BackupRefused without tools, or while others are connected."""
        check_tools(self._alias)
        others = facts.asker(self._alias)(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if others[0][0]:
            raise BackupRefused(
                f"{others[0][0]} sambungan lain memakai basis data ini. Hentikan web, "
                "worker, dan beat dulu, lalu pulihkan."
            )

    def unpack(self, member: Hashed) -> None:
        """Take the member of an archive as it comes."""
        with self._dump.open("wb") as file:
            shutil.copyfileobj(member, file, BLOCK)

    @contextmanager
    def loaded(self) -> Iterator[str]:
        """Yield the alias of the restored database.

        The caller has begun a journal: from the first step on, `undo` puts the former
        tables back.
        """
        with transaction.atomic(using=self._alias, durable=True):
            # A restore that was killed after its last step has left them.
            self.settle()
            self._tell(f'ALTER SCHEMA "public" RENAME TO "{_ASIDE}"')
            self._tell('CREATE SCHEMA "public"')
        _run(
            "pg_restore",
            self._alias,
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--jobs=2",
            str(self._dump),
        )
        yield self._alias

    def pairs(self) -> list[tuple[Path, Path]]:
        """Return no files: the tables are in place already."""
        return []

    def undo(self) -> None:
        """Put the former tables back, if they are aside."""
        connections[self._alias].close()
        if self._is_aside():
            with transaction.atomic(using=self._alias, durable=True):
                self._tell('DROP SCHEMA IF EXISTS "public" CASCADE')
                self._tell(f'ALTER SCHEMA "{_ASIDE}" RENAME TO "public"')

    def settle(self) -> None:
        """Forget the former tables."""
        self._tell(f'DROP SCHEMA IF EXISTS "{_ASIDE}" CASCADE')

    def _is_aside(self) -> bool:
        ask = facts.asker(self._alias)
        sql = f"SELECT count(*) FROM pg_namespace WHERE nspname = '{_ASIDE}'"  # noqa: S608 - our name
        return bool(ask(sql)[0][0])

    def _tell(self, sql: str) -> None:
        with connections[self._alias].cursor() as cursor:
            cursor.execute(sql)


class Postgres:
    """How PostgreSQL is dumped and restored; `member` names the dump in an archive."""

    vendor = "postgresql"
    member = _MEMBER
    size = staticmethod(_size)
    snapshot = staticmethod(_snapshot)
    beside = PostgresBeside
