"""manage.py blind_sheets: sheets to solve questions blind, and the score of answers."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lib.indonesian import format_number
from lib.spreadsheets import SpreadsheetProblem
from quizzes.models import QuestionBank
from quizzes.selectors import contents_of
from studio.blind.files import read_answers, read_keys, write_sheets
from studio.blind.kinds import KINDS
from studio.blind.scoring import Answer, KeyRow, Score, disagreements, score
from studio.blind.sheets import Asked, make_sheet
from studio.folders.checkable import course_of
from studio.folders.reading import FolderRefused, read_written
from studio.management.course_folders import SHIPPED, course_folders

_USES = {
    QuestionBank.Use.PRETEST.value: "pre-test",
    QuestionBank.Use.GRADED.value: "post-test",
}


class Command(BaseCommand):
    help = (
        "Tulis lembar soal dengan urutan acak, dengan dan tanpa pertanyaannya, beserta "
        "kuncinya; atau nilai lembar yang sudah diisi (--score)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="tempat berkasnya")
        parser.add_argument("--seed", type=int, help="angka untuk mengacak")
        parser.add_argument(
            "--from",
            dest="source",
            default=str(SHIPPED),
            help="folder kursus, atau “situs” untuk bank soal situs ini",
        )
        parser.add_argument(
            "--course", action="append", default=[], help="kode kursus; boleh diulang"
        )
        parser.add_argument(
            "--use",
            action="append",
            choices=_USES.values(),
            help="bank yang mana; bawaan: keduanya",
        )
        parser.add_argument("--count", type=int, help="jumlah soal; bawaan: semua")
        parser.add_argument(
            "--type",
            action="append",
            choices=KINDS,
            help="jenis soal; boleh diulang; bawaan: single_choice",
        )
        parser.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
        parser.add_argument("--score", type=Path, help="lembar yang sudah diisi")
        parser.add_argument("--key", type=Path, help="kunci.csv dari lembar itu")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["score"] or options["key"]:
            if not (options["score"] and options["key"]):
                raise CommandError("Tulis keduanya: --score LEMBAR --key KUNCI.")
            self._score(options["score"], options["key"])
        elif options["folder"] is None or options["seed"] is None:
            raise CommandError("Tulis folder tujuan dan --seed ANGKA.")
        else:
            self._write(**options)

    def _write(
        self, folder: Path, seed: int, count: int | None, **options: Any
    ) -> None:
        pool = _chosen(_asked(options["source"]), options["course"], options["use"])
        if count is not None and count < 1:
            raise CommandError("--count paling sedikit 1.")
        types = options["type"] or ["single_choice"]
        try:
            sheet = make_sheet(pool, seed=seed, count=count, types=types)
        except ValueError as few:
            raise CommandError(f"Hanya ada {few} soal yang cocok.") from few
        if not sheet.rows:
            raise CommandError("Tidak ada soal yang cocok.")
        try:
            paths = write_sheets(folder, sheet, format=options["format"])
        except FileExistsError as there:
            raise CommandError(f"{there} sudah ada. Pakai folder lain.") from there
        self.stdout.write(f"Lembar {sheet.code}: {len(sheet.rows)} soal.")
        for path in paths:
            self.stdout.write(str(path))
        self.stdout.write("Simpan folder kunci di tempat lain sampai lembar diisi.")

    def _score(self, sheet: Path, key_file: Path) -> None:
        try:
            code, keys = read_keys(key_file)
            answers = read_answers(sheet, code, keys)
        except SpreadsheetProblem as problem:
            raise CommandError(str(problem)) from problem
        except OSError as missing:
            raise CommandError(
                f"Berkas tidak terbaca: {missing.filename}."
            ) from missing
        for line in _report(keys, answers):
            self.stdout.write(line)


def _asked(source: str) -> list[Asked]:
    if source == "situs":
        banks = QuestionBank.objects.filter(use__in=_USES, course__isnull=False)
        return [
            Asked(bank.course.code if bank.course else "", _USES[bank.use], content)
            for bank in banks.select_related("course").order_by("key")
            for content in contents_of(bank)
        ]
    try:
        return [
            Asked(course.code, _USES[item.use], item.content)
            for folder in course_folders(Path(source))
            for course in [course_of(read_written(folder))]
            for item in course.items
            if item.use in _USES
        ]
    except FolderRefused as refusal:
        raise CommandError(
            f"Folder bermasalah: {refusal.problems[0]} Jalankan check_content."
        ) from refusal


def _chosen(
    pool: Sequence[Asked], courses: Sequence[str], uses: Sequence[str] | None
) -> list[Asked]:
    wanted = {code.casefold() for code in courses}
    unknown = wanted - {one.course.casefold() for one in pool}
    if unknown:
        raise CommandError(f"Kursus tidak ditemukan: {', '.join(sorted(unknown))}.")
    return [
        one
        for one in pool
        if (not wanted or one.course.casefold() in wanted)
        and (not uses or one.use in uses)
    ]


def _report(keys: Sequence[KeyRow], answers: Mapping[int, Answer]) -> Iterator[str]:
    codes = dict.fromkeys(
        key.course for key in sorted(keys, key=lambda key: key.course)
    )
    yield f"{'Kursus':8}{'soal':>6}{'dijawab':>9}{'cocok':>7}{'bagian':>9}  95%"
    for code in (*codes, ""):
        ours = [key for key in keys if code in ("", key.course)]
        yield _line(code or "Semua", len(ours), score(ours, answers))
    whole = score(keys, answers)
    by_chance = whole.expected / whole.answered if whole.answered else 0
    yield ""
    yield f"Dengan menebak: {_percent(by_chance)}. Ragu: {whole.doubtful} soal."
    yield from _others(disagreements(keys, answers))


def _line(name: str, asked: int, found: Score) -> str:
    low, high = found.interval
    counts = f"{asked:6}{found.answered:9}{found.agreed:7}{_percent(found.share):>9}"
    return f"{name:8}{counts}  {_percent(low)}–{_percent(high)}"


def _others(others: Iterable[tuple[KeyRow, Answer]]) -> Iterator[str]:
    for key, answer in others:
        doubt = ", ragu" if answer.is_doubtful else ""
        yield (
            f"{key.number:4}. {key.question}: dijawab {answer.said or '(kosong)'}, "
            f"kunci {key.key}{doubt}"
        )


def _percent(share: float) -> str:
    return f"{format_number(100 * share, 1)}%"
