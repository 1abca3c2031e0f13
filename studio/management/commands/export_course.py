"""manage.py export_course KEY FILE: a course as one ZIP, the same bytes each time."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.models import Course
from studio.fetching import draft_of
from studio.folders.sending.archive import pack
from studio.folders.sending.writing import course_files


class Command(BaseCommand):
    help = "Tulis satu kursus ke berkas ZIP, atau ke folder kursus yang baru."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="kunci kursus")
        parser.add_argument(
            "target", type=Path, help="berkas .zip, atau folder yang belum ada"
        )
        parser.add_argument(
            "--draft", action="store_true", help="draf, bukan versi yang terbit"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        course = (
            Course.objects.select_related("current_version")
            .filter(key=options["key"])
            .first()
        )
        if course is None:
            raise CommandError(f"Kursus “{options['key']}” tidak ditemukan.")
        version = draft_of(course) if options["draft"] else course.current_version
        if version is None:
            raise CommandError(
                "Kursus ini tidak punya draf."
                if options["draft"]
                else "Kursus ini belum pernah terbit. Pakai --draft."
            )
        target: Path = options["target"]
        if target.exists():
            raise CommandError(f"{target} sudah ada. Pilih nama lain.")
        files = course_files(course, version)
        if target.suffix == ".zip":
            with target.open("wb") as archive:
                pack(files, course.key, archive)
        else:
            for path, data in files.items():
                place = target / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        self.stdout.write(f"{course.key}: {len(files)} berkas ditulis ke {target}.")
