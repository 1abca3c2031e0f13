"""`manage.py move_to postgres://…`: from SQLite to PostgreSQL in one command."""

import time
from argparse import ArgumentParser
from typing import Any

import environ
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from elearning.backups import disk
from elearning.backups.moving import move
from elearning.backups.refusals import BackupRefused
from elearning.backups.saying import in_words
from lib.extra_database import extra_database


class Command(BaseCommand):
    """Move every row, sequence and seal into an empty PostgreSQL database."""

    help = "Memindahkan situs dari SQLite ke PostgreSQL yang kosong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the target."""
        parser.add_argument("url", metavar="postgres://NAMA:SANDI@HOST:5432/BASIS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move while the site stands still, and say how to go on."""
        started = time.monotonic()
        with (
            in_words("Pemindahan"),
            disk.alone(
                settings.ELEARNING_VAR / "up.lock",
                "Situs ini masih berjalan. Hentikan dulu dengan Ctrl-C, lalu ulangi.",
            ),
            extra_database("target", _target(options["url"])) as target,
        ):
            tables = move(DEFAULT_DB_ALIAS, target, say=self.stdout.write)
        rows = sum(table.rows for table in tables)
        self.stdout.write(
            f"{len(tables)} tabel, {rows} baris dipindahkan dalam "
            f"{time.monotonic() - started:.0f} detik. Selisih: 0. Semua segel utuh."
        )
        self.stdout.write(
            "SQLite tetap seperti semula. Selanjutnya, sebelum dijalankan:"
        )
        self.stdout.write("  1. isi DATABASE_URL dengan alamat tadi;")
        self.stdout.write(
            f"  2. isi SECRET_KEY dengan isi {settings.ELEARNING_VAR / 'secret-key'};"
        )
        self.stdout.write(
            f"  3. pakai ELEARNING_VAR={settings.ELEARNING_VAR} atau salin media, "
            "signing-key.pem, dan audit-seals dari sana."
        )


def _target(url: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, KeyError) as error:
        raise BackupRefused("Alamat tujuan harus postgres://…") from error
    if not str(said.get("ENGINE", "")).endswith("postgresql"):
        raise BackupRefused("Alamat tujuan harus postgres://…")
    return said
