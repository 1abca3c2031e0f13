"""A database as it was in the past, for tests of what a migration does to rows.

Django walks back through all migrations since and on again, and renders all models at
each step: a quarter of an hour for what is one step. Here the tables of the past are
made at once, in a database of their own, and one migration after the other is applied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from lib.extra_database import extra_database

_ALIAS = _SCHEMA = "past"


class _Past:
    """Everything is read from and written to the past, as a migration expects."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        return _ALIAS

    db_for_write = db_for_read


class PastDatabase:
    """A database whose tables are those after `targets`."""

    def __init__(self, targets: list[tuple[str, str]]) -> None:
        executor = MigrationExecutor(connections[_ALIAS])
        plan = executor.migration_plan(targets)
        state = executor.loader.project_state(targets)
        with connections[_ALIAS].schema_editor() as editor:
            for model in state.apps.get_models(include_auto_created=True):
                if not model._meta.proxy and not model._meta.auto_created:
                    editor.create_model(model)
            executor.recorder.ensure_schema()
            for migration, _backwards in plan:
                executor.recorder.record_applied(migration.app_label, migration.name)
        self.apps: Apps = state.apps

    def migrate(self, targets: list[tuple[str, str]]) -> Apps:
        """Apply what leads to `targets`; return the models as they are then."""
        executor = MigrationExecutor(connections[_ALIAS])
        return executor.migrate(targets).apps


@contextmanager
def past_database(
    targets: list[tuple[str, str]], folder: Path
) -> Iterator[PastDatabase]:
    """Make the tables after `targets`; gone afterwards."""
    said: dict[str, Any] = dict(connection.settings_dict)
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        said["NAME"] = folder / "past.sqlite3"
    else:
        said["OPTIONS"] = {"options": f"-c search_path={_SCHEMA}"}
    routers = [f"{_Past.__module__}.{_Past.__qualname__}"]
    with (
        extra_database(_ALIAS, said),
        override_settings(DATABASE_ROUTERS=routers),
        connections[_ALIAS].cursor() as cursor,
    ):
        if is_sqlite:
            yield PastDatabase(targets)
            return
        cursor.execute(f"CREATE SCHEMA {_SCHEMA}")
        try:
            yield PastDatabase(targets)
        finally:
            cursor.execute(f"DROP SCHEMA {_SCHEMA} CASCADE")
