"""Ulangan from two devices at once, and a sweep that runs twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from courses.models import Enrollment
from quizzes import actions
from quizzes.actions import verify_cards as wrong_cards
from quizzes.actions import verify_follow_ups as wrong_results
from quizzes.models import FollowUp, PracticeResponse, ReviewCard
from quizzes.practice.check_page import versions_for
from tests.concurrency.together import refusals, same, together
from tests.factories import sit

pytestmark = pytest.mark.postgres
DAY = timedelta(days=1)


def practise(stage, option: str, now, token: UUID | None = None) -> PracticeResponse:
    """Answer the same practice question."""
    return actions.answer_practice(
        version=versions_for(stage.course, {"contoh-practice-1"})["contoh-practice-1"],
        person=stage.learner,
        fields={"answer": [option]},
        token=token or uuid4(),
        now=now,
    )


def test_the_same_form_at_once_is_one_answer_and_one_card(stage, now):
    token = UUID(int=4)
    results = same(lambda: practise(stage, "b", now, token))

    assert refusals(results) == []
    assert PracticeResponse.objects.count() == 1
    assert ReviewCard.objects.get().answers == 1


def test_a_card_holds_every_answer_that_came_at_once(stage, now):
    for number in range(10):
        calls = [
            lambda option=option, number=number: practise(
                stage, option, now + number * DAY
            )
            for option in "abab"
        ]
        assert refusals(together(*calls)) == []

        assert ReviewCard.objects.get().answers == 4 * (number + 1)
        assert list(wrong_cards(repair=False)) == []


def test_a_follow_up_is_opened_and_answered_once(stage, now):
    sit(enrollment=stage.place, quiz_key="posttest", right=4, now=now)
    place = Enrollment.objects.get(pk=stage.place.pk)
    later = now + 30 * DAY

    opened = same(
        lambda: actions.open_follow_up(enrollment_id=place.pk, day=30, now=later)
    )
    assert refusals(opened) == []
    follow_up = FollowUp.objects.get()
    for item in follow_up.items.all():
        calls = [
            lambda option=option, item=item: actions.answer_follow_up(
                item_id=item.pk,
                fields={"answer": [option]},
                by=stage.learner,
                now=later,
            )
            for option in "abc"
        ]
        assert refusals(together(*calls)) == []

    follow_up.refresh_from_db()
    assert follow_up.max_points == PracticeResponse.objects.count() == 2
    assert list(wrong_results(repair=False)) == []
    assert list(wrong_cards(repair=False)) == []
