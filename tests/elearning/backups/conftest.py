"""A site with a row in every table, as a folder of its own; and databases beside it."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts import audit
from accounts.seal_witness import witness
from elearning.backups import facts, moving
from elearning.backups.site import Site
from lib.extra_database import extra_database
from tests.elearning.backups.every_row import fill_empty_tables
from tests.scene import make_scene

NOTHING = lambda _words: None  # noqa: E731
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;",
    },
}


def site_at(var: Path, alias: str) -> Site:
    """Return a site whose things all lie in one folder."""
    var.mkdir(exist_ok=True)
    return Site(
        alias=alias,
        var=var,
        media=var / "media",
        seal_file=var / "audit-seals",
        signing_key=var / "signing-key.pem",
        secret=f"secret of {alias}",
        secret_file=var / "secret-key",
    )


@contextmanager
def sqlite_at(path: Path, alias: str) -> Iterator[str]:
    """Let an alias name an SQLite file."""
    with extra_database(alias, {**SQLITE, "NAME": path}) as name:
        yield name


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the folder of a living site is kept, once a test has made it."""
    return tmp_path_factory.mktemp("kept") / "living"


@pytest.fixture
def living(
    any_database: None, now: datetime, clock: Any, tmp_path: Path, lived: Path
) -> Iterator[Site]:
    """A living site on SQLite: every table has rows, seals are there, and files.

    It is made once and copied; the database of the test itself stays empty.
    """
    if not lived.exists():
        make_living(site_at(lived.with_name("making"), "living"), now)
        lived.with_name("making").rename(lived)
    shutil.copytree(lived, tmp_path / "living")
    site = site_at(tmp_path / "living", "living")
    with sqlite_at(site.var / "melek.sqlite3", "living"):
        yield site


def make_living(site: Site, now: datetime) -> None:
    """Fill the folder of a site by way of rows that are taken back."""
    with (
        transaction.atomic(),
        sqlite_at(site.var / "melek.sqlite3", "living"),
    ):
        make_scene(now=now)
        audit.seal(now=now + timedelta(hours=1))
        fill_empty_tables(now)
        copy_rows_to("living")
        give_files(site)
        transaction.set_rollback(True)


def give_files(site: Site) -> None:
    """Give a site files, keys and the witness of its seals."""
    names = ("certificates/ab/cd.pdf", "course-images/k/kartu.svg", "kosong")
    for name in names:
        path = site.media / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hashlib.sha256(name.encode()).digest() * 3000)
    (site.media / "kosong").write_bytes(b"")
    site.signing_key.write_bytes(b"a signing key")
    site.secret_file.write_text(site.secret)
    witness(site.seal_file)


@pytest.fixture
def empty(any_database: None, tmp_path: Path) -> Iterator[Site]:
    """A folder where a site may come."""
    site = site_at(tmp_path / "empty", "empty")
    with sqlite_at(site.var / "melek.sqlite3", "empty"):
        yield site


def copy_rows_to(alias: str) -> None:
    """Make every table in another database, with the rows of the test's own."""
    with connections[alias].schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    recorder = MigrationRecorder(connections[alias])
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)
    with transaction.atomic(using=alias):
        for model in apps.get_models(include_auto_created=True):
            rows = list(model._base_manager.order_by("pk"))
            model._base_manager.using(alias).bulk_create(rows)


@pytest.fixture
def scratch_database() -> Iterator[Callable[[str], dict[str, Any]]]:
    """Return a function that makes an empty PostgreSQL database, gone in the end."""
    made: list[str] = []

    def make(end: str) -> dict[str, Any]:
        name = f"{settings.DATABASES['default']['NAME']}_{end}"
        _tell(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
        made.append(name)
        return {**settings.DATABASES["default"], "NAME": name}

    yield make
    for name in made:
        _tell(f'DROP DATABASE "{name}" WITH (FORCE)')


def _tell(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def living_on_postgres(
    living: Site, tmp_path: Path, scratch_database: Callable[[str], dict[str, Any]]
) -> Iterator[Site]:
    """The same site, moved to PostgreSQL."""
    site = site_at(tmp_path / "moved", "moved")
    with extra_database("moved", scratch_database("moved")):
        moving.move("living", "moved", say=NOTHING)
        give_files(site)
        yield site


# --- what a site holds -------------------------------------------------------------
def everything(site: Site, *, besides: str = "") -> dict[str, Any]:
    """Return all that a site holds, by table and file; `besides` leaves a verb out."""
    connections[site.alias].close()
    ask = facts.asker(site.alias)
    vendor = connections[site.alias].vendor
    tables: dict[str, Any] = {
        name: sorted(map(repr, ask(f'SELECT * FROM "{name}"')))
        for name in facts.tables(ask, vendor)
    }
    if besides:
        tables["accounts_auditrecord"] = [
            row for row in tables["accounts_auditrecord"] if besides not in row
        ]
    connections[site.alias].close()
    return tables | files_of(site)


def files_of(site: Site) -> dict[str, bytes]:
    """Return every file of a site but its database and what locks leave."""
    besides = ("melek.sqlite3", ".lock", "last-backup.json")
    return {
        path.relative_to(site.var).as_posix(): path.read_bytes()
        for path in site.var.rglob("*")
        if path.is_file() and not any(name in path.name for name in besides)
    }


def sequences(alias: str) -> dict[str, int]:
    """Return where the counters of an SQLite database stand."""
    return dict(facts.asker(alias)("SELECT name, seq FROM sqlite_sequence"))
