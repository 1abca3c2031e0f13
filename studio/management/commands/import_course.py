"""manage.py import_course FILE: bring a course from one ZIP into a draft."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Unit
from courses.models import Course
from lib.refusals import ActionRefused
from studio.actions import bring_course
from studio.folders.reading import FolderRefused
from studio.folders.sending.bringing import plan_bringing
from studio.folders.sending.uploads import read_course_archive


class Command(BaseCommand):
    help = "Muat satu kursus dari berkas ZIP sebagai draf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="berkas ZIP dari export_course")
        parser.add_argument(
            "--unit", required=True, help="kode unit pemilik kursus baru"
        )
        parser.add_argument(
            "--new",
            action="store_true",
            help="buat kursus baru, juga bila kuncinya sudah dipakai",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya periksa berkasnya"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Unit “{options['unit']}” tidak ditemukan.")
        try:
            with options["path"].open("rb") as content:
                written = read_course_archive(content)
        except OSError as lost:
            raise CommandError(f"{options['path']}: {lost.strerror}.") from lost
        except FolderRefused as refusal:
            for problem in refusal.problems:
                self.stderr.write(str(problem))
            raise CommandError("Tidak ada yang dimuat.") from refusal
        course = Course.objects.filter(key=written.course.key).first()
        course = None if options["new"] else course
        plan = plan_bringing(written, unit=unit, course=course)
        if options["dry_run"]:
            self.stdout.write(f"{plan.folder.key}: {plan.refusal or 'dapat dimuat'}")
            return
        try:
            made = bring_course(
                written=written,
                unit=unit,
                course=course,
                confirmed=plan.digest,
                by=None,
                now=timezone.now(),
            )
        except ActionRefused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{made.key}: dimuat sebagai draf.")
