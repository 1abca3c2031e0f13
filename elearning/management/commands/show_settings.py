"""`manage.py show_settings`: every setting, where it comes from, what is wrong."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.checks import CheckMessage, run_checks
from django.core.checks.messages import ERROR
from django.core.management.base import BaseCommand

from elearning.shown_settings import ShownSetting, shown_settings


class Command(BaseCommand):
    """Print every setting with its source, secrets hidden, and what checks say."""

    help = "Menampilkan semua setelan: nilai, nilai bawaan, asal, dan masalahnya."
    # A site with a wrong setting is the one that needs this.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a form for programs."""
        parser.add_argument("--json", action="store_true", help="untuk program lain")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print; the code is 1 where the site would not start."""
        found = run_checks(include_deployment_checks=True)
        shown = shown_settings()
        if options["json"]:
            said = {
                "settings": [setting.as_json() for setting in shown],
                "problems": [_as_json(one) for one in found],
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            self._write_table(shown)
            self._write_problems(found)
        if any(one.level >= ERROR for one in found):
            sys.exit(1)

    def _write_table(self, shown: list[ShownSetting]) -> None:
        width = max(len(setting.name) for setting in shown)
        for setting in shown:
            line = f"{setting.name:<{width}}  {setting.source:<10}  {setting.value}"
            if setting.default not in {"", setting.value}:
                line += f"   (bawaan: {setting.default})"
            self.stdout.write(line.rstrip())

    def _write_problems(self, found: list[CheckMessage]) -> None:
        self.stdout.write("")
        if not found:
            self.stdout.write("Tidak ada masalah.")
        for one in found:
            self.stdout.write(f"{one.id}: {one.msg}")
            if one.hint:
                self.stdout.write(f"    {one.hint}")


def _as_json(one: CheckMessage) -> dict[str, Any]:
    return {
        "id": one.id,
        "level": one.level,
        "message": str(one.msg),
        "remedy": str(one.hint or ""),
    }
