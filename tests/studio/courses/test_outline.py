"""The list of courses, a course in outline, opening and discarding its draft."""

import pytest

from accounts import actions as accounts_actions
from courses.models import CourseVersion
from quizzes.actions import write_question
from quizzes.models import QuestionBank
from tests import factories
from tests.queries import count_queries

HOME = "/studio/kursus-kecil/"
READ = [
    "",
    "soal/",
    "soal/kursus-kecil-posttest/post-1/",
    "pelajaran/satu/",
    "pelajaran/satu/pratinjau/",
]
WRITE = [
    "terbitkan/",
    "draf/buang/",
    "soal/baru/single_choice/",
    "soal/kursus-kecil-posttest/post-1/tarik/",
]


@pytest.fixture
def foreign_author(world, now, client_of):
    """An author of the other agency."""
    person = factories.make_person(unit=world.other_agency, now=now)
    accounts_actions.assign_role(
        person=person, unit=world.other_agency, role="author", by=None, now=now
    )
    return client_of(person)


def test_the_list_shows_state_version_and_people(author, course, world, now):
    factories.enroll(course=course, person=world.people["learner"], now=now)
    row = author.get("/studio/").context["rows"].object_list[0]
    assert (row.title, row.state, row.version) == ("Kursus Kecil", "published", 1)
    assert row.learning == 1


def test_an_open_draft_shows_in_the_list_and_in_the_outline(author, draft, lesson_data):
    author.post(f"{HOME}pelajaran/satu/", lesson_data(text="Kata lain."))
    assert author.get("/studio/").context["rows"].object_list[0].state == "new_draft"
    outline = author.get(HOME).context["outline"]
    lessons = [lesson for module in outline.modules for lesson in module.lessons]
    assert [(lesson.key, lesson.is_draft) for lesson in lessons] == [
        ("satu", True),
        ("dua", False),
    ]


@pytest.mark.parametrize("path", ["", *READ, *WRITE])
def test_a_course_of_another_agency_is_404(foreign_author, draft, path):
    assert foreign_author.get(f"{HOME}{path}").status_code == 404


def test_another_agency_is_not_listed(foreign_author, course):
    assert foreign_author.get("/studio/").context["rows"].object_list == []


@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_a_learner_may_not_enter(client_as, draft, path):
    assert client_as("learner").get("/studio/").status_code == 403
    assert client_as("learner").get(f"{HOME}{path}").status_code == 403


@pytest.mark.parametrize("path", READ)
def test_nobody_enters_without_signing_in(client_as, draft, path):
    response = client_as("anonymous").get(f"{HOME}{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/masuk/")


@pytest.mark.parametrize("path", READ)
def test_a_reviewer_may_look_everywhere(client_as, draft, path):
    response = client_as("reviewer").get(f"{HOME}{path}")
    assert response.status_code == 200
    assert "Terbitkan…" not in response.text
    assert "Simpan" not in response.text


@pytest.mark.parametrize("path", WRITE)
def test_a_reviewer_may_not_change_anything(client_as, draft, path):
    reviewer = client_as("reviewer")
    assert reviewer.get(f"{HOME}{path}").status_code == 403
    assert reviewer.post(f"{HOME}{path}").status_code == 403
    assert reviewer.post(f"{HOME}draf/").status_code == 403


@pytest.mark.parametrize("path", ["", *READ, *WRITE])
def test_every_page_opens_for_its_author(author, draft, path):
    response = author.get(f"{HOME}{path}")
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert "style=" not in response.text
    assert response.text.count("<script") == response.text.count('<script src="/static')


def test_a_draft_is_opened_once(author, course):
    for _turn in range(2):
        response = author.post(f"{HOME}draf/", follow=True)
        assert response.redirect_chain == [(HOME, 302)]
    assert CourseVersion.objects.filter(course=course, state="draft").count() == 1


def test_a_draft_is_discarded_after_asking(author, draft, lesson_data):
    author.post(f"{HOME}pelajaran/satu/", lesson_data(title="Judul draf"))
    page = author.get(f"{HOME}draf/buang/")
    assert "Judul draf" in page.text
    assert CourseVersion.objects.filter(pk=draft.pk).exists()
    response = author.post(f"{HOME}draf/buang/", follow=True)
    assert "Draf dibuang." in response.text
    assert not CourseVersion.objects.filter(pk=draft.pk).exists()
    assert author.get(f"{HOME}draf/buang/").status_code == 302


def test_the_lists_need_the_same_queries_for_many_rows(author, course, world, now):
    courses, questions = "/studio/", f"{HOME}soal/"
    few = count_queries(author, courses), count_queries(author, questions)
    bank = QuestionBank.objects.get(key="kursus-kecil-practice")
    for number in range(5):
        factories.make_course(unit=world.agency, now=now, key=f"kursus-{number}")
        write_question(
            bank=bank,
            content=factories.make_question(f"lain-{number}"),
            by=None,
            now=now,
        )
    assert (count_queries(author, courses), count_queries(author, questions)) == few
