"""`manage.py restore FILE`: a site from a backup, whole or not at all."""

import getpass
import os
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from elearning.addresses import is_bucket
from elearning.backups import envelope
from elearning.backups.buckets import fetch
from elearning.backups.refusals import BackupRefused
from elearning.backups.restoring import Restored, Wish, restore, undo
from elearning.backups.saying import DIFFERENCES, REFUSED, in_words
from elearning.backups.site import this_site


class Command(BaseCommand):
    """Restore into an empty site; with --replace in the place of a living one."""

    help = "Memulihkan situs dari cadangan."
    # An empty site fails them, and so does one whose restore was interrupted.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, its keys, what opens it, and how far to go."""
        parser.add_argument("file", nargs="?", help="berkas, atau alamat s3://…")
        parser.add_argument("--keys", help="berkas ….keys.tar dari cadangan")
        parser.add_argument("--identity", type=Path, help="kunci pembuka cadangan")
        parser.add_argument("--passphrase-file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="ganti situs yang berisi pegawai"
        )
        parser.add_argument(
            "--no-verify", action="store_true", help="tanpa verify_derived sesudahnya"
        )
        parser.add_argument(
            "--undo", action="store_true", help="batalkan pemulihan yang terhenti"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and verify, or undo."""
        os.umask(0o077)
        if options["undo"]:
            with in_words("Pembatalan"):
                was_there = undo(this_site())
            self.stdout.write(
                "Situs kembali seperti sebelum pemulihan."
                if was_there
                else "Tidak ada pemulihan yang terhenti."
            )
            return
        if options["file"] is None:
            raise CommandError("Sebut berkas cadangannya.", returncode=REFUSED)
        with in_words("Pemulihan"), _fetching() as fetched:
            wish = Wish(
                _here(options["file"], fetched),
                keys=options["keys"] and _here(options["keys"], fetched),
                identities=_identities(options["identity"], options["passphrase_file"]),
                may_replace=options["replace"],
            )
            done = restore(this_site(), wish, now=timezone.now(), say=self.stdout.write)
        self._tell(done)
        if not options["no_verify"]:
            self._verify()

    def _tell(self, done: Restored) -> None:
        label = done.manifest
        self.stdout.write(
            f"Situs dipulihkan ke keadaan {label.made_at}: "
            f"{sum(label.rows.values())} baris, {done.files} berkas, segel utuh."
        )
        if not done.has_keys and not settings.ELEARNING_SIGNING_KEY.exists():
            self.stdout.write("Kunci penanda tangan belum ada: pulihkan dengan --keys.")
        if done.has_keys and not settings.EMBEDDED_DATABASE:
            secret = settings.ELEARNING_VAR / "secret-key"
            self.stdout.write(f"SECRET_KEY ada di {secret}: salin ke .env.")
        for issuer, year, last in label.numbers:
            self.stdout.write(
                f"Nomor terakhir dalam cadangan: {issuer}, {year}: {last}"
            )
        self.stdout.write(
            "Belum ada sertifikat yang terbit sebelum Anda menjalankan: manage.py "
            f"continue_numbers --year {timezone.localdate().year}"
        )

    def _verify(self) -> None:
        self.stdout.write("Memeriksa data turunan …")
        said = StringIO()
        call_command("verify_derived", stdout=said)
        self.stdout.write(said.getvalue().rstrip())
        if not said.getvalue().endswith("Selisih: 0\n"):
            raise CommandError(
                "Situs sudah dipulihkan, tetapi ada selisih di atas. Perbaiki dengan "
                "manage.py verify_derived --repair.",
                returncode=DIFFERENCES,
            )


@contextmanager
def _fetching() -> Iterator[Path]:
    """Yield a private folder on the disk of the data, gone in the end."""
    folder: Path = settings.ELEARNING_VAR / "restore-fetched"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _here(place: str, folder: Path) -> Path:
    """Return the file, a copy of it where it lies in an object storage."""
    return fetch(place, folder) if is_bucket(place) else Path(place)


def _identities(path: Path | None, words: Path | None) -> envelope.Identities:
    if path is None:
        return ()
    if not path.exists():
        raise BackupRefused(f"{path} tidak ada.")
    passphrase = ""
    if envelope.is_closed(path):
        passphrase = (
            words.read_text("utf-8").rstrip("\n")
            if words
            else getpass.getpass("Kata sandi kunci pembuka: ")
        )
    return envelope.read_identity(path, passphrase)
