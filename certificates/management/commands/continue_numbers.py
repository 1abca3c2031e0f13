"""`manage.py continue_numbers`: after a restore, no number is given twice."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates import actions
from certificates.models import NumberCounter

HIGHEST = 2_000_000_000


class Command(BaseCommand):
    """Ask for the highest number already handed out, and go on after it."""

    help = (
        "Sesudah pemulihan dari cadangan lama: melanjutkan nomor sertifikat setelah "
        "nomor urut tertinggi yang sudah di tangan orang."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the issuer, the year and the number; whatever is left out is asked."""
        parser.add_argument("--issuer", default=settings.ELEARNING_ISSUER_CODE)
        parser.add_argument("--year", type=int, default=timezone.localdate().year)
        parser.add_argument("--last", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what the site knows, and set the counter further on."""
        issuer, year, last = options["issuer"], options["year"], options["last"]
        counter = NumberCounter.objects.filter(issuer=issuer, year=year).first()
        known = counter.last if counter else 0
        self.stdout.write(f"{issuer}, {year}: nomor terakhir yang tercatat {known}")
        if last is None:
            last = self._asked()
        if not 0 <= last <= HIGHEST:
            raise CommandError("Nomor urut tidak mungkin. Lihat sertifikat terbaru.")
        is_new = actions.continue_numbers(
            issuer=issuer, year=year, last=last, by=None, now=timezone.now()
        )
        self.stdout.write(
            f"Nomor berikutnya: {last + 1}"
            if is_new
            else f"Tidak ada yang berubah. Nomor berikutnya: {known + 1}"
        )

    def _asked(self) -> int:
        """Return what the operator types."""
        words = "Nomor urut tertinggi yang sudah di tangan orang: "
        try:
            return int(input(words).strip())
        except (EOFError, ValueError):
            raise CommandError("Tulis nomor urutnya saja, misalnya 1234.") from None
