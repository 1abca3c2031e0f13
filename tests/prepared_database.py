"""The migrated, empty database is made once, and copied by every process after that.

Migrating takes longer than most test files. What came of it is kept under a digest of
everything it depends on: for SQLite as a file in pytest's cache, for PostgreSQL as the
database `test_…_prepared`, which new test databases take as their template. A pytest
plugin, loaded by `tests/conftest.py`; `--create-db` and `--cache-clear` start anew.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

_LOCK = 20261121


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Let the test database be a copy, unless the options speak of it."""
    option = request.config.option
    cache = getattr(request.config, "cache", None)
    if option.reuse_db or option.create_db or option.nomigrations or cache is None:
        yield
        return
    with copies_of_prepared(cache.mkdir("database")):
        yield


@contextmanager
def copies_of_prepared(folder: Path) -> Iterator[None]:
    """Let test databases be copies; SQLite's is kept in `folder`."""

    def copy_of_file(**options: Any) -> str:
        return _copy_of_file(folder, options)

    is_postgres = connection.vendor == "postgresql"
    copy = _copy_of_template if is_postgres else copy_of_file
    with mock.patch.object(connection.creation, "create_test_db", copy):
        yield


def _digest() -> str:
    """Return a text that changes with the migrations, the models and Django."""
    digest = sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).rglob("*.py")):
            if "migrations" in path.parts or "models" in (path.stem, *path.parts):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(options: dict[str, Any]) -> str:
    """Make a test database as Django does."""
    return type(connection.creation).create_test_db(connection.creation, **options)


def _open(name: str) -> None:
    """Let the connection speak to this database from now on."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


# --- SQLite --------------------------------------------------------------------------
def _copy_of_file(folder: Path, options: dict[str, Any]) -> str:
    file = folder / f"{_digest()}.sqlite3"
    # Whoever comes second waits and copies.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            name = _migrate(options)
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            new = file.with_suffix(".sqlite3-new")
            with closing(sqlite3.connect(new)) as target:
                connection.connection.backup(target)
            new.rename(file)
            return name
    name = connection.creation._get_test_db_name()
    _open(name)
    with closing(sqlite3.connect(file)) as source:
        source.backup(connection.connection)
    return str(name)


# --- PostgreSQL ----------------------------------------------------------------------
def _copy_of_template(**options: Any) -> str:
    name = connection.creation._get_test_db_name()
    prepared = f"test_{connection.settings_dict['NAME']}_prepared"
    with _alone() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [prepared],
        )
        if cursor.fetchone() == (_digest(),):
            _copy(cursor, prepared, name)
        else:
            name = _migrate(options)
            connection.close()
            _copy(cursor, name, prepared)
            cursor.execute(f"COMMENT ON DATABASE \"{prepared}\" IS '{_digest()}'")
    _open(name)
    return str(name)


@contextmanager
def _alone() -> Iterator[CursorWrapper]:
    """Yield a cursor outside of the test databases, one process at a time."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield cursor


def _copy(cursor: CursorWrapper, source: str, target: str) -> None:
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
    cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
