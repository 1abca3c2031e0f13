"""`manage.py import_questions FILE --bank SLUG`: questions from a file as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lib.refusals import ActionRefused
from quizzes.actions import import_questions
from quizzes.exchange.banks import plan_import
from quizzes.exchange.formats import (
    FORMATS,
    MAX_BYTES,
    READABLE,
    Reading,
    UnreadableFile,
    format_of,
)
from quizzes.exchange.plan import ImportPlan, PlannedItem
from quizzes.models import QuestionBank

_LABELS = {
    "new": "Baru",
    "changed": "Berubah",
    "unchanged": "Tidak berubah",
    "refused": "Ditolak",
}


class Command(BaseCommand):
    """Print what every question of a file becomes, then store all of them or none."""

    help = "Impor soal dari berkas ke bank soal, sebagai draf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the bank; the format is told by name and content."""
        parser.add_argument("file", type=Path, help="berkas soal")
        parser.add_argument("--bank", required=True, help="kunci bank soal")
        parser.add_argument(
            "--format", choices=READABLE, help="bawaan: dikenali dari nama dan isinya"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya periksa, tanpa menyimpan"
        )
        parser.add_argument(
            "--only-good",
            action="store_true",
            help="impor yang baik saja walaupun ada yang ditolak",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1, with nothing stored, when a question is refused."""
        bank = QuestionBank.objects.filter(key=options["bank"]).first()
        if bank is None:
            raise CommandError(
                f"Bank soal “{options['bank']}” tidak ditemukan. "
                "Periksa kuncinya di alamat halaman Bank soal."
            )
        reading = _read(options["file"], options["format"])
        plan = plan_import(bank, reading)
        self._print(plan)
        if options["dry_run"]:
            self.stdout.write("Belum ada yang disimpan.")
            return
        try:
            import_questions(
                bank=bank,
                reading=reading,
                confirmed=plan.digest,
                only_good=options["only_good"],
                by=None,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            option = " (--only-good)" if refusal.code == "has_refused" else ""
            raise CommandError(f"{refusal.message}{option}") from refusal
        self.stdout.write("Impor selesai. Soalnya berstatus draf.")

    def _print(self, plan: ImportPlan) -> None:
        for note in plan.notes:
            self.stdout.write(f"Catatan: {note}")
        for item in plan.items:
            line = _line_of(item, plan.counted)
            for reason in item.reasons:
                self.stderr.write(f"Ditolak: {line}: {reason}")
            for loss in item.item.losses:
                self.stdout.write(f"Perlu diperiksa: {line}: {loss}")
        for kind, count in plan.counts.items():
            self.stdout.write(f"{_LABELS[kind]}: {count}")


def _line_of(planned: PlannedItem, counts: str) -> str:
    line = f"{counts.lower()} {planned.item.line}, " if planned.item.line else ""
    return f"{line}“{planned.item.name[:60] or '(tanpa nama)'}”"


def _read(path: Path, name: str | None) -> Reading:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(
                f"Berkas {path} lebih besar dari 10 MB. Bagi menjadi beberapa berkas."
            )
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(
            f"Berkas {path} tidak dapat dibuka. Periksa nama dan izin bacanya."
        ) from error
    try:
        format = FORMATS[name] if name else format_of(data, path.name)
        return format.read(data)
    except UnreadableFile as problem:
        raise CommandError(problem.message) from problem
