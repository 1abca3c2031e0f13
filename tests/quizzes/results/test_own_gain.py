"""What a person sees of her own gain."""

from datetime import timedelta

import pytest

from quizzes.bank import known
from quizzes.models import AttemptItem, QuestionVersion, Quiz
from quizzes.results.own_gain import own_gain
from quizzes.results.submitted import load
from tests.factories import read_lessons, sit


@pytest.fixture
def both(place, now):
    """A pre-test with 1 of 2 and post-tests with 1, then 4 of 4 right."""
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    later = now + timedelta(hours=1)
    low = sit(enrollment=place, quiz_key="posttest", right=1, now=now)
    return low, sit(enrollment=place, quiz_key="posttest", right=4, now=later)


def test_the_first_pre_test_and_the_post_test_that_counts(both):
    low, _high = both
    page = own_gain(load(low))

    assert (page.whole.before, page.whole.after, page.whole.difference) == (50, 100, 50)
    (row,) = page.objectives
    assert (row.label, row.before, row.after) == ("Menjelaskan contoh.", 50, 100)
    assert page.pillars == []


def test_the_attempt_that_counts_is_compared(place, now):
    Quiz.objects.filter(key="posttest").update(counting="first")
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=1, now=now)
    high = sit(enrollment=place, quiz_key="posttest", right=4, now=now)

    assert own_gain(load(high)).whole.after == 25


def test_an_item_left_out_counts_neither_way(both):
    _low, high = both
    AttemptItem.objects.filter(attempt__quiz_key="pretest", share_numerator=0).update(
        left_out=True
    )

    assert own_gain(load(high)).objectives[0].before == 100


def test_pillars_are_told_apart_where_there_are_several(both):
    _low, high = both
    wrong = AttemptItem.objects.get(attempt__quiz_key="pretest", share_numerator=0)
    for item in (wrong, high.items.first()):
        QuestionVersion.objects.filter(pk=item.question_version_id).update(
            pillar="aman"
        )
    known.forget_questions()  # nobody but this test changes a wording
    pillars = {row.label: row for row in own_gain(load(high)).pillars}

    assert pillars["Aman Digital"].before == 0
    assert pillars["Cakap Digital"].before == 100


def test_without_a_pre_test_there_is_nothing_to_compare(place, now):
    read_lessons(enrollment=place, now=now)
    attempt = sit(enrollment=place, quiz_key="posttest", right=2, now=now)

    assert own_gain(load(attempt)) is None


def test_a_pre_test_shows_no_gain(place, now):
    attempt = sit(enrollment=place, quiz_key="pretest", right=2, now=now)

    assert own_gain(load(attempt)) is None


def test_the_result_page_shows_it(both, client_of, learner):
    _low, high = both
    page = client_of(learner).get(f"/percobaan/{high.key}/hasil/").text

    assert "Dari pre-test ke post-test" in page
    assert "50 menjadi 100" in page
    assert "Naik 50 angka." in page
