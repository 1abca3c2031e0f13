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
from studio.folders.checkable import course_of
from studio.folders.checks import find_faults
from studio.folders.loading import LoadResult
from studio.folders.reading import FolderRefused, read_written
from studio.folders.remembering import remember, remembered
from studio.management.course_folders import SHIPPED, course_folders


class Command(BaseCommand):
    help = "Muat satu folder kursus, atau setiap folder kursus di dalam PATH."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=SHIPPED,
            help="folder kursus, atau folder yang berisi folder kursus",
        )
        parser.add_argument("--unit", default="", help="kode unit pemilik kursus baru")
        parser.add_argument(
            "--unchecked",
            action="store_true",
            help="muat juga kursus yang bentuknya benar tetapi mutunya belum",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="hanya periksa folder, tanpa menyentuh basis data",
        )
        parser.add_argument(
            "--skip-known",
            action="store_true",
            help="lewati folder yang isinya persis seperti saat terakhir dimuat",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        folders = course_folders(options["path"])
        unit = None if options["dry_run"] else _unit(options["unit"], now)
        unchecked, skips = options["unchecked"], options["skip_known"]
        refused = sum(
            not (skips and unit and self._is_known(folder))
            and not self._load(folder, unit, now, unchecked=unchecked)
            for folder in folders
        )
        if refused:
            raise CommandError(f"{refused} dari {len(folders)} kursus tidak dimuat.")

    def _is_known(self, folder: Path) -> bool:
        """Say so where the folder was loaded before, and nothing has changed since."""
        known = remembered(folder)
        if known is not None:
            self._tell(known)
        return known is not None

    def _tell(self, result: LoadResult) -> None:
        state = "diterbitkan" if result.changed else "tidak berubah"
        self.stdout.write(
            f"{result.course.key}: versi {result.version.number} {state}."
        )

    def _load(
        self, folder: Path, unit: Unit | None, now: datetime, *, unchecked: bool
    ) -> bool:
        """Load one folder and say so; False where nothing of it was loaded.

        Without a unit the folder is only looked through.
        """
        try:
            if unit is None:
                key = _look_through(folder, unchecked=unchecked)
                self.stdout.write(f"{key}: tidak ada masalah.")
                return True
            result = load_folder(
                folder, unit=unit, by=None, now=now, unchecked=unchecked
            )
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
        remember(folder, result)
        self._tell(result)
        return True


def _look_through(folder: Path, *, unchecked: bool) -> str:
    """Return the key of a course that could be loaded; raises FolderRefused."""
    written = read_written(folder)
    faults = () if unchecked else find_faults(course_of(written))
    if faults:
        raise FolderRefused(faults)
    return written.course.key


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
