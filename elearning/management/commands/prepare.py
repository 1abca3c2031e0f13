"""`manage.py prepare`: what must be done before a scaled site starts or restarts."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from elearning.demo.agency import is_wanted, seed_agency
from elearning.first_tables import make_first_tables
from elearning.preparation import (
    collect_static,
    make_signing_key,
    seed_accounts,
    seed_assignment,
)


class Command(BaseCommand):
    """Migrate, publish static files, load the shipped courses; idempotent."""

    help = "Menyiapkan basis data, berkas tampilan, dan kursus bawaan."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step, and say so."""
        now = timezone.now()
        self.stdout.write("Menyiapkan basis data …")
        if not make_first_tables():
            call_command("migrate", verbosity=0, interactive=False)
        if collect_static():
            self.stdout.write("Menyiapkan berkas tampilan …")
        may_make_key = settings.EMBEDDED_DATABASE or settings.DEMO
        if may_make_key and make_signing_key(now=now):
            self.stdout.write(
                f"Kunci penandatangan dibuat: {settings.ELEARNING_SIGNING_KEY}. "
                "Sertakan dalam cadangan data."
            )
        if settings.DEMO:
            seed_accounts(settings.ELEARNING_VAR / "demo-accounts.json", now=now)
        self.stdout.write("Memuat kursus …")
        self._load_courses()
        call_command("index_courses", stdout=self.stdout)
        if settings.DEMO:
            seed_assignment(now=now)
            self._seed_agency()

    def _seed_agency(self) -> None:
        """Fill the embedded demo at its first start, so that no page is empty."""
        if not (settings.EMBEDDED_DATABASE and settings.ELEARNING_DEMO_PEOPLE):
            return
        if is_wanted():
            self.stdout.write("Mengisi instansi contoh dengan 120 pegawai rekaan …")
            seed_agency(now=timezone.now())

    def _load_courses(self) -> None:
        """Load what can be loaded: a broken folder keeps nobody from learning."""
        try:
            call_command(
                "load_courses", skip_known=True, stdout=self.stdout, stderr=self.stderr
            )
        except CommandError as refused:
            self.stderr.write(f"{refused} Situs tetap memakai versi yang ada.")
