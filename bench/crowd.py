"""Many people at once: one person's rows, copied by SQL inside the database.

Every row that hangs on the person is copied with her, so that each kind of row is there
in the proportion that it has in a site, and nobody waits for a million actions. Texts
that must be unique get a number; NIPs are no real ones.
"""

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Dialect:
    """How a database writes a random UUID, and a number of a copy of a row."""

    uuid: str
    number: str


_SQLITE = Dialect("lower(hex(randomblob(16)))", "printf('%07dx%d', k, {key})")
_POSTGRES = Dialect(
    "gen_random_uuid()", "(lpad(k::text, 7, '0') || 'x' || {key}::text)"
)
# Further apart than the keys of one person's rows.
_STRIDE = 10_000


def multiply(path: Path, person: models.Model, people: int) -> None:
    """Make `people` people out of one, in the SQLite database at `path`."""
    rows = rows_of(person)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN")
        connection.execute("CREATE TEMP TABLE nth (k INTEGER PRIMARY KEY)")
        connection.execute(
            "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n"
            " WHERE k < ?) INSERT INTO nth SELECT k FROM n",
            [people - 1],
        )
        for model, keys in rows.items():
            connection.execute(_copy_sql(model, keys, rows, _SQLITE))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def multiply_in_postgres(
    person: models.Model, people: int, records: dict[type[models.Model], list[Any]]
) -> None:
    """Make `people` people out of one, in the PostgreSQL database of the settings.

    `records` names rows by model that are hers though nothing leads to them. Sequences
    stay behind: nothing can be added afterwards.
    """
    from django.db import connection, transaction

    rows = rows_of(person)
    with transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys are those of the copied rows.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE nth ON COMMIT DROP AS"
            " SELECT generate_series(1, %s) AS k",
            [people - 1],
        )
        for model, keys in (rows | records).items():
            cursor.execute(_copy_sql(model, keys, rows | records, _POSTGRES))


def rows_of(person: models.Model) -> dict[type[models.Model], list[Any]]:
    """Return the keys of all rows that hang on the person, by model."""
    found: dict[type[models.Model], set[Any]] = defaultdict(set)
    found[type(person)] = {person.pk}
    waiting = [(type(person), {person.pk})]
    while waiting:
        model, keys = waiting.pop()
        for relation in model._meta.related_objects:
            other = relation.related_model
            if relation.many_to_many or relation.field.model is not other:
                continue
            there = other._base_manager.filter(
                **{f"{relation.field.name}__in": list(keys)}
            )
            new = set(there.values_list("pk", flat=True)) - found[other]
            if new:
                found[other] |= new
                waiting.append((other, new))
    return {model: sorted(keys) for model, keys in found.items() if keys}


def _copy_sql(
    model: type[models.Model],
    keys: list[Any],
    copied: dict[type[models.Model], list[Any]],
    dialect: Dialect,
) -> str:
    fields = model._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field, copied, dialect) for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    chosen = ", ".join(map(str, keys))
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}", nth'
        f' WHERE "{key}" IN ({chosen}) ORDER BY k'
    )


def _value(
    model: type[models.Model],
    field: Any,
    copied: dict[type[models.Model], list[Any]],
    dialect: Dialect,
) -> str:
    """Return the SQL of a copied value."""
    column = f'"{field.column}"'
    if field.is_relation:
        others = copied.get(field.related_model)
        if others is None:
            return column
        chosen = ", ".join(map(str, others))
        moved = f"{column} + k * {_STRIDE}"
        return f"CASE WHEN {column} IN ({chosen}) THEN {moved} ELSE {column} END"
    if field.primary_key:
        return f"{column} + k * {_STRIDE}"
    if isinstance(field, models.UUIDField):
        return dialect.uuid if field.unique else column
    if isinstance(field, models.CharField) and _must_differ(model, field):
        number = dialect.number.format(key=model._meta.pk.column)
        left = f"{field.max_length} - length({number})"
        changed = f"substr({column}, 1, {left}) || {number}"
        return f"CASE WHEN {column} = '' THEN '' ELSE {changed} END"
    if isinstance(field, models.IntegerField) and _must_differ(model, field):
        is_small = isinstance(field, models.PositiveSmallIntegerField)
        return f"{column} + k" if is_small else f"{column} + k * {_STRIDE}"
    return column


def _must_differ(model: type[models.Model], field: Any) -> bool:
    """Say whether the field alone keeps copies of a row apart."""
    if field.unique:
        return True
    return any(
        field.name == constraint.fields[-1]
        and not any(
            model._meta.get_field(name).is_relation for name in constraint.fields
        )
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    )
