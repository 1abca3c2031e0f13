"""manage.py load_courses [PATH]: publish course folders, or only check them."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from accounts import actions as accounts_actions
from accounts.models import Unit
from lib.markdown import MarkdownProblem
from lib.refusals import ActionRefused
from studio.actions import load_folder
from studio.course_folder import FolderRefused, read_folder
from studio.course_folder.files import COURSE_FILE


class Command(BaseCommand):
    help = "Muat satu folder kursus, atau setiap folder kursus di dalam PATH."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "courses" / "content",
            help="folder kursus, atau folder yang berisi folder kursus",
        )
        parser.add_argument("--unit", default="", help="kode unit pemilik kursus baru")

        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="hanya periksa folder, tanpa menyentuh basis data",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        folders = _folders(options["path"])
        unit = None if options["dry_run"] else _unit(options["unit"], now)
        refused = sum(not self._load(folder, unit, now) for folder in folders)
        if refused:
            raise CommandError(f"{refused} dari {len(folders)} kursus tidak dimuat.")

    def _load(self, folder: Path, unit: Unit | None, now: datetime) -> bool:
        """Load one folder and say so; False where nothing of it was loaded.

        Without a unit the folder is only looked through.
        """
        try:
            if unit is None:
                self.stdout.write(f"{read_folder(folder).key}: tidak ada masalah.")
                return True
            result = load_folder(folder, unit=unit, by=None, now=now)
        except FolderRefused as refusal:
            for problem in refusal.problems:
                self.stderr.write(f"{folder.name}/{problem}")
            return False
        except ActionRefused as refusal:
            self.stderr.write(f"{folder.name}: {refusal.message}")
            return False
        except MarkdownProblem as problem:
            self.stderr.write(f"{folder.name}: {problem}")
            return False
        state = "diterbitkan" if result.changed else "tidak berubah"
        self.stdout.write(
            f"{result.course.key}: versi {result.version.number} {state}."
        )
        return True


def _folders(path: Path) -> list[Path]:
    if (path / COURSE_FILE).exists():
        return [path]
    if not path.is_dir():
        raise CommandError(f"Folder {path} tidak ditemukan.")
    found = sorted(
        folder
        for folder in path.iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    )
    if not found:
        raise CommandError(f"Tidak ada folder kursus di {path}.")
    return found


def _unit(code: str, now: datetime) -> Unit:
    """Return the unit that owns new courses: named, first root, or made now."""
    if code:
        unit = Unit.objects.filter(code=code).first()
        if unit is None:
            raise CommandError(f"Unit “{code}” tidak ditemukan.")
        return unit
    root = Unit.objects.filter(parent=None, path__isnull=False).order_by("path").first()
    if root is not None:
        return root
    name = settings.ELEARNING_AGENCY_NAME
    return accounts_actions.create_unit(
        code=slugify(name)[:64] or "instansi",
        name=name,
        parent=None,
        starts_on=now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
        by=None,
        now=now,
        agency_name=name,
    )
