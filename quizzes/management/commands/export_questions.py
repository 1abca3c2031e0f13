"""`manage.py export_questions --bank SLUG --format …`: a bank's questions in a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.exchange.banks import export_bank
from quizzes.exchange.formats import FORMATS, WRITABLE
from quizzes.models import QuestionBank


class Command(BaseCommand):
    """Write the newest wordings of a bank, and say what the format cannot hold."""

    help = "Ekspor soal sebuah bank ke berkas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the bank and the format; without a file, one named by the format."""
        parser.add_argument("--bank", required=True, help="kunci bank soal")
        parser.add_argument("--format", required=True, choices=WRITABLE)
        parser.add_argument("--output", type=Path, help="berkas yang ditulis")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; losses go to the error output, question by question."""
        bank = QuestionBank.objects.filter(key=options["bank"]).first()
        if bank is None:
            raise CommandError(f"Bank soal “{options['bank']}” tidak ditemukan.")
        rendering = export_bank(bank, FORMATS[options["format"]])
        path = options["output"] or Path(rendering.filename)
        try:
            path.write_bytes(rendering.data)
        except OSError as error:
            raise CommandError(f"Berkas {path} tidak dapat ditulis.") from error
        for key, loss in rendering.losses:
            self.stderr.write(f"Tidak ikut: {key}: {loss}")
        self.stdout.write(f"Soal bank “{bank.key}” ditulis ke {path}.")
