"""A course made in Studio alone: published, taken, changed, published again."""

from datetime import date

import pytest

from courses.models import Enrollment
from quizzes.actions import write_question
from quizzes.models import QuestionBank, Quiz
from tests.factories import enroll, make_question, read_lessons, sit
from tests.studio.courses.made_here import begin, change, settings_data


def write(author, course, key, text):
    """Write the text of a lesson as its editor sends it."""
    url = f"/studio/{course.key}/pelajaran/{key}/"
    form = author.get(url).context["form"]
    data = {**form.initial, "is_required": "on", "text": text, "command": "save"}
    return author.post(url, data)


def publish(author, course, change="first"):
    """Publish through the page, faults and all."""
    url = f"/studio/{course.key}/terbitkan/"
    seen = author.get(url).context["page"].seen
    data = {"change": change, "seen": seen, "despite_faults": "1"}
    return author.post(url, data)


def _checked(key):
    """Return a question that says when it was checked."""
    return make_question(key, checked_on=date(2026, 11, 21))


def ask(course, purpose, count, now):
    """Write questions into the bank of a use."""
    bank = QuestionBank.objects.get(course=course, use=purpose)
    for number in range(count):
        write_question(
            bank=bank, content=_checked(f"{purpose}-{number}"), by=None, now=now
        )


def quiz_command(author, course, command, **over):
    """Press a button on the page of the post-test."""
    url = f"/studio/{course.key}/kuis/posttest/isi/"
    base = author.get(url).context["base"]
    return author.post(url, {"base": base, "command": command, **over})


@pytest.fixture
def made(author, world, now):
    """Two lessons and a post-test that draws two of three questions; 45 minutes."""
    course = begin(author, world.agency.code)
    for title in ("Alur surat", "Tanda tangan"):
        change(author, course, "lesson-add:m1", title=title)
    author.post(f"/studio/{course.key}/kuis/", {"purpose": "posttest"})
    ask(course, "graded", 3, now)
    quiz_command(author, course, "draw", **{"undian-count": "2"})
    change(author, course, "minutes-share")
    for key in ("alur-surat", "tanda-tangan"):
        write(author, course, key, "Pembuka.\n\n## Inti\n\nIsi pelajaran.")
    return course


def test_obstacles_lead_to_where_they_are_dealt_with(author, world):
    course = begin(author, world.agency.code)
    author.post(f"/studio/{course.key}/kuis/", {"purpose": "posttest"})

    page = author.get(f"/studio/{course.key}/terbitkan/")

    told = [one.message for one in page.context["page"].obstacles]
    assert "Belum ada pelajaran." in told
    assert "Modul “Modul 1” belum punya pelajaran." in told
    assert "Post-test belum punya soal." in told
    assert f'href="/studio/{course.key}/"' in page.text
    assert f'href="/studio/{course.key}/kuis/posttest/isi/"' in page.text


def test_a_course_from_nothing_is_published_and_completed(
    author, made, learner, client_of, now
):
    assert [
        one.message
        for one in author.get(f"/studio/{made.key}/terbitkan/")
        .context["page"]
        .obstacles
    ] == []

    assert publish(author, made).status_code == 302

    made.refresh_from_db()
    version = made.current_version
    [item] = version.grade_items.all()
    assert (item.key, item.opens_after_lessons) == ("posttest", True)
    assert item.summary == "2 soal, 15 menit. Nilai lulus 70. Ada 3 kesempatan."
    assert not version.quiz_drafts.exists()
    assert client_of(learner).get(f"/kursus/{made.key}/").status_code == 200
    place = enroll(course=made, person=learner, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)
    assert Enrollment.objects.get(pk=place.pk).completed_at is not None


def test_the_next_version_keeps_what_nobody_touched(author, made, now):
    publish(author, made)
    made.refresh_from_db()
    author.post(f"/studio/{made.key}/draf/")
    # Named questions stay named: a new question of the bank does not join them.
    quiz_command(author, made, "line-remove:0")
    quiz_command(author, made, "pick", question=["graded-0", "graded-1"])
    publish(author, made, "required")
    author.post(f"/studio/{made.key}/draf/")
    ask(made, "graded", 5, now)
    publish(author, made, "wording")

    made.refresh_from_db()
    quiz = Quiz.objects.get(grade_item__version=made.current_version)
    assert made.current_version.number == 3
    assert [slot.key for slot in quiz.slots.all()] == ["graded-0", "graded-1"]
    assert quiz.asks_all is False


def test_a_draw_without_an_objective_takes_any(author, made):
    publish(author, made)
    made.refresh_from_db()

    quiz = Quiz.objects.get(grade_item__version=made.current_version)

    assert [(slot.key, slot.objective_key) for slot in quiz.slots.all()] == [
        ("semua-1", ""),
        ("semua-2", ""),
    ]


def test_the_whole_bank_asks_what_is_written_later_too(author, made, now):
    quiz_command(author, made, "all")
    publish(author, made)
    author.post(f"/studio/{made.key}/draf/")
    bank = QuestionBank.objects.get(course=made)
    write_question(bank=bank, content=_checked("baru"), by=None, now=now)
    publish(author, made, "wording")

    made.refresh_from_db()
    quiz = Quiz.objects.get(grade_item__version=made.current_version)
    assert (quiz.slots.count(), quiz.asks_all) == (4, True)
    assert "4 soal" in quiz.grade_item.summary


def test_a_question_that_is_named_and_withdrawn_stands_in_the_way(author, made):
    quiz_command(author, made, "pick", question=["graded-2"])
    bank = QuestionBank.objects.get(course=made)
    author.post(f"/studio/{made.key}/soal/{bank.key}/graded-2/tarik/")

    obstacles = author.get(f"/studio/{made.key}/terbitkan/").context["page"].obstacles

    assert any("graded-2" in one.message for one in obstacles)


def test_a_quiz_taken_out_is_no_correction_of_words(author, made):
    publish(author, made)
    author.post(f"/studio/{made.key}/draf/")
    quiz_command(author, made, "remove")

    kinds = author.get(f"/studio/{made.key}/terbitkan/").context["page"].kinds

    assert "Post-test" in kinds[0].refusal


def test_settings_of_a_published_course_leave_it_alone(author, made):
    publish(author, made)
    made.refresh_from_db()
    author.post(f"/studio/{made.key}/draf/")

    url = f"/studio/{made.key}/pengaturan/"
    author.post(url, settings_data(author, made, title="Lain"))

    made.current_version.refresh_from_db()
    assert made.current_version.title == "Surat Dinas Digital"
