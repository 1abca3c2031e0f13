"""What is asked of a database to tell whether a copy of it is whole. Plain SQL."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

Ask = Callable[[str], Sequence[Sequence[Any]]]
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'"
    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    "postgresql": "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
    " AND relnamespace = current_schema()::regnamespace ORDER BY relname",
}


def asker(alias: str) -> Ask:
    """Return a function that answers SQL from a database."""

    def ask(sql: str) -> Sequence[Sequence[Any]]:
        with connections[alias].cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return ask


def tables(ask: Ask, vendor: str) -> list[str]:
    """Return the names of all tables."""
    return [row[0] for row in ask(_TABLES[vendor])]


def row_counts(ask: Ask, vendor: str) -> dict[str, int]:
    """Return how many rows every table has."""
    return {
        table: ask(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608 - our names
        for table in tables(ask, vendor)
    }


def what_it_says(ask: Ask, vendor: str) -> dict[str, Any]:
    """Return the fields of a label that only the database knows."""
    return {
        "database": vendor,
        "rows": row_counts(ask, vendor),
        "migrations": _lists(
            ask("SELECT app, name FROM django_migrations ORDER BY app, name")
        ),
        "numbers": _lists(
            ask(
                "SELECT issuer, year, last FROM certificates_numbercounter"
                " ORDER BY year, issuer"
            )
        ),
        "seal": "".join(
            f"{first}-{last} {sha256}"
            for first, last, sha256 in ask(
                "SELECT first_id, last_id, sha256 FROM accounts_auditseal"
                " ORDER BY last_id DESC LIMIT 1"
            )
        ),
    }


def _lists(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(row) for row in rows]
