"""manage.py check_content [PATH] [--table | --enemies]: are these courses fit?"""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib.findings import FileProblem, Findings
from studio.folders.checkable import course_of
from studio.folders.checks import find_problems, read_curriculum
from studio.folders.checks.course import Course
from studio.folders.checks.enemies import proposals
from studio.folders.checks.figures import course_figures
from studio.folders.checks.table import render_table
from studio.folders.reading import FolderRefused, read_written
from studio.management.course_folders import SHIPPED, course_folders


class Command(BaseCommand):
    help = "Periksa mutu isi kursus: satu folder, atau setiap folder di dalam PATH."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=SHIPPED,
            help="folder kursus, atau folder yang berisi folder kursus",
        )
        parser.add_argument(
            "--table", action="store_true", help="hanya tampilkan tabel angkanya"
        )
        parser.add_argument(
            "--enemies",
            action="store_true",
            help="hanya usulkan soal yang mungkin saling menjawab",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folders = course_folders(options["path"])
        findings = Findings()
        courses = [
            course
            for folder in folders
            if (course := _read(folder, findings)) is not None
        ]
        proposed = list(proposals(courses))
        if options["enemies"]:
            self._propose(proposed)
            return
        problems: list[FileProblem] = []
        if not options["table"]:
            plan = read_curriculum(folders[0].parent, findings)
            problems = [*findings.in_order(), *find_problems(courses, plan)]
            self._tell(problems)
        if courses:
            self.stdout.write(
                render_table([course_figures(course) for course in courses])
            )
        if problems:
            raise CommandError(
                f"{len(problems)} masalah di {len(folders)} kursus. "
                "Perbaiki menurut petunjuk tiap baris, lalu periksa lagi."
            )
        if not options["table"]:
            self.stdout.write(f"\n{len(folders)} kursus diperiksa, tidak ada masalah.")
            self.stdout.write(
                f"{len(proposed)} pasang soal mungkin saling menjawab: --enemies."
            )

    def _propose(self, proposed: Sequence[FileProblem]) -> None:
        for one in proposed:
            self.stdout.write(str(one))
        self.stdout.write(
            f"{len(proposed)} usulan. Ini bukan kesalahan: Anda yang menentukan."
        )

    def _tell(self, problems: Iterable[FileProblem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))


def _read(folder: Path, findings: Findings) -> Course | None:
    """Return the course; None after noting why its folder cannot be read."""
    try:
        return course_of(read_written(folder), prefix=f"{folder.name}/")
    except FolderRefused as refusal:
        for problem in refusal.problems:
            findings.add(
                f"{folder.name}/{problem.file}",
                problem.line,
                problem.message,
                problem.remedy,
            )
        return None
