"""Seconds, size and memory of backup, restore and move_to at N people.

`python -m bench backup --people 100000 --database postgres://…`, an empty database of
its own; without `--database` only SQLite is measured. Files are random bytes in the
size of a certificate. Seconds are those of the clock, CPU those of the command itself,
without the database server's; the last column counts tables and files that differ.
"""

import argparse
import hashlib
import logging
import multiprocessing
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench import site

_FILE_SIZE = 55_000
_AUDITED = 20


@dataclass(frozen=True)
class Run:
    """What a command took: seconds, those of a processor, and megabytes of memory."""

    seconds: float
    processor: float
    memory: float


def main() -> None:
    """Make a site, back it up, restore it, move it, and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    var = Path(os.environ["ELEARNING_VAR"])
    first, second = var / "first", var / "second"
    # In a process of its own: a command's memory counts from what its parent has.
    maker = multiprocessing.get_context("fork").Process(
        target=_make_site, args=(first, options.people, options.files)
    )
    maker.start()
    maker.join()
    if maker.exitcode:
        sys.exit("The site was not made.")
    print(f"{'':26}{'seconds':>9}{'CPU':>7}{'MB':>9}{'memory':>9}{'differ':>8}")
    backup = _backup(first, var / "open", "")
    _closed(first, var)
    restored = _manage(second, "", "restore", str(backup), "--no-verify")
    _line("restore, SQLite", restored, 0, _sqlite_differences(first, second))
    if options.database:
        _measure_postgres(first, var, options.database)


def _measure_postgres(first: Path, var: Path, url: str) -> None:
    moved = _manage(first, "", "move_to", url)
    _line("move_to", moved, 0, 0)
    before = _postgres_sums(url)
    backup = _backup(first, var / "postgres", url)
    third = var / "third"
    restored = _manage(third, url, "restore", str(backup), "--no-verify", "--replace")
    differ = sum(
        before[name] != found for name, found in _postgres_sums(url).items()
    ) + _file_differences(first, third)
    _line("restore, PostgreSQL", restored, 0, differ)


def _backup(var: Path, folder: Path, url: str, *options: str) -> Path:
    run = _manage(var, url, "backup", str(folder), *options)
    (backup,) = folder.glob("melek-*")
    kind = "PostgreSQL" if url else "SQLite"
    closed = ", closed" if options else ""
    _line(f"backup, {kind}{closed}", run, backup.stat().st_size / 1e6, 0)
    return backup


def _closed(var: Path, scratch: Path) -> None:
    from elearning.backups.envelope import new_identity

    _content, recipient = new_identity("")
    _backup(var, scratch / "closed", "", "--recipient", recipient)


def _line(what: str, run: Run, megabytes: float, differ: int) -> None:
    size = f"{megabytes:9.0f}" if megabytes else " " * 9
    print(
        f"{what:26}{run.seconds:9.1f}{run.processor:7.0f}{size}{run.memory:9.0f}"
        f"{differ:8}",
        flush=True,
    )


def _manage(var: Path, url: str, *arguments: str) -> Run:
    """Run a command as an operator does, in a process of its own."""
    environment = {**os.environ, "ELEARNING_VAR": str(var), "SECRET_KEY": "bench"}
    if url:
        environment["DATABASE_URL"] = url
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        sys.exit(f"{arguments[0]} ended with {process.returncode}.")
    used = usage.ru_utime + usage.ru_stime
    return Run(time.monotonic() - began, used, usage.ru_maxrss / 1024)


# --- the site ----------------------------------------------------------------------
def _make_site(var: Path, people: int, files: int) -> None:
    """Make a site whose people all have what the scene's learner has."""
    os.environ |= {
        "ELEARNING_VAR": str(var),
        "PUBLIC_URL": "http://127.0.0.1:8000",
    }
    site.prepare()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from bench.crowd import multiply
    from tests.scene import make_scene

    # No broker runs here, and nobody need be told.
    logging.disable()
    now = timezone.now() - timedelta(days=1)
    learner = make_scene(now=now).people["learner"]
    path = Path(settings.DATABASES["default"]["NAME"])
    connection.close()
    multiply(path, learner, people)
    _audit(people, now)
    for _number in range(files):
        content = secrets.token_bytes(_FILE_SIZE)
        name = hashlib.sha256(content).hexdigest()
        file = settings.MEDIA_ROOT / "certificates" / name[:2] / f"{name}.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rows = _rows(path)
    print(f"{people} people, {rows} rows, {path.stat().st_size / 1e6:.0f} MB, ", end="")
    print(f"{files} files, {files * _FILE_SIZE / 1e6:.0f} MB", flush=True)
    connection.close()


def _audit(people: int, now) -> None:
    """Give everybody a score of records in the trail, and seal them."""
    from accounts import audit
    from accounts.models import AuditRecord

    AuditRecord.objects.bulk_create(
        (
            AuditRecord(
                at=now + timedelta(microseconds=number),
                actor_id=number,
                verb="bench.thing.done",
                detail={"number": number},
            )
            for number in range(people * _AUDITED // 10)
        ),
        batch_size=5_000,
    )
    while audit.seal(now=now + timedelta(days=1)):
        pass


def _rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return sum(
            connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in _tables(connection)
        )


# --- comparing ---------------------------------------------------------------------
def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7)"
        " <> 'sqlite_'"
    )
    return [row[0] for row in found]


def _sqlite_differences(one: Path, other: Path) -> int:
    """Count tables and files that differ; the restore's own record is none."""
    with closing(sqlite3.connect(one / "melek.sqlite3")) as connection:
        connection.execute("ATTACH ? AS other", [str(other / "melek.sqlite3")])
        differ = 0
        for table in _tables(connection):
            left = f'SELECT * FROM main."{table}"'
            right = f'SELECT * FROM other."{table}"'
            if table == "accounts_auditrecord":
                right += " WHERE verb <> 'elearning.site.restored'"
            for sql in (f"{left} EXCEPT {right}", f"{right} EXCEPT {left}"):
                differ += connection.execute(sql).fetchone() is not None
    return differ + _file_differences(one, other)


def _file_differences(one: Path, other: Path) -> int:
    return len(set(_files(one).items()) ^ set(_files(other).items()))


def _files(var: Path) -> dict[str, str]:
    from elearning.backups.disk import files_in

    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files_in(var / "media")
    }


def _postgres_sums(url: str) -> dict[str, object]:
    """Return a checksum of every table; the restore's own record is left out."""
    import psycopg

    from elearning.backups.rows_as_text import checksum_sql

    with psycopg.connect(url) as connection:
        columns: dict[str, list[str]] = {}
        for table, column in connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
        ):
            columns.setdefault(table, []).append(f'"{column}"')
        return {
            table: connection.execute(
                f'SELECT count(*), {checksum_sql(names)} FROM "{table}"'
                + (
                    " WHERE verb <> 'elearning.site.restored'"
                    if table == "accounts_auditrecord"
                    else ""
                )
            ).fetchone()
            for table, names in columns.items()
        }


if __name__ == "__main__":
    main()
