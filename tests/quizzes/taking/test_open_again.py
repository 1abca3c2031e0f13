"""Whose rest has ended is told so, once."""

from datetime import timedelta

import pytest

from quizzes.taking.open_again import tell_open_again
from quizzes.tasks import tell_open_again as sweep
from tests.factories import read_lessons, sit

REST = timedelta(hours=24)


@pytest.fixture
def resting(place, now):
    """The learner's place after three failed attempts."""
    read_lessons(enrollment=place, now=now)
    for _number in range(3):
        sit(enrollment=place, quiz_key="posttest", right=0, now=now)
    return place


def told(learner):
    return list(learner.notices.filter(kind="open_again"))


def test_the_end_of_a_rest_is_told_once(resting, learner, now):
    assert tell_open_again(now=now + REST - timedelta(minutes=1)) == 0
    assert tell_open_again(now=now + REST) == 1
    assert tell_open_again(now=now + REST + timedelta(hours=1)) == 0
    (notice,) = told(learner)
    assert "Post-test" in notice.text
    assert notice.url == "/kursus/contoh/kuis/posttest/"
    assert sweep() == 0


def test_who_began_again_or_left_is_told_nothing(resting, learner, now):
    sit(enrollment=resting, quiz_key="posttest", right=0, now=now + REST)
    assert tell_open_again(now=now + REST) == 0
    # One failed attempt of a new block opens nothing: two more are left.
    assert tell_open_again(now=now + 2 * REST) == 0


def test_old_news_and_closed_accounts_are_left(resting, learner, now):
    assert tell_open_again(now=now + 3 * REST) == 0
    learner.is_active = False
    learner.save(update_fields=["is_active"])
    assert tell_open_again(now=now + REST) == 0
