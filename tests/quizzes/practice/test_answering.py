"""Practice checks: no attempt, no grade, no effect on completion."""

from uuid import UUID, uuid4

import pytest

from courses.models import Enrollment, GradeEntry
from quizzes import actions
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import PracticeResponse, QuestionVersion
from quizzes.practice.check_page import versions_for

URL = "/kursus/contoh/pelajaran/pelajaran-1/cek/contoh-practice-1/"
TOKEN = UUID(int=9)


@pytest.fixture
def version(course) -> QuestionVersion:
    """A practice question whose key is "a"."""
    return versions_for(course, {"contoh-practice-1"})["contoh-practice-1"]


def tell(version, person, option: str | None, now, token=TOKEN) -> PracticeResponse:
    """Answer a practice question."""
    return actions.answer_practice(
        version=version,
        person=person,
        fields={"answer": [option] if option else []},
        token=token,
        now=now,
    )


@pytest.mark.parametrize(("option", "fraction"), [("a", 1), ("b", 0)])
def test_an_answer_is_marked_at_once(version, learner, now, option, fraction):
    assert tell(version, learner, option, now).fraction == fraction


def test_the_same_form_twice_is_one_answer(version, learner, now):
    first = tell(version, learner, "b", now)
    second = tell(version, learner, "a", now)

    assert (second, second.value) == (first, "b")


def test_trying_again_is_another_answer(version, learner, now):
    tell(version, learner, "b", now)
    tell(version, learner, "a", now, token=uuid4())

    assert PracticeResponse.objects.count() == 2


def test_two_people_may_happen_to_hold_the_same_token(version, world, learner, now):
    tell(version, learner, "a", now)

    assert tell(version, world.outsider, "b", now).person == world.outsider


@pytest.mark.parametrize(
    ("option", "code"), [(None, "blank"), ("", "blank"), ("z", "foreign_option")]
)
def test_what_is_no_answer_is_refused_in_words(version, learner, now, option, code):
    with pytest.raises(ResponseNotAccepted, match=code) as refused:
        tell(version, learner, option, now)

    assert refused.value.message
    assert not PracticeResponse.objects.exists()


def test_questions_of_other_banks_are_no_practice(course):
    keys = {"contoh-posttest-1", "contoh-pretest-1", "tidak-ada"}

    assert versions_for(course, keys) == {}


def test_no_keys_cost_no_query(course, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert versions_for(course, set()) == {}


# --- the page ----------------------------------------------------------------------
@pytest.fixture
def her(client_of, learner):
    """Return the learner's browser."""
    return client_of(learner)


def test_the_page_shows_the_feedback_of_the_chosen_option(place, her):
    html = her.post(URL, {"answer": "a", "token": TOKEN}).content.decode()
    assert "Tepat karena ini." in html

    html = her.post(URL, {"answer": "b", "token": uuid4()}).content.decode()
    assert "Belum, karena itu." in html
    assert "Tepat karena ini." not in html


def test_the_page_tells_what_is_missing(place, her):
    response = her.post(URL, {"token": TOKEN})

    assert response.status_code == 200
    assert "Pilih satu jawaban dulu." in response.content.decode()


def test_a_form_without_its_token_is_not_found(place, her):
    for token in ("", "x", "1" * 40):
        assert her.post(URL, {"answer": "a", "token": token}).status_code == 404


def test_no_graded_question_is_checked_as_practice(place, her):
    for key in ("contoh-posttest-1", "contoh-pretest-1", "tidak-ada"):
        url = URL.replace("contoh-practice-1", key)
        assert her.post(url, {"answer": "a", "token": TOKEN}).status_code == 404


def test_whoever_does_not_take_the_course_checks_nothing(course, her):
    assert her.post(URL, {"answer": "a", "token": TOKEN}).status_code == 404


def test_practice_changes_no_grade_and_no_progress(place, her):
    her.post(URL, {"answer": "a", "token": TOKEN})

    assert not GradeEntry.objects.exists()
    assert Enrollment.objects.get(pk=place.pk).progress == 0
