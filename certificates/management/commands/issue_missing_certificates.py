"""`manage.py issue_missing_certificates`: the sweep, by hand and at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates import actions
from certificates.models import Certificate
from certificates.selectors import enrollments_without_certificate


class Command(BaseCommand):
    """Issue and store whatever is missing, without the queue."""

    help = "Menerbitkan sertifikat yang tertinggal, tanpa menunggu antrean."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a dry run."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is missing, and do it unless it is a dry run."""
        enrollment_ids = list(enrollments_without_certificate())
        self.stdout.write(f"Belum terbit: {len(enrollment_ids)}")
        if not options["dry_run"]:
            for enrollment_id in enrollment_ids:
                actions.issue_certificate(
                    enrollment_id=enrollment_id, by=None, now=timezone.now()
                )
        without_file = list(
            Certificate.objects.without_file().values_list("pk", flat=True)
        )
        self.stdout.write(f"Belum ada berkas: {len(without_file)}")
        if not options["dry_run"]:
            for certificate_id in without_file:
                actions.store_pdf(certificate_id=certificate_id, now=timezone.now())
