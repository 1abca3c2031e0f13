"""A number that is read otherwise than typed is told, before and after handing in."""

import pytest

from quizzes import actions
from quizzes.models import Attempt
from tests.factories import enroll, start
from tests.quizzes.exercises import make_exercises


@pytest.fixture
def attempt(world, learner, now) -> Attempt:
    """An attempt that asks every type."""
    course = make_exercises(unit=world.agency, now=now)
    place = enroll(course=course, person=learner, now=now)
    return start(enrollment=place, quiz_key="pretest", now=now)


@pytest.fixture
def position(attempt) -> int:
    """Where the question about a number stands; its unit is "pengaduan"."""
    return attempt.items.get(question_version__type="numeric").position


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("16,000", "“16,000” dibaca 16."),
        ("9.6 pengaduan", "“9.6 pengaduan” dibaca 9,6."),
        ("9,6%", "persen bukan satuan soal ini"),
        ("sepuluh", "tidak terbaca sebagai angka"),
    ],
)
def test_how_a_number_was_read_is_told_on_both_pages(
    attempt, position, say, client_of, learner, now, typed, reading
):
    her, url = client_of(learner), f"/percobaan/{attempt.key}/"
    say(attempt, position, typed, now)

    before = her.get(f"{url}kirim/")
    assert [reading in line for line in before.context["page"].readings] == [True]
    assert f"Soal {position}: " in before.content.decode()

    actions.submit_attempt(attempt_id=attempt.pk, by=learner, now=now)
    after = her.get(f"{url}hasil/")
    assert after.context["page"].readings == before.context["page"].readings


@pytest.mark.parametrize("typed", ["9,6", "1.234 pengaduan", None])
def test_what_was_read_as_typed_is_no_news(
    attempt, position, say, client_of, learner, now, typed
):
    say(attempt, position, typed, now)

    page = client_of(learner).get(f"/percobaan/{attempt.key}/kirim/").context["page"]

    assert page.readings == []
