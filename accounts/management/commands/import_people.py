"""`manage.py import_people`: what a file of people would change; `--apply` does it."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions.importing import apply_import
from accounts.people_import.columns import CLEARABLE, LABEL_OF_FIELD
from accounts.people_import.findings import Finding, ImportRefused
from accounts.people_import.plan import ImportOptions, ImportPlan
from accounts.people_import.planning import plan_import
from accounts.people_import.reading import read_file
from accounts.people_import.sheet import PeopleSheet

_LABELS = {
    "people_new": "Pegawai baru",
    "people_changed": "Data berubah",
    "people_moved": "Pindah unit",
    "people_renumbered": "Berganti NIP",
    "people_activated": "Diaktifkan",
    "people_deactivated": "Dinonaktifkan",
    "people_unchanged": "Tidak berubah",
    "units_new": "Unit baru",
    "units_changed": "Unit berubah",
    "units_moved": "Unit pindah",
    "rows_refused": "Baris ditolak",
}
_CONFIRMED = {
    "people_deactivated": "Harus disetujui, menjadi tidak aktif",
    "units_emptied": "Harus disetujui, unit menjadi tanpa pegawai",
    "units_similar": "Harus disetujui, unit mirip unit lain",
    "units_returning": "Harus disetujui, unit kembali ke induk lama",
    "people_renumbered": "Harus disetujui, berganti NIP",
    "people_renamed": "Harus disetujui, menjadi nama lain",
    "people_readdressed": "Harus disetujui, mendapat surel pegawai lain",
    "people_returning": "Harus disetujui, kembali ke data lama",
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
            help="Nonaktifkan pegawai yang tidak ada di berkas, hanya di unit yang "
            "disebut berkas",
        )
        parser.add_argument(
            "--confirm",
            type=int,
            metavar="JUMLAH",
            help="Jumlah hal yang harus disetujui, seperti dicetak tanpa --apply",
        )
        parser.add_argument(
            "--clear",
            action="append",
            choices=sorted(CLEARABLE),
            default=[],
            metavar="KOLOM",
            help="Kosongkan data bila sel kolom ini kosong; boleh berulang. Tanpa "
            "pilihan ini sel kosong tidak mengubah apa pun",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts and every refused row; exit 1 when `--apply` was refused."""
        chosen = ImportOptions(
            options["starts_on"] or timezone.localdate(),
            options["deactivate_missing"],
            frozenset(options["clear"]),
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
            self._apply(sheet, plan, options["confirm"])

    def _print(self, plan: ImportPlan) -> None:
        for name, count in plan.counts.items():
            self.stdout.write(f"{_LABELS[name]}: {count}")
        if plan.ignored_columns:
            names = ", ".join(plan.ignored_columns)
            self.stdout.write(f"Kolom yang diabaikan: {names}")
        if plan.number_to_confirm:
            self._print_confirmations(plan)
        for field, count in plan.kept.items():
            self.stdout.write(
                f"Sel kosong, data tetap: {LABEL_OF_FIELD[field]}, {count}"
            )
        for finding in plan.warnings:
            self.stdout.write(_line("Periksa", finding))
        for finding in plan.errors:
            self.stderr.write(_line("Ditolak", finding))

    def _print_confirmations(self, plan: ImportPlan) -> None:
        """Print what asks for its number, by unit and code; no names, no numbers."""
        for name, count in plan.confirmations.items():
            if count:
                self.stdout.write(f"{_CONFIRMED[name]}: {count}")
        self.stdout.write(f"Pegawai aktif seluruhnya: {plan.scope.total}")
        for code, count in sorted(Counter(_homes_of_ended(plan)).items()):
            self.stdout.write(f"Menjadi tidak aktif di {code}: {count}")
        for emptied in plan.emptied:
            code, count = emptied.unit.code, emptied.people
            self.stdout.write(f"Unit menjadi kosong: {code}, semula {count}")
        for unit in plan.similar_units:
            others = ", ".join(other.code for other in unit.similar)
            self.stdout.write(f"Unit mirip: {unit.unit.code} dengan {others}")
        self.stdout.write(f"Setujui dengan --confirm {plan.number_to_confirm}")

    def _apply(self, sheet: PeopleSheet, plan: ImportPlan, number: int | None) -> None:
        try:
            apply_import(
                sheet=sheet,
                options=plan.options,
                confirmed=plan.digest,
                number=number,
                by=None,
                now=timezone.now(),
            )
        except ImportRefused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Impor selesai.")


def _homes_of_ended(plan: ImportPlan) -> Iterator[str]:
    for one in plan.switched_people:
        if one.becomes_active is False:
            yield one.unit.code
    for gone in plan.missing:
        yield gone.unit.code


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
