"""`manage.py issue_missing_certificates`: the sweep, by hand and at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates import issuing_site, work
from certificates.models import Certificate, CertificateWork
from certificates.selectors import (
    enrollments_with_outdated_certificate,
    enrollments_without_certificate,
)


class Command(BaseCommand):
    """Issue, correct and store whatever is missing, without the queue."""

    help = "Menerbitkan sertifikat yang tertinggal, tanpa menunggu antrean."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a dry run."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is missing, and do it unless it is a dry run.

        What cannot be made is listed at the end and keeps nothing else back.
        """
        is_real = not options["dry_run"]
        obstacles = issuing_site.obstacles(now=timezone.now())
        if obstacles and is_real:
            raise CommandError("\n".join(obstacle.message for obstacle in obstacles))
        missing = list(enrollments_without_certificate())
        self.stdout.write(f"Belum terbit: {len(missing)}")
        outdated = list(enrollments_with_outdated_certificate())
        self.stdout.write(f"Nilainya sudah naik: {len(outdated)}")
        if is_real:
            for enrollment_id in (*missing, *outdated):
                work.make_certificate(
                    enrollment_id=enrollment_id, now=timezone.now(), is_asked=True
                )
        without_file = list(
            Certificate.objects.without_file().values_list("pk", flat=True)
        )
        self.stdout.write(f"Belum ada berkas: {len(without_file)}")
        if is_real:
            for certificate_id in without_file:
                work.make_file(
                    certificate_id=certificate_id, now=timezone.now(), is_asked=True
                )
        self._list_failures()

    def _list_failures(self) -> None:
        failed = list(CertificateWork.objects.failed().order_by("failed_at", "pk"))
        for row in failed:
            self.stdout.write(
                f"Keikutsertaan {row.enrollment_id}: {row.get_kind_display()}: "
                f"{row.problem}"
            )
        if failed:
            raise CommandError(f"{len(failed)} sertifikat belum dapat dibuat.")
