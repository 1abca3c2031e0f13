"""What a migration may not do while the release before it still serves.

Two versions run beside each other during an update, and tables hold millions of rows:
what old code needs must stay, and nobody waits for a lock. Judged by the operations,
which are the same for every database, and by the state before each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
)
from django.db import migrations, models

# On these a rename, a drop or a new column is told to the database itself.
_DROPS = (migrations.DeleteModel, migrations.RemoveField)
_RENAMES = (
    migrations.RenameModel,
    migrations.RenameField,
    migrations.AlterModelTable,
)
_BY_CODE = (migrations.RunPython, migrations.RunSQL)


@dataclass(frozen=True)
class MigrationProblem:
    """What is wrong with one operation: the rule, what it is about, and the remedy."""

    rule: str
    about: str
    remedy: str


def find_migration_problems(
    migration: Any, state: Any, *, version: tuple[int, ...]
) -> list[MigrationProblem]:
    """Return what is wrong with `migration`, which begins at `state`.

    `version` is the newest release. A migration that drops says, as `unused_since` in
    its class, from which release on no code reads what it drops.
    Changes `state` as the migration does.
    """
    found: list[MigrationProblem] = []
    made: set[str] = set()
    for operation in migration.operations:
        found += _problems_of(operation, migration, state, made, version)
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        operation.state_forwards(migration.app_label, state)
    if _mixes(migration):
        found.append(
            MigrationProblem(
                "data_beside_schema",
                migration.name,
                "Fill in a migration of its own: PostgreSQL holds the lock meanwhile.",
            )
        )
    return found


def _problems_of(
    operation: Any, migration: Any, state: Any, made: set[str], version: tuple[int, ...]
) -> Iterator[MigrationProblem]:
    if isinstance(operation, _RENAMES):
        yield MigrationProblem(
            "rename",
            operation.describe(),
            "Add, copy, and remove in a later release: old code asks the old name.",
        )
    if isinstance(operation, _DROPS) and not _is_unused(migration, version):
        yield MigrationProblem(
            "drop",
            operation.describe(),
            "Release code that does not read it, then drop: `unused_since` says when.",
        )
    table = getattr(operation, "model_name_lower", "")
    if not table or table in made:
        return
    yield from _new_column(operation)
    yield from _changed_column(operation, migration.app_label, state)
    yield from _locks(operation, migration)


def _is_unused(migration: Any, version: tuple[int, ...]) -> bool:
    said = getattr(migration, "unused_since", "")
    return bool(said) and tuple(int(part) for part in said.split(".")) <= version


def _new_column(operation: Any) -> Iterator[MigrationProblem]:
    if not isinstance(operation, migrations.AddField):
        return
    field = operation.field
    if field.many_to_many or field.null or isinstance(field, models.GeneratedField):
        return
    if field.db_default is models.NOT_PROVIDED:
        yield MigrationProblem(
            "not_null",
            operation.describe(),
            "Add it nullable or with `db_default`: old code writes rows without it.",
        )


def _changed_column(
    operation: Any, app_label: str, state: Any
) -> Iterator[MigrationProblem]:
    if not isinstance(operation, migrations.AlterField):
        return
    model = state.models[app_label, operation.model_name_lower]
    old, new = model.fields[operation.name], operation.field
    if old.null and not new.null:
        yield MigrationProblem(
            "not_null",
            operation.describe(),
            "A check constraint NOT VALID first, validated in a later migration.",
        )
    shorter = (old.max_length or 0) > (new.max_length or 0) > 0
    if old.get_internal_type() != new.get_internal_type() or shorter:
        yield MigrationProblem(
            "type",
            operation.describe(),
            "Add another column, copy, and remove this one in a later release.",
        )


def _locks(operation: Any, migration: Any) -> Iterator[MigrationProblem]:
    """Yield what builds an index or looks at every row while writers wait."""
    if isinstance(operation, AddIndexConcurrently) and not migration.atomic:
        return
    is_index = isinstance(operation, migrations.AddIndex)
    if isinstance(operation, migrations.AddField):
        field: Any = operation.field
        is_index = bool(field.db_index or field.unique) and not field.many_to_many
    if is_index:
        yield MigrationProblem(
            "index",
            operation.describe(),
            "`lib.beside.AddIndexBeside` with `atomic = False`; a key with "
            "`db_index=False` first.",
        )
    is_checked_at_once = isinstance(operation, migrations.AddConstraint)
    if is_checked_at_once and not isinstance(operation, AddConstraintNotValid):
        yield MigrationProblem(
            "constraint",
            operation.describe(),
            "`AddConstraintNotValid`, then `ValidateConstraint` in a migration of its "
            "own; one that is unique by an index built beside.",
        )


def _mixes(migration: Any) -> bool:
    by_code = [isinstance(one, _BY_CODE) for one in migration.operations]
    return migration.atomic and any(by_code) and not all(by_code)
