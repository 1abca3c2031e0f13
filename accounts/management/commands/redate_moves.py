"""`manage.py redate_moves`: moves under a wrong day; `--apply` corrects the day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions.redating import Redating, plan_redating, redate_moves
from accounts.models import Unit
from lib.refusals import ActionRefused


class Command(BaseCommand):
    """Show what a correction of the day would touch, or carry it out."""

    help = "Membetulkan tanggal perpindahan yang keliru; dengan --apply menerapkannya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take both days; nothing is changed without `--apply`."""
        for flag, name, words in (
            ("--from", "wrong", "Tanggal yang keliru"),
            ("--to", "right", "Tanggal yang benar"),
        ):
            parser.add_argument(
                flag,
                dest=name,
                type=date.fromisoformat,
                metavar="YYYY-MM-DD",
                required=True,
                help=words,
            )
        parser.add_argument(
            "--unit", default="", help="Hanya unit dengan kode ini dan di bawahnya"
        )
        parser.add_argument("--reason", default="", help="Dasar pembetulan")
        parser.add_argument("--apply", action="store_true", help="Terapkan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; exit 1 for an unknown unit or when it was refused."""
        unit = _unit(options["unit"])
        days = {"wrong": options["wrong"], "right": options["right"], "unit": unit}
        if not options["apply"]:
            self._print(plan_redating(**days, by=None))
            self.stdout.write("Belum ada yang diubah. Tambahkan --apply dan --reason.")
            return
        try:
            done = redate_moves(
                **days, reason=options["reason"], by=None, now=timezone.now()
            )
        except ActionRefused as refusal:
            raise CommandError(refusal.message) from refusal
        self._print(done)

    def _print(self, plan: Redating) -> None:
        self.stdout.write(f"Pegawai pindah: {len(plan.people)}")
        self.stdout.write(f"Unit pindah: {len(plan.units)}")
        if plan.first:
            self.stdout.write(
                f"Baru dicatat hari itu, tetap seperti semula: {plan.first}"
            )
        for conflict in plan.conflicts:
            self.stdout.write(conflict)


def _unit(code: str) -> Unit | None:
    if not code:
        return None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"Tidak ada unit dengan kode {code}.")
    return unit
