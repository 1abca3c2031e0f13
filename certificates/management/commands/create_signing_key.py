"""`manage.py create_signing_key`: the site's own key for certificates."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.signing_keys import SigningKeyError, create_site_key


class Command(BaseCommand):
    """Make the key where ELEARNING_SIGNING_KEY says; never overwrite one."""

    help = "Membuat kunci penandatangan sertifikat milik situs ini."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer how long the key is valid."""
        parser.add_argument("--days", type=int, default=3650)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key, or say why not."""
        path = settings.ELEARNING_SIGNING_KEY
        try:
            create_site_key(
                path,
                common_name=settings.ELEARNING_PRODUCT_NAME,
                now=timezone.now(),
                days=options["days"],
            )
        except SigningKeyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Kunci dibuat: {path}. Sertakan dalam cadangan data.")
