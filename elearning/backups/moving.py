"""A site of the embedded size moves into an empty PostgreSQL database.

Everything happens in one transaction of the target: its tables are made from the
models, rows are copied into tables without indexes, indexes and references are made
after that, and both sides are compared. A failure or a kill leaves the target empty.
The source is only read.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError

from accounts import audit
from elearning.backups import facts
from elearning.backups.refusals import BackupRefused
from elearning.backups.rows_as_text import (
    COPY_OPTIONS,
    checksum,
    checksum_sql,
    line_writer,
    text_column,
)
from elearning.backups.sqlite import Sqlite, path_of

_ROWS = 5_000


@dataclass(frozen=True)
class Table:
    """What was found of one table on both sides."""

    name: str
    rows: int
    arrived: int
    is_alike: bool


def move(source: str, target: str, *, say: Callable[[str], object]) -> list[Table]:
    """Copy every table of the SQLite database `source` into `target`; both aliases.

    Raises BackupRefused, with nothing changed on either side: the source is no SQLite
    database or lacks migrations, the target is no PostgreSQL database in UTF-8 or not
    empty, a row does not fit, or the two sides differ in the end.
    """
    _check_source(source)
    _check_target(target)
    with (
        _reader(source) as rows,
        transaction.atomic(using=target, durable=True),
    ):
        _prepare_session(target)
        say("Membuat tabel dan menyalin baris …")
        with connections[target].schema_editor() as editor:
            columns = _make_tables(editor, target)
            _check_same_tables(source, columns)
            sums = {
                name: _copy(rows, target, name, said) for name, said in columns.items()
            }
            say("Membuat indeks …")
        _continue_sequences(rows, target)
        say("Membandingkan …")
        tables = [
            _compare(target, name, columns[name], *found)
            for name, found in sums.items()
        ]
        _check_alike(target, tables)
    with connections[target].cursor() as cursor:
        cursor.execute("ANALYZE")
    return tables


def _check_source(source: str) -> None:
    connection = connections[source]
    if connection.vendor != Sqlite.vendor:
        raise BackupRefused(
            "Situs ini sudah memakai PostgreSQL. Jalankan move_to tanpa DATABASE_URL, "
            "di tempat situs SQLite berada."
        )
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused(
            "Basis data ini belum diperbarui. Jalankan manage.py prepare, lalu ulangi."
        )


def _check_target(target: str) -> None:
    if connections[target].vendor != "postgresql":
        raise BackupRefused("Tujuan harus PostgreSQL: postgres://…")
    ask = facts.asker(target)
    try:
        encoding = ask("SHOW server_encoding")[0][0]
        there = ask(
            "SELECT count(*) FROM pg_class WHERE relnamespace ="
            " current_schema()::regnamespace"
        )[0][0]
    except DatabaseError as error:
        raise BackupRefused(
            f"PostgreSQL tidak dapat dihubungi: {str(error).strip().splitlines()[0]}. "
            "Periksa alamat, nama, dan kata sandinya."
        ) from error
    if encoding != "UTF8":
        raise BackupRefused(
            f"Basis data tujuan memakai {encoding}. Buat yang UTF8: createdb "
            "--encoding=UTF8 --template=template0 NAMA."
        )
    if there:
        raise BackupRefused(
            "Basis data tujuan tidak kosong. Buat yang baru: createdb NAMA."
        )


@contextmanager
def _reader(source: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection that sees one moment and cannot write."""
    path = Path(path_of(source)).resolve()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")
        yield connection


def _prepare_session(target: str) -> None:
    with connections[target].cursor() as cursor:
        for setting, value in (
            ("TimeZone", "UTC"),
            ("DateStyle", "ISO"),
            ("maintenance_work_mem", "256MB"),
            # References are checked by joins that fit into memory then.
            ("work_mem", "64MB"),
            # Costs more than it saves in sums that are asked for once.
            ("jit", "off"),
        ):
            cursor.execute(f"SET LOCAL {setting} = '{value}'")


Columns = dict[str, list[tuple[str, str, int | None]]]


def _make_tables(editor: Any, target: str) -> Columns:
    """Make all tables; indexes and references follow when the editor is left.

    Returns each table's columns as (name, type, scale).
    """
    for model in apps.get_models():
        if not model._meta.proxy and model._meta.managed:
            editor.create_model(model)
    MigrationRecorder(connections[target]).ensure_schema()
    columns: Columns = {}
    for table, *column in facts.asker(target)(
        "SELECT table_name, column_name, data_type, numeric_scale"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
        " ORDER BY table_name, ordinal_position"
    ):
        columns.setdefault(table, []).append(tuple(column))
    return columns


def _check_same_tables(source: str, columns: Columns) -> None:
    there = set(facts.tables(facts.asker(source), Sqlite.vendor))
    if there != set(columns):
        names = ", ".join(sorted(there ^ set(columns)))
        raise BackupRefused(f"Tabel yang hanya ada di satu sisi: {names}.")


def _copy(
    rows: sqlite3.Connection,
    target: str,
    table: str,
    columns: list[tuple[str, str, int | None]],
) -> tuple[int, int]:
    """Copy a table; return how many rows were read, and the sum of their checksums."""
    names = ", ".join(f'"{name}"' for name, _kind, _scale in columns)
    wanted = [text_column(*column) for column in columns]
    lines = line_writer(wanted)
    asked = ", ".join(column.sql for column in wanted)
    count, total = 0, 0
    found = rows.execute(f'SELECT {asked} FROM "{table}"')  # noqa: S608 - our names
    try:
        with (
            connections[target].cursor() as cursor,
            cursor.copy(
                f'COPY "{table}" ({names}) FROM STDIN ({COPY_OPTIONS})'
            ) as copy,
        ):
            while some := found.fetchmany(_ROWS):
                count += len(some)
                both = [lines(row) for row in some]
                total += sum(checksum(said) for said, _copied in both)
                copy.write(b"".join([copied + b"\n" for _said, copied in both]))
    except (
        # What is said while rows are on their way is psycopg's own.
        psycopg.Error,
        DatabaseError,
        ValueError,
        ArithmeticError,
    ) as error:
        raise BackupRefused(
            f"Baris di {table} tidak muat di PostgreSQL: "
            f"{str(error).strip().splitlines()[0]}."
        ) from error
    return count, total


def _continue_sequences(rows: sqlite3.Connection, target: str) -> None:
    """Let every counter go on where it stands, also after rows that are gone."""
    last = dict(rows.execute("SELECT name, seq FROM sqlite_sequence"))
    identities = facts.asker(target)(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES'"
    )
    with connections[target].cursor() as cursor:
        for table, column in identities:
            if last.get(table):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [f'"{table}"', column, last[table]],
                )


def _compare(
    target: str,
    table: str,
    columns: list[tuple[str, str, int | None]],
    rows: int,
    total: int,
) -> Table:
    expression = checksum_sql([f'"{name}"' for name, _kind, _scale in columns])
    arrived, found = facts.asker(target)(
        f'SELECT count(*), {expression} FROM "{table}"'  # noqa: S608 - our names
    )[0]
    return Table(table, rows, arrived, is_alike=(rows, total) == (arrived, found))


def _check_alike(target: str, tables: list[Table]) -> None:
    if different := [table.name for table in tables if not table.is_alike]:
        raise BackupRefused(
            f"Selisih di {', '.join(different)}. Tidak ada yang dipindahkan; laporkan "
            "kepada pengembang."
        )
    if broken := audit.broken_seals(using=target):
        raise BackupRefused(
            f"{len(broken)} segel catatan rusak. Jalankan manage.py verify_derived di "
            "situs lama."
        )
