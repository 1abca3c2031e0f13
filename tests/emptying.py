"""After a test that commits, the tables that have rows are emptied, and no other.

Django empties all of them and makes its content types and permissions anew. On
PostgreSQL that takes longer than most of these tests: every table that is truncated is
a new file on the disk. A pytest plugin, loaded by `tests/conftest.py`.
"""

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

# Every migration leaves them as they are; whoever looks for them has them in memory.
MADE_BY_DJANGO = frozenset({"auth_permission", "django_content_type"})


@pytest.fixture(scope="session", autouse=True)
def _empty_what_has_rows() -> None:
    """Take the place of what Django does, as long as tests run."""
    TransactionTestCase._fixture_teardown = lambda _case: empty_tables()


def empty_tables() -> None:
    """Delete every row that tests can have made; sequences go on."""
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for table in _tables_with_rows():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _tables_with_rows() -> list[str]:
    tables = set(connection.introspection.django_table_names(only_existing=True))
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"
        for table in sorted(tables - MADE_BY_DJANGO)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]
