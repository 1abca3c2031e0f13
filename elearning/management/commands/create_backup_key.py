"""`manage.py create_backup_key FILE`: the key that opens backups."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from elearning.backups import envelope
from elearning.backups.saying import REFUSED, in_words


class Command(BaseCommand):
    """Write a new identity file of age; its public key may stand in the settings."""

    help = "Membuat kunci pembuka cadangan. Berkasnya disimpan jauh dari situs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether words protect it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--no-passphrase",
            action="store_true",
            help="tanpa kata sandi, untuk brankas yang sudah menyandikan sendiri",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the passphrase twice, write the file, tell the public key."""
        passphrase = "" if options["no_passphrase"] else self._asked()
        content, recipient = envelope.new_identity(passphrase)
        with in_words("Kunci"):
            descriptor = os.open(
                options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
        self.stdout.write(f"Kunci pembuka: {options['file']}")
        self.stdout.write(
            "Pindahkan berkas itu dari komputer ini, dan simpan dua salinan."
        )
        self.stdout.write(f"ELEARNING_BACKUP_RECIPIENTS={recipient}")

    def _asked(self) -> str:
        words = getpass.getpass("Kata sandi (paling sedikit 12 huruf): ")
        if len(words) < 12:
            raise CommandError("Kata sandi terlalu pendek.", returncode=REFUSED)
        if getpass.getpass("Sekali lagi: ") != words:
            raise CommandError("Keduanya tidak sama. Ulangi.", returncode=REFUSED)
        return words
