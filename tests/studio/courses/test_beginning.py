"""A course from nothing, from the template, and as a copy."""

import pytest

from accounts.models import AuditRecord
from courses.models import Course
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.selectors import planned_quizzes
from tests.studio.courses.made_here import begin, outline, start_data


def draft_of(course):
    """Return the draft of a course."""
    return course.versions.get(state="draft")


def test_an_author_makes_a_course_within_her_units(author, world):
    course = begin(author, world.agency.code)

    draft = draft_of(course)
    assert (course.key, course.code, course.unit) == (
        "surat-dinas-digital",
        "K11",
        world.agency,
    )
    assert (draft.title, draft.jp, draft.pillar) == ("Surat Dinas Digital", 1, "cakap")
    assert list(draft.objectives.values_list("key", "level", "text")) == [
        ("t1", "C2", "Menjelaskan alur surat dinas.")
    ]
    assert outline(course) == [("Modul 1", [])]
    assert course.current_version is None
    made = AuditRecord.objects.get(verb="courses.course.created", object_id=course.pk)
    assert made.actor_id == world.people["author"].pk
    assert author.get(f"/studio/{course.key}/").status_code == 200


def test_nobody_makes_a_course_for_another_agency(author, world):
    data = start_data(world.other_agency.code)

    response = author.post("/studio/baru/", data)

    assert response.status_code == 200
    assert "unit" in response.context["form"].errors
    assert not Course.objects.filter(code="K11").exists()


def test_the_same_form_sent_twice_makes_one_course(author, world):
    data = start_data(world.agency.code)

    first = author.post("/studio/baru/", data)["Location"]
    second = author.post("/studio/baru/", data)["Location"]

    assert first == second
    assert Course.objects.filter(code="K11").count() == 1


def test_a_title_that_is_taken_gives_another_key(author, world):
    keys = [begin(author, world.agency.code).key for _time in range(3)]

    assert keys == [
        "surat-dinas-digital",
        "surat-dinas-digital-2",
        "surat-dinas-digital-3",
    ]


@pytest.mark.parametrize(
    ("title", "key"), [("Baru", "baru-2"), ("***", "kursus"), ("Ä b_C", "a-b-c")]
)
def test_every_title_gives_a_key(author, world, title, key):
    assert begin(author, world.agency.code, title=title).key == key


def test_one_more_objective_loses_nothing_that_was_typed(author, world):
    data = start_data(world.agency.code, command="more-objectives")

    page = author.post("/studio/baru/", data)

    assert page.context["form"]["title"].value() == "Surat Dinas Digital"
    assert len(page.context["objectives"].forms) == 3
    assert not Course.objects.filter(code="K11").exists()


def test_the_template_is_two_jp_with_both_tests(author, world):
    course = begin(author, world.agency.code, start="templat", jp="2")

    draft = draft_of(course)
    assert [len(lessons) for _title, lessons in outline(course)] == [2, 2]
    assert draft.minutes == 90
    plans = planned_quizzes(draft)
    assert [(plan.key, plan.asks_all, plan.count) for plan in plans] == [
        ("pretest", True, 0),
        ("posttest", False, 10),
    ]
    assert set(course.question_banks.values_list("use", flat=True)) == {
        "pretest",
        "graded",
        "practice",
    }


def test_a_copy_has_lessons_quizzes_and_questions_of_its_own(author, world, course):
    copy = begin(
        author, world.agency.code, start="salinan", source=course.key, title="Salinan"
    )

    draft, source = draft_of(copy), course.current_version
    assert list(draft.lessons.values_list("key", "title")) == list(
        source.lessons.values_list("key", "title")
    )
    assert [plan.title for plan in planned_quizzes(draft)] == ["Pre-test", "Post-test"]
    questions = Question.objects.filter(bank__course=copy)
    assert questions.count() == Question.objects.filter(bank__course=course).count()
    assert set(questions.values_list("state", flat=True)) == {"draft"}
    assert not QuestionVersion.objects.filter(
        question__bank__course=copy, state="ready"
    ).exists()
    # The picture came along: the lesson can be shown.
    preview = author.get(f"/studio/{copy.key}/pelajaran/satu/").context["preview"]
    assert preview.problems == ()


def test_a_course_of_another_agency_cannot_be_copied(client_of, world, course, now):
    from tests.scene import _foreign_admin

    stranger = client_of(_foreign_admin(world, now))
    data = start_data(
        world.other_agency.code, start="salinan", source=course.key, title="Salinan"
    )

    response = stranger.post("/studio/baru/", data)

    assert "source" in response.context["form"].errors
    assert Course.objects.count() == 1


def test_a_course_that_never_was_published_goes_with_its_draft(author, world):
    course = begin(author, world.agency.code, start="templat", jp="2")
    url = f"/studio/{course.key}/draf/buang/"
    assert "Kursusnya ikut terhapus" in author.get(url).text

    response = author.post(url)

    assert response["Location"] == "/studio/"
    assert not Course.objects.filter(pk=course.pk).exists()
    assert not QuestionBank.objects.filter(course=course.pk).exists()
    assert author.get("/studio/").status_code == 200
