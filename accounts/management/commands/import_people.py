"""`manage.py import_people`: what a file of people would change; `--apply` does it."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions.importing import apply_import
from accounts.people_import.findings import Finding, ImportRefused
from accounts.people_import.plan import ImportOptions, ImportPlan
from accounts.people_import.planning import plan_import
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import PeopleSheet

_LABELS = {
    "people_new": "Pegawai baru",
    "people_changed": "Data berubah",
    "people_moved": "Pindah unit",
    "people_activated": "Diaktifkan",
    "people_deactivated": "Dinonaktifkan",
    "people_unchanged": "Tidak berubah",
    "units_new": "Unit baru",
    "units_changed": "Unit berubah",
    "units_moved": "Unit pindah",
    "rows_refused": "Baris ditolak",
}


class Command(BaseCommand):
    """Show what a file would change in the whole organisation, or apply it."""

    help = "Memeriksa berkas pegawai dan unit; dengan --apply menerapkannya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file; nothing is changed without `--apply`."""
        parser.add_argument("file", type=Path, help="Berkas .xlsx atau .csv")
        parser.add_argument(
            "--apply", action="store_true", help="Terapkan bila tidak ada yang ditolak"
        )
        parser.add_argument(
            "--starts-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="Tanggal berlaku penempatan dan perpindahan (bawaan: hari ini)",
        )
        parser.add_argument(
            "--deactivate-missing",
            action="store_true",
            help="Nonaktifkan pegawai unit dalam berkas yang tidak ada di berkas",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts and every refused row; exit 1 when `--apply` was refused."""
        chosen = ImportOptions(
            options["starts_on"] or timezone.localdate(), options["deactivate_missing"]
        )
        if chosen.starts_on > timezone.localdate():
            raise CommandError("Tanggal berlaku belum tiba. Pilih hari ini.")
        sheet = _read(options["file"])
        plan = plan_import(sheet, options=chosen, by=None)
        self._print(plan)
        if not options["apply"]:
            self.stdout.write("Belum ada yang diubah. Tambahkan --apply.")
        elif plan.is_empty and not plan.errors:
            self.stdout.write("Tidak ada yang perlu diubah.")
        else:
            self._apply(sheet, chosen, plan)

    def _print(self, plan: ImportPlan) -> None:
        for name, count in plan.counts.items():
            self.stdout.write(f"{_LABELS[name]}: {count}")
        if plan.ignored_columns:
            names = ", ".join(plan.ignored_columns)
            self.stdout.write(f"Kolom yang diabaikan: {names}")
        for finding in plan.warnings:
            self.stdout.write(_line("Periksa", finding))
        for finding in plan.errors:
            self.stderr.write(_line("Ditolak", finding))

    def _apply(
        self, sheet: PeopleSheet, options: ImportOptions, plan: ImportPlan
    ) -> None:
        try:
            apply_import(
                sheet=sheet,
                options=options,
                confirmed=plan.digest,
                by=None,
                now=timezone.now(),
            )
        except ImportRefused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Impor selesai.")


def _read(path: Path) -> PeopleSheet:
    try:
        with path.open("rb") as file:
            return read_file(file, path.name, today=timezone.localdate())
    except OSError as error:
        raise CommandError(f"Berkas {path} tidak dapat dibuka.") from error
    except ImportRefused as refusal:
        raise CommandError(refusal.message) from refusal


def _line(word: str, finding: Finding) -> str:
    return (
        f"{word}: baris {finding.row}, {finding.column}, {finding.code}: "
        f"{finding.message}"
    )
