"""A course goes to an empty site and comes back: the same to the last byte."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from operator import attrgetter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from accounts.models import Unit
from courses.content_types import VersionContent
from courses.models import Course, CourseFile
from lib.findings import Findings
from quizzes.actions import QuizContent, write_question
from quizzes.models import Question, QuestionBank
from quizzes.questions import OptionContent, QuestionContent
from studio.actions import bring_course, load_folder
from studio.fetching import draft_of, working_version
from studio.folders.reading import (
    CourseFolder,
    as_folder,
    as_written,
    read_folder,
)
from studio.folders.sending.archive import pack, unpack
from studio.folders.sending.bringing import plan_bringing
from studio.folders.sending.writing import course_files
from studio.management.course_folders import SHIPPED
from studio.reviewing.writers import writers_of
from tests.studio.course_folders import spoil, write_folder
from tests.studio.courses.made_here import begin, change, settings_data

SHIPPED_COURSES = sorted(path for path in SHIPPED.iterdir() if path.is_dir())


class Undone(Exception):
    """Ends a transaction so that nothing of it is left: an empty site again."""


def packed(course: Course) -> bytes:
    content = BytesIO()
    pack(course_files(course, working_version(course)), course.key, content)
    return content.getvalue()


def brought(archive: bytes, unit: Unit, by, now) -> Course:
    written = as_written(unpack(BytesIO(archive)), Findings())
    plan = plan_bringing(written, unit=unit, course=None)
    return bring_course(
        written=written, unit=unit, course=None, confirmed=plan.digest, by=by, now=now
    )


def sent_and_back(make, unit: Unit, by, now) -> tuple[bytes, bytes]:
    """Return a course as it leaves one site, and as it leaves the next one."""
    archives: list[bytes] = []
    for step in (lambda: make(), lambda: brought(archives[0], unit, by, now)):
        try:
            with transaction.atomic():
                course = step()
                archives.append(packed(course))
                raise Undone
        except Undone:
            pass
    return archives[0], archives[1]


@pytest.mark.parametrize("folder", SHIPPED_COURSES, ids=lambda path: path.name)
def test_every_shipped_course_comes_back_as_it_left(folder: Path, world, now):
    first, second = sent_and_back(
        lambda: load_folder(folder, unit=world.agency, by=None, now=now).course,
        world.other_agency,
        world.people["author"],
        now,
    )
    assert first == second
    said = read_folder(folder)
    again = as_folder(as_written(unpack(BytesIO(first)), Findings()))
    assert _in_order(again.version) == _in_order(said.version)
    assert _questions(again) == _questions(said)
    assert [_places(quiz) for quiz in again.quizzes] == [
        _places(quiz) for quiz in said.quizzes
    ]
    assert again.images == said.images


def _questions(course: CourseFolder) -> dict[tuple[str, str], QuestionContent]:
    return {
        (bank.key, question.key): question
        for bank in course.banks
        for question in bank.questions
    }


def _places(quiz: QuizContent) -> QuizContent:
    """Return a quiz with its places by their keys, as banks keep questions."""
    return replace(quiz, slots=sorted(quiz.slots, key=attrgetter("key")))


def _in_order(version: VersionContent) -> VersionContent:
    """Return the version with its sources as they are stored: by key."""
    return replace(version, sources=sorted(version.sources, key=attrgetter("key")))


def test_a_course_made_in_studio_comes_back_as_it_left(author, world, now):
    make = lambda: _made_in_studio(author, world)  # noqa: E731
    first, second = sent_and_back(make, world.agency, world.people["author"], now)
    assert first == second
    names = zipfile.ZipFile(BytesIO(first)).namelist()
    assert "surat-dinas-digital/images/loket.png" in names
    assert "surat-dinas-digital/files/sapa.mp3" in names
    course = zipfile.ZipFile(BytesIO(first)).read("surat-dinas-digital/course.yaml")
    assert "Sudah biasa memakai surel kantor." in course.decode()
    assert "term: TTE" in course.decode()


def _made_in_studio(author, world) -> Course:
    """Make a course as a browser would: lessons, a picture, sound, two quizzes."""
    course = begin(author, world.agency.code, start="templat", jp="2")
    base = f"/studio/{course.key}"
    png = BytesIO()
    Image.effect_mandelbrot((600, 300), (-2, -1, 1, 1), 60).save(png, "PNG")
    for name, data in (
        ("loket.png", png.getvalue()),
        ("sapa.mp3", b"\xff\xfb\x90\x64" + bytes(90)),
    ):
        sent = {"file": SimpleUploadedFile(name, data), "alt": "Pola loket"}
        author.post(f"{base}/berkas/", sent)
    author.post(
        f"{base}/pengaturan/",
        settings_data(
            author,
            course,
            prerequisites="Sudah biasa memakai surel kantor.\nPunya akun: SIASN.",
            glossary="Loket: meja layanan\n\n TTE :  tanda # tangan: digital ",
            title="Surat  Dinas # Digital",
        ),
    )
    change(author, course, "lesson-rename:pelajaran-1", title="Buka: pesan “baru”")
    draft = draft_of(course)
    for number, lesson in enumerate(draft.lessons.all(), 1):
        part = f"Pembuka {number}.\n\n## Inti {{#inti}}\n\n![Pola](images/loket.png)\n"
        if number == 1:
            part += "\n/// audio | Sapa | files/sapa.mp3\nPetugas: pagi.\n///\n"
        page = author.get(f"{base}/pelajaran/{lesson.key}/")
        form = page.context["form"].initial
        author.post(
            f"{base}/pelajaran/{lesson.key}/",
            {**form, "is_required": "on", "text": part, "command": "save"},
        )
    _write_questions(course)
    return Course.objects.get(pk=course.pk)


def _write_questions(course: Course) -> None:
    moment = course.created_at
    for bank in QuestionBank.objects.filter(course=course):
        for number in range(12):
            options = tuple(
                OptionContent(
                    key=key,
                    text=f"Pilihan {key}",
                    feedback=f"Karena {key}.",
                    fraction=worth,
                )
                for key, worth in (("a", Decimal(1)), ("b", Decimal(0)))
            )
            write_question(
                bank=bank,
                content=QuestionContent(
                    key=f"{bank.use}-{number}",
                    type="single_choice",
                    stem=f"Pertanyaan {number}: mana yang tepat?\n\n- satu\n- dua",
                    options=options,
                    objective_key="t1",
                    level="C2",
                    checked_on=moment.date(),
                ),
                by=None,
                now=moment,
            )


def test_a_key_that_is_taken_makes_a_course_of_another_name(course, world, now):
    archive = packed(course)
    copy = brought(archive, world.other_agency, world.people["author"], now)
    assert (copy.key, copy.unit) == ("kursus-kecil-2", world.other_agency)
    assert copy.current_version is None
    assert [bank.key for bank in copy.question_banks.all()] == [
        "kursus-kecil-2-posttest",
        "kursus-kecil-2-practice",
        "kursus-kecil-2-pretest",
    ]
    assert CourseFile.objects.filter(course=copy).count() == 1


def test_a_file_becomes_a_draft_and_changes_nothing_published(
    course, folder, world, now
):
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi yang lain.")
    said = unpack(BytesIO(_zip_of(folder)))
    written = as_written(said, Findings())
    plan = plan_bringing(written, unit=course.unit, course=course)
    assert plan.changed_lessons == ("Pelajaran satu",)
    assert (plan.new_lessons, plan.gone_lessons, plan.refusal) == ((), (), "")
    bring_course(
        written=written,
        unit=course.unit,
        course=course,
        confirmed=plan.digest,
        by=world.people["author"],
        now=now,
    )
    draft = draft_of(course)
    assert draft.number == 2
    # Whoever brought it wrote it, and does not approve it.
    assert writers_of(course, draft) == {world.people["author"].pk}
    assert Question.objects.filter(bank__course=course).count() == 6
    course.refresh_from_db()
    assert course.current_version.number == 1
    again = plan_bringing(written, unit=course.unit, course=course)
    assert "masih punya draf" in again.refusal


def _zip_of(folder: Path) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


def test_the_same_course_is_packed_alike_twice(course):
    assert packed(course) == packed(course)


def test_a_folder_of_another_kind_of_quiz_is_read_back(world, now, tmp_path):
    folder = write_folder(tmp_path / "kursus")
    spoil(
        folder,
        "course.yaml",
        "      - {objective: t1, levels: [C1, C2], count: 2}",
        "      - {question: post-2}\n      - {count: 1}",
    )
    spoil(folder, "course.yaml", "attempts: 3", "attempts: 2\n    review: learn")
    spoil(
        folder,
        "course.yaml",
        "jp: 1\n",
        "jp: 1\nprerequisites:\n  - Bisa membuka surel.\n  - 'Punya: akun'\n",
    )
    first, second = sent_and_back(
        lambda: (
            load_folder(
                folder, unit=world.agency, by=None, now=now, unchecked=True
            ).course
        ),
        world.agency,
        world.people["author"],
        now,
    )
    assert first == second
    text = zipfile.ZipFile(BytesIO(first)).read("kursus-kecil/course.yaml").decode()
    assert "- question: post-2" in text
    assert "review: learn" in text
    assert "- Bisa membuka surel." in text
