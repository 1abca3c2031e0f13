"""`manage.py show_units`: the site's processes as units of systemd."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from elearning.addresses import is_bucket
from elearning.units import Machine, units


class Command(BaseCommand):
    """Print every unit, or write them into a folder; nothing is started."""

    help = "Menulis unit systemd untuk semua proses situs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, the account and the file of settings."""
        parser.add_argument(
            "folder", nargs="?", type=Path, help="misalnya /etc/systemd/system"
        )
        parser.add_argument(
            "--user", default="melek", help="akun sistem (bawaan: melek)"
        )
        parser.add_argument(
            "--environment",
            type=Path,
            default=Path("/etc/melek.env"),
            help="berkas setelan, bentuknya .env.example (bawaan: /etc/melek.env)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write; a unit that is there already is replaced."""
        backup = settings.ELEARNING_BACKUP_FOLDER
        machine = Machine(
            folder=settings.BASE_DIR,
            python=Path(sys.executable),
            data=settings.ELEARNING_VAR,
            environment=options["environment"],
            user=options["user"],
            writes=(Path(backup),) if backup and not is_bucket(backup) else (),
        )
        folder: Path | None = options["folder"]
        for name, text in units(machine).items():
            if folder is None:
                self.stdout.write(f"# {name}\n{text}")
                continue
            try:
                (folder / name).write_text(text, "utf-8")
            except OSError as error:
                raise CommandError(f"{folder / name}: {error.strerror}.") from error
            self.stdout.write(str(folder / name))
        if folder is not None:
            self.stdout.write(
                "Lalu: systemctl daemon-reload && systemctl enable --now melek.target"
            )
