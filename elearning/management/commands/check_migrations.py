"""`manage.py check_migrations`: what a site that runs does not survive."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from elearning.judged_migrations import judged_migrations


class Command(BaseCommand):
    """List what is wrong with migrations not released yet, and end with 1 then."""

    help = "Memeriksa migrasi: apa yang mengganggu situs yang sedang berjalan."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge; asks no database."""
        count = 0
        for app, name, problems in judged_migrations():
            for problem in problems:
                count += 1
                self.stdout.write(f"{app}.{name} [{problem.rule}] {problem.about}")
                self.stdout.write(f"    {problem.remedy}")
        if count:
            sys.exit(1)
