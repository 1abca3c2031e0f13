"""`manage.py backup`: database and files in one archive, the keys in another."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from elearning.addresses import is_bucket
from elearning.backups import envelope
from elearning.backups.buckets import make_backup_in
from elearning.backups.making import Backup, last_backup, make_backup
from elearning.backups.saying import REFUSED, in_words
from elearning.backups.site import this_site


class Command(BaseCommand):
    """Make a backup while the site runs, or tell how old the last one is."""

    help = "Mencadangkan basis data, berkas, dan kunci situs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, who may open the backup, and how many are kept."""
        parser.add_argument(
            "folder", nargs="?", help="atau s3://…; default: ELEARNING_BACKUP_FOLDER"
        )
        parser.add_argument(
            "--recipient",
            action="append",
            metavar="age1…",
            help="kunci publik pembuka; default: ELEARNING_BACKUP_RECIPIENTS",
        )
        parser.add_argument("--keep", type=int, default=settings.ELEARNING_BACKUP_KEEP)
        parser.add_argument(
            "--check-age",
            type=float,
            metavar="JAM",
            help="hanya memeriksa: kode 1 bila cadangan terakhir lebih tua",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or look at the last one."""
        if options["check_age"] is not None:
            self._check_age(options["check_age"])
            return
        folder = options["folder"] or settings.ELEARNING_BACKUP_FOLDER
        if not folder:
            raise CommandError(
                "Sebut foldernya: manage.py backup FOLDER, atau isi "
                "ELEARNING_BACKUP_FOLDER.",
                returncode=REFUSED,
            )
        if options["keep"] < 1:
            raise CommandError("--keep paling sedikit 1.", returncode=REFUSED)
        started = time.monotonic()
        with in_words("Cadangan"):
            recipients = envelope.read_recipients(
                options["recipient"] or settings.ELEARNING_BACKUP_RECIPIENTS
            )
            before = os.umask(0o077)
            try:
                make, place = _maker(str(folder))
                backup = make(
                    this_site(),
                    place,
                    recipients=recipients,
                    keep=options["keep"],
                    now=timezone.now(),
                    say=self.stdout.write,
                )
            finally:
                os.umask(before)
        self._tell(backup, time.monotonic() - started)

    def _tell(self, backup: Backup, seconds: float) -> None:
        self.stdout.write(
            f"Cadangan selesai dan terbaca ulang: {backup} "
            f"({backup.bytes / 1_000_000:.1f} MB, {seconds:.0f} detik)"
        )
        keys = backup.keys_place or backup.keys
        self.stdout.write(f"Kunci situs: {keys}. Simpan di tempat lain.")
        if not backup.is_closed:
            self.stdout.write(
                self.style.WARNING(
                    "Tidak disandikan: siapa pun yang memegang berkas ini dapat "
                    "membaca data pegawai. Lihat manage.py create_backup_key."
                )
            )

    def _check_age(self, hours: float) -> None:
        last = last_backup(this_site())
        if last is None:
            raise CommandError("Belum pernah ada cadangan. Jalankan manage.py backup.")
        made_at = datetime.fromisoformat(last["made_at"])
        age = (timezone.now() - made_at).total_seconds() / 3600
        words = f"Cadangan terakhir {age:.1f} jam yang lalu: {last['path']}"
        if age > hours:
            raise CommandError(f"{words}. Periksa beat dan folder cadangan.")
        self.stdout.write(words)


def _maker(place: str) -> tuple[Callable[..., Backup], Any]:
    """Return what makes a backup there, and the place as it wants it."""
    if is_bucket(place):
        return make_backup_in, place
    return make_backup, Path(place).resolve()
