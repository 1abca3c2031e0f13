"""`manage.py send_files`: the files of var/media into the object storage."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from elearning.backups.saying import REFUSED, in_words
from elearning.backups.site import this_site
from elearning.backups.site_files import send_files


class Command(BaseCommand):
    """Send what is not there yet; the folder stays as it is."""

    help = "Menyalin berkas dari var/media ke penyimpanan objek."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many files were missing there."""
        bucket = this_site().bucket
        if bucket is None:
            raise CommandError(
                "Isi ELEARNING_FILES dulu: s3://ember/awalan?endpoint=https://…",
                returncode=REFUSED,
            )
        with in_words("Pengiriman"):
            sent = send_files(Path(settings.MEDIA_ROOT), bucket)
        self.stdout.write(f"{sent} berkas dikirim ke {bucket.place}.")
        self.stdout.write(
            "Ulangi sampai 0, lalu simpan var/media sampai cadangan pertama selesai."
        )
