"""`manage.py remove_demo`: the invented people go, and nothing else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from elearning.demo.removal import (
    PEOPLE,
    UNITS,
    DemoInUse,
    Removal,
    plan_removal,
    remove_demo,
)
from lib.indonesian import format_number

_YES = frozenset({"ya", "y"})


class Command(BaseCommand):
    """Say what would go, ask, and remove it."""

    help = "Menghapus pegawai contoh beserta seluruh riwayatnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to go ahead without asking."""
        parser.add_argument("--yes", action="store_true", help="jangan tanya lagi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, unless somebody depends on it or says no."""
        try:
            planned = plan_removal()
            if planned is None:
                self.stdout.write("Tidak ada pegawai contoh di situs ini.")
                return
            self._say(planned)
            if not (options["yes"] or self._is_agreed()):
                self.stdout.write("Tidak ada yang dihapus.")
                return
            done = remove_demo(now=timezone.now())
        except DemoInUse as used:
            lines = "\n".join(f"  {reason}" for reason in used.reasons)
            raise CommandError(
                "Belum dapat dihapus, karena ada yang bergantung pada data contoh:\n"
                f"{lines}\nTidak ada yang dihapus."
            ) from used
        if done is not None:
            self.stdout.write(
                f"Selesai: {format_number(done.total)} baris dihapus. Akun contoh "
                "dan kursus tetap ada; catatan audit tetap utuh."
            )

    def _say(self, planned: Removal) -> None:
        for number, what in (
            (planned.count(PEOPLE), "pegawai contoh"),
            (planned.count(UNITS), "unit yang dibuat untuk mereka"),
            (planned.count("courses.Assignment"), "penugasan"),
            (planned.count("courses.Enrollment"), "kursus yang mereka ikuti"),
            (planned.count("quizzes.Attempt"), "kuis yang mereka kerjakan"),
            (planned.count("certificates.Certificate"), "sertifikat mereka"),
        ):
            self.stdout.write(f"{format_number(number):>6} {what}")

    def _is_agreed(self) -> bool:
        answer = input("Hapus semuanya? Ketik ya: ")
        return answer.strip().lower() in _YES
