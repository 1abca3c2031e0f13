"""The tables of an empty database, made as the models are today.

Django walks through every migration of the past and renders all models anew at each
step, which is half a first start. A database without a table has no past: it gets
today's tables at once, and every migration counts as applied. What migrations do beside
tables is to fill columns of rows that are there, of which there are none; one that made
rows, or something that is no model's, would have to be repeated here. A test compares
what comes of both ways.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.migrations.executor import MigrationExecutor


def make_first_tables(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Make all tables of a database that has none; True when they were made just now.

    In one transaction: after a failure the database is as empty as before, and of two
    that begin at once the second is refused by the database. A database that has any
    table is left alone.
    """
    connection = connections[alias]
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    with connection.schema_editor() as editor:
        for config in apps.get_app_configs():
            for model in router.get_migratable_models(config, alias):
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)
        executor.recorder.ensure_schema()
        for app, name in executor.loader.disk_migrations:
            executor.recorder.record_applied(app, name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=alias)
    return True
