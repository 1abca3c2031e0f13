"""Loading course folders: a new version, or nothing at all."""

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditRecord, Unit
from courses import actions as courses_actions
from courses.exceptions import VersionNotEditable
from courses.models import Course, CourseVersion, LessonPart
from courses.published import outline_of
from quizzes.exchange.formats.yaml.format import render_questions
from quizzes.models import (
    Question,
    QuestionBank,
    QuestionVersion,
    Quiz,
    QuizSlot,
)
from quizzes.questions import Composition, Expected
from quizzes.selectors import compositions_of
from studio import urls
from studio.actions import load_folder
from studio.exceptions import FolderNotLoaded
from studio.folders.reading import FolderRefused
from tests import factories
from tests.every_case import every_case
from tests.quizzes.questions.examples import EXAMPLES
from tests.studio.course_folders import bank, spoil, write_folder
from tests.studio.folders.checks.good_course import write_good

CONTENT = Path(__file__).parents[3] / "courses" / "content"
K1 = CONTENT / "k01-pola-pikir-digital"


@pytest.fixture
def load(world, now):
    """Return a function that loads a folder for the agency."""

    def load_now(path: Path):
        return load_folder(path, unit=world.agency, by=None, now=now, unchecked=True)

    return load_now


def command(*args: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("load_courses", *args, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def counts() -> tuple[int, ...]:
    tables = (Course, CourseVersion, Question, QuestionVersion, Quiz, AuditRecord)
    return tuple(table.objects.count() for table in tables)


def test_the_shipped_course_loads_and_a_second_time_changes_nothing(world):
    out, err = command(str(K1))
    assert out == "pola-pikir-digital: versi 1 diterbitkan.\n"
    assert err == ""
    before = counts()
    out, err = command(str(K1))
    assert out == "pola-pikir-digital: versi 1 tidak berubah.\n"
    assert counts() == before


def test_questions_of_every_type_load_and_a_second_time_change_nothing(load, folder):
    practice = folder / "questions/practice.yaml"
    examples = [
        replace(content, source_keys=("sumber",), checked_on=date(2026, 11, 21))
        for content in EXAMPLES.values()
    ]
    written = render_questions(examples).removeprefix("questions:\n")
    practice.write_text(practice.read_text("utf-8") + written, "utf-8")
    load(folder)
    before = counts()
    load(folder)
    assert counts() == before
    stored = QuestionVersion.objects.filter(question__bank__use="practice")
    assert set(stored.values_list("type", flat=True)) == set(EXAMPLES)


def test_a_loaded_course_can_be_taken_to_the_end(load, folder, world, now):
    course = load(folder).course
    assert course.unit == world.agency
    learner = world.people["learner"]
    enrollment = factories.enroll(course=course, person=learner, now=now)
    factories.sit(enrollment=enrollment, quiz_key="pretest", right=1, now=now)
    factories.read_lessons(enrollment=enrollment, now=now)
    factories.sit(enrollment=enrollment, quiz_key="posttest", right=2, now=now)
    enrollment.refresh_from_db()
    assert enrollment.completed_at == now
    assert learner.jp_entries.get().jp == 1


def test_grade_items_and_quizzes_say_what_the_folder_says(load, folder):
    version = load(folder).version
    outline = outline_of(version.pk)
    assert [item.summary for item in outline.grade_items] == [
        "2 soal, sekitar 5 menit.",
        "2 soal, 10 menit. Nilai lulus 70. Ada 3 kesempatan.",
    ]
    quiz = Quiz.objects.get(grade_item__version=version, key="posttest")
    assert (quiz.time_limit_seconds, quiz.attempts_per_block) == (600, 3)
    assert quiz.cooldown_seconds == 24 * 3600
    assert [slot.key for slot in quiz.slots.all()] == ["t1-c1-c2-1", "t1-c1-c2-2"]


def test_pictures_are_served_for_ever_and_can_do_nothing(load, folder, world, client):
    version = load(folder).version
    html = LessonPart.objects.get(
        lesson__version=version, lesson__key="satu", key="inti"
    ).html
    address = html.partition('src="')[2].partition('"')[0]
    assert address.startswith("/gambar/")
    assert client.get(address).status_code == 302
    client.force_login(world.people["learner"])
    response = client.get(address)
    assert response.status_code == 200
    assert response.content == (folder / "images/alur.svg").read_bytes()
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert client.get(reverse("course_image", args=["0" * 64])).status_code == 404


def test_a_changed_word_publishes_a_version_and_moves_people(load, folder, world, now):
    first = load(folder)
    place = factories.enroll(
        course=first.course, person=world.people["learner"], now=now
    )
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi yang lebih jelas.")
    second = load(folder)
    assert second.changed is True
    assert second.version.number == 2
    assert second.version.change == "wording"
    place.refresh_from_db()
    assert place.version_id == second.version.pk
    assert QuestionVersion.objects.filter(number=2).count() == 0


def test_a_new_cycle_leaves_people_where_they_are(load, folder, world, now):
    first = load(folder)
    place = factories.enroll(
        course=first.course, person=world.people["learner"], now=now
    )
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi yang lain sekali.")
    spoil(folder, "course.yaml", "objectives:", "change: {kind: cycle}\nobjectives:")
    second = load(folder)
    place.refresh_from_db()
    assert place.version_id == first.version.pk
    assert second.course.cycle == 2


def test_a_changed_question_becomes_its_second_version(load, folder):
    load(folder)
    spoil(folder, "questions/posttest.yaml", "Pertanyaan post-1?", "Soal yang lain?")
    load(folder)
    numbers = Question.objects.get(key="post-1").versions.values_list("number", "state")
    assert sorted(numbers) == [(1, "ready"), (2, "ready")]


def test_a_question_that_left_the_folder_is_retired_and_may_not_return(load, folder):
    load(folder)
    write_folder(folder, {"questions/posttest.yaml": bank("post-1", "post-2")})
    load(folder)
    assert Question.objects.get(key="post-3").state == "retired"
    write_folder(
        folder, {"questions/posttest.yaml": bank("post-1", "post-2", "post-3")}
    )
    before = counts()
    with pytest.raises(FolderNotLoaded) as refused:
        load(folder)
    assert refused.value.code == "question_retired"
    assert counts() == before


@pytest.mark.parametrize("key", sorted(courses_actions.RESERVED_KEYS))
def test_a_key_that_is_a_page_of_studio_is_refused(load, folder, key):
    spoil(folder, "course.yaml", "key: kursus-kecil", f"key: {key}")
    before = counts()
    with pytest.raises(FolderNotLoaded) as refused:
        load(folder)
    assert refused.value.code == "key_reserved"
    assert counts() == before


def test_reserved_keys_are_the_pages_that_stand_beside_courses():
    beside = {
        route.partition("/")[0]
        for route in (str(page.pattern) for page in urls.urlpatterns)
        if route and not route.startswith("<")
    }
    assert beside == courses_actions.RESERVED_KEYS


def test_a_broken_folder_changes_nothing(load, folder):
    load(folder)
    before = counts()
    spoil(folder, "lessons/02-dua.md", "[^sumber]", "[^lain]")
    with pytest.raises(FolderRefused):
        load(folder)
    assert counts() == before


def test_an_open_draft_in_studio_is_not_hidden(load, folder, world, now):
    result = load(folder)
    courses_actions.copy_version(
        version=result.version, by=world.people["author"], now=now
    )
    spoil(folder, "lessons/01-satu.md", "Isi pelajaran.", "Isi yang lain.")
    before = counts()
    with pytest.raises(FolderNotLoaded) as refused:
        load(folder)
    assert refused.value.code == "draft_open"
    assert counts() == before


def test_the_command_lists_all_problems_and_loads_the_other_folders(world, tmp_path):
    courses = tmp_path / "semua"
    write_folder(courses / "baik")
    write_folder(courses / "rusak")
    spoil(courses / "rusak", "course.yaml", "key: kursus-kecil", "key: kursus-rusak")
    spoil(courses / "rusak", "course.yaml", "pillar: cakap", "pillar: biru")
    spoil(courses / "rusak", "lessons/02-dua.md", "[^sumber]", "[^lain]")
    out, err = command(str(courses), "--unchecked")
    assert out == "kursus-kecil: versi 1 diterbitkan.\n"
    assert err.splitlines() == [
        "rusak/course.yaml:5: “pillar: biru” tidak dikenal. "
        "Pilih salah satu: cakap, aman, etika, budaya.",
        "rusak/lessons/02-dua.md:8: Rujukan [^lain] tidak ada di daftar sumber. "
        "Tambahkan sumbernya, atau periksa ejaan kuncinya.",
        "1 dari 2 kursus tidak dimuat.",
    ]
    assert list(Course.objects.values_list("key", flat=True)) == ["kursus-kecil"]


def test_the_command_takes_the_unit_it_is_given(world, folder):
    command(str(folder), "--unchecked", "--unit", world.other_agency.code)
    assert Course.objects.get().unit == world.other_agency


def test_an_unknown_unit_is_refused(world, folder):
    _out, err = command(str(folder), "--unit", "entah")
    assert err == "Unit “entah” tidak ditemukan."
    assert not Course.objects.exists()


def test_an_empty_site_gets_its_agency(db, folder, settings):
    settings.ELEARNING_AGENCY_NAME = "Pemerintah Kabupaten Uji"
    command(str(folder), "--unchecked")
    unit = Unit.objects.get()
    assert (unit.code, unit.name) == (
        "pemerintah-kabupaten-uji",
        "Pemerintah Kabupaten Uji",
    )
    assert Course.objects.get().unit == unit


def test_a_dry_run_checks_and_touches_nothing(db, folder):
    out, err = command(str(folder), "--dry-run", "--unchecked")
    assert (out, err) == ("kursus-kecil: tidak ada masalah.\n", "")
    spoil(folder, "course.yaml", "pillar: cakap", "pillar: biru")
    out, err = command(str(folder), "--dry-run", "--unchecked")
    assert out == ""
    assert err.startswith("kursus/course.yaml:5: ")
    assert not Unit.objects.exists()
    assert not Course.objects.exists()


@pytest.fixture
def good(tmp_path) -> Path:
    return write_good(tmp_path / "baik")


def test_a_course_with_a_fault_is_refused_and_the_site_keeps_what_it_had(world, good):
    out, err = command(str(good))
    assert (out, err) == ("kursus-baik: versi 1 diterbitkan.\n", "")
    before = counts()
    spoil(good, "lessons/01-satu.md", "Cara ini", "Resiko ini")
    told = (
        "baik/lessons/01-satu.md:12: “Resiko” bukan bentuk baku. Tulis “Risiko”.\n"
        "1 dari 1 kursus tidak dimuat."
    )
    assert command(str(good)) == ("", told)
    assert command(str(good), "--dry-run") == ("", told)
    assert counts() == before
    assert Course.objects.get().current_version.number == 1


def test_a_fault_may_be_passed_over_by_name(world, good):
    spoil(good, "lessons/01-satu.md", "Cara ini", "Resiko ini")
    out, err = command(str(good), "--unchecked")
    assert (out, err) == ("kursus-baik: versi 1 diterbitkan.\n", "")
    # What is loaded already is not asked again: prepare runs at every start.
    assert command(str(good)) == ("kursus-baik: versi 1 tidak berubah.\n", "")


def test_nothing_passes_over_a_folder_that_cannot_be_read(world, good):
    spoil(good, "course.yaml", "pillar: cakap", "pillar: biru")
    _out, err = command(str(good), "--unchecked")
    assert err.startswith("baik/course.yaml:5: “pillar: biru” tidak dikenal.")
    assert not Course.objects.exists()


def test_a_promise_of_the_curriculum_keeps_no_course_out(world, good):
    spoil(good, "lessons/01-satu.md", "/// kasus |", "/// catatan |")
    out, _err = command(str(good))
    assert out == "kursus-baik: versi 1 diterbitkan.\n"


@pytest.mark.parametrize("name", ["", "tidak-ada"])
def test_a_path_without_courses_is_refused(world, tmp_path, name):
    _out, err = command(str(tmp_path / name))
    assert "folder" in err.lower()


def test_a_folder_changes_by_words_no_attempt_that_counts(tmp_path, load):
    folder = write_folder(tmp_path / "kursus")
    before = load(folder).version
    spoil(folder, "course.yaml", "attempts: 3", "attempts: 3\n    counting: last")

    with pytest.raises(VersionNotEditable, match="more_than_words") as refused:
        load(folder)
    spoil(folder, "course.yaml", "objectives:", "change: {kind: required}\nobjectives:")
    after = load(folder).version

    assert "dari nilai terbaik menjadi percobaan terakhir" in refused.value.message
    assert (before.number, after.change) == (1, "required")


# --- what counts when papers are composed -------------------------------------------
def composed(folder: Path, first: str, second: str) -> None:
    """Give the first two questions of the post-test's bank a line more each."""
    one, two, three = (
        bank(key).removeprefix("questions:\n") for key in ("post-1", "post-2", "post-3")
    )
    (folder / "questions/posttest.yaml").write_text(
        f"questions:\n{one}{first}{two}{second}{three}", "utf-8"
    )


def test_a_folder_says_enemies_and_expected_difficulty_and_takes_them_back(
    load, folder
):
    composed(
        folder, "    enemies: [post-2]\n", "    expected: {untrained: 5, trained: 9}\n"
    )
    course = load(folder).course
    graded = QuestionBank.objects.get(course=course, use="graded")
    assert compositions_of(graded) == {
        "post-1": Composition(None, ("post-2",)),
        "post-2": Composition(Expected(5, 9), ("post-1",)),
        "post-3": Composition(),
    }
    versions = QuestionVersion.objects.count()
    composed(folder, "", "    enemies: [post-3]\n")
    load(folder)
    assert compositions_of(graded) == {
        "post-1": Composition(),
        "post-2": Composition(None, ("post-3",)),
        "post-3": Composition(None, ("post-2",)),
    }
    assert QuestionVersion.objects.count() == versions


def test_types_of_the_blueprint_reach_the_places(load, folder):
    spoil(folder, "course.yaml", "count: 2}", "count: 2, types: [single_choice]}")
    version = load(folder).version
    slots = QuizSlot.objects.filter(quiz__grade_item__version=version, question=None)
    assert [slot.types for slot in slots] == [["single_choice"]] * 2


@pytest.fixture
def known(tmp_path, world, monkeypatch, settings):
    """A folder that the command has loaded, and what is read after that."""
    settings.ELEARNING_VAR = tmp_path
    folder = write_folder(tmp_path / "kursus")
    command(str(folder), "--unchecked")
    reads = []

    def read_again(path: Path, **said):
        reads.append(path)
        return load_folder(path, **said)

    monkeypatch.setattr(
        "studio.management.commands.load_courses.load_folder", read_again
    )
    return folder, reads


def test_a_folder_that_was_loaded_is_known_again_without_reading_it(known):
    folder, reads = known
    before = counts()

    said, problems = command(str(folder), "--skip-known")

    assert (said, problems) == ("kursus-kecil: versi 1 tidak berubah.\n", "")
    assert reads == []
    assert counts() == before


def test_one_byte_more_and_the_folder_is_read(known):
    folder, reads = known
    with (folder / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")

    said, _problems = command(str(folder), "--skip-known", "--unchecked")

    assert said == "kursus-kecil: versi 1 tidak berubah.\n"
    assert reads == [folder]


def test_another_database_is_no_reason_to_skip(known):
    folder, reads = known
    CourseVersion.objects.update(content_hash="lain")

    command(str(folder), "--skip-known", "--unchecked")

    assert reads == [folder]


@every_case("content", [None, "", "[]", '{"a": 1}', "\x00"])
def test_a_memory_that_is_lost_or_damaged_costs_time_alone(content, known, tmp_path):
    folder, reads = known
    reads.clear()
    (file,) = tmp_path.glob("known*")
    file.unlink()
    if content is not None:
        file.write_text(content, encoding="utf-8")

    said, problems = command(str(folder), "--skip-known", "--unchecked")

    assert (said, problems) == ("kursus-kecil: versi 1 tidak berubah.\n", "")
    assert reads == [folder]


def test_without_the_option_every_folder_is_read(known):
    folder, reads = known

    command(str(folder), "--unchecked")

    assert reads == [folder]
