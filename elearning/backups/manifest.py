"""What a backup says about itself before anything else."""

import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from elearning.backups.archive import FOREIGN
from elearning.backups.refusals import BackupRefused

NAME = "manifest.json"
FORMAT = 1
SITE, KEYS = "site", "keys"
_PRODUCT = "melek-asn"


@dataclass(frozen=True)
class Manifest:
    """A backup's label.

    `rows` counts every table; `numbers` are the highest certificate numbers handed
    out, as (issuer, year, number); `seal` is the newest seal of the audit trail;
    `room` says how many bytes a restore takes.
    """

    contents: str
    made_at: str
    version: str
    database: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    numbers: list[list[Any]] = field(default_factory=list)
    seal: str = ""
    room: int = 0
    format: int = FORMAT
    product: str = _PRODUCT

    def to_json(self) -> bytes:
        """Return the member's content."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()


def code_version() -> str:
    """Return the version of this program."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def label(contents: str, *, now: datetime, **said: Any) -> Manifest:
    """Return a label for something made at `now` by this version."""
    return Manifest(
        contents=contents, made_at=now.isoformat(), version=code_version(), **said
    )


def read(content: bytes, *, expected: str) -> Manifest:
    """Return the label. Raises BackupRefused for a foreign or newer one."""
    try:
        said = json.loads(content)
        if said["product"] != _PRODUCT:
            raise BackupRefused(FOREIGN)
        if said["format"] > FORMAT:
            raise BackupRefused(_newer(said["version"]))
        manifest = Manifest(**said)
    except (ValueError, TypeError, KeyError) as error:
        raise BackupRefused(FOREIGN) from error
    if manifest.contents != expected:
        raise BackupRefused(
            "Berkas ini berisi kunci, bukan situs. Beri nama berkas situs lebih dulu, "
            "lalu berkas kuncinya dengan --keys."
            if expected == SITE
            else "Berkas --keys bukan berkas kunci. Pilih yang bernama ….keys.tar."
        )
    return manifest


def check_not_newer(manifest: Manifest, alias: str) -> None:
    """Raise BackupRefused for a backup with migrations that this program lacks."""
    known = MigrationLoader(connections[alias], ignore_no_migrations=True)
    unknown = {
        (app, name)
        for app, name in map(tuple, manifest.migrations)
        if (app, name) not in known.disk_migrations
        and app in known.migrated_apps
        and (app, name) not in known.replacements
    }
    if unknown:
        raise BackupRefused(_newer(manifest.version))


def _newer(version: str) -> str:
    return (
        f"Cadangan ini dibuat oleh versi yang lebih baru ({version}; situs ini "
        f"{code_version()}). Pasang versi itu lebih dulu, lalu pulihkan."
    )
