"""`manage.py createsuperuser`: Django's command knows nothing of units and roles."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Point to the command that makes an admin here."""

    help = "Pakai create_admin."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse, and say what to use."""
        raise CommandError("Di sini admin dibuat dengan: manage.py create_admin")
