"""An empty database gets at once what all migrations together would have made."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from elearning.first_tables import make_first_tables
from lib.extra_database import extra_database

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
SCHEMA = "first_tables"
# Chosen by SQLite or counted up, in an order that nobody depends on.
_NUMBERED = re.compile(r"fk_\d+|__.*")
# A table of Django's that the site does not use: its oldest migration differs from it.
_NOT_OURS = "auth_group_permissions"


@pytest.fixture
def empty(any_database: None, tmp_path) -> Iterator[str]:
    """A database without a table, of the kind that the tests run on."""
    said: dict[str, Any] = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        said["NAME"] = tmp_path / "empty.sqlite3"
    else:
        said["OPTIONS"] = {"options": f"-c search_path={SCHEMA}"}
    with extra_database("empty", said) as alias, connections[alias].cursor() as cursor:
        if connection.vendor == "sqlite":
            yield alias
            return
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        try:
            yield alias
        finally:
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def _said(value: Any) -> str:
    return str(value).replace(f" {SCHEMA}.", " public.")


def described(alias: str) -> set[tuple[Any, ...]]:
    """Return every column, constraint and index, and what was written into tables."""
    database, found = connections[alias], set()
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            if table == _NOT_OURS:
                continue
            for column in database.introspection.get_table_description(cursor, table):
                found.add((table, *map(str, column)))
            constraints = database.introspection.get_constraints(cursor, table)
            for name, constraint in constraints.items():
                told = sorted((key, _said(value)) for key, value in constraint.items())
                found.add((table, _NUMBERED.sub("", name), *told))
        for sql in (
            "SELECT app, name FROM django_migrations",
            "SELECT app_label, model FROM django_content_type",
            "SELECT codename, name FROM auth_permission",
        ):
            cursor.execute(sql)
            found |= {(sql, *row) for row in cursor.fetchall()}
        if database.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
            found |= set(cursor.fetchall())
    return found


def test_the_tables_are_those_of_all_migrations_and_stay_so(empty):
    assert make_first_tables(empty) is True

    first, migrated = described(empty), described("default")
    assert sorted(map(str, first - migrated)) == []
    assert sorted(map(str, migrated - first)) == []
    assert len(first) > 1_000

    # A database that has tables is left alone, by migrating too.
    assert make_first_tables(empty) is False
    call_command("migrate", database=empty, verbosity=0, interactive=False)
    assert described(empty) == first


def test_a_failure_leaves_nothing_behind(empty, monkeypatch):
    def fail(*_said: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(
        "django.db.migrations.recorder.MigrationRecorder.record_applied", fail
    )

    with pytest.raises(OSError, match="the disk is full"):
        make_first_tables(empty)

    assert connections[empty].introspection.table_names() == []
