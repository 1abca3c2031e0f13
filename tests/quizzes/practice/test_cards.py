"""Ulangan: what brings a question up, and what an answer does to it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from courses.models import Enrollment, GradeEntry
from quizzes import actions
from quizzes.actions import verify_cards as wrong_cards
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import (
    PracticeResponse,
    Question,
    QuestionVersion,
    ReviewCard,
    ReviewMiss,
)
from quizzes.practice.check_page import versions_for
from quizzes.practice.schedule import Answered, replay
from tests.factories import read_lessons, sit

DAY = timedelta(days=1)
TOKEN = UUID(int=5)


@pytest.fixture
def version(course) -> QuestionVersion:
    """A practice question whose key is "a"."""
    return versions_for(course, {"contoh-practice-1"})["contoh-practice-1"]


@pytest.fixture
def card(version, learner, now) -> ReviewCard:
    """A question that the learner answered wrongly in a lesson."""
    practise(version, learner, "b", now)
    return ReviewCard.objects.get(person=learner)


def practise(version, person, option: str, now) -> PracticeResponse:
    """Answer a practice question in a lesson."""
    return actions.answer_practice(
        version=version,
        person=person,
        fields={"answer": [option]},
        token=uuid4(),
        now=now,
    )


def review(card, option: str | None, now, token: UUID = TOKEN) -> PracticeResponse:
    """Answer the question of a card in Ulangan."""
    return actions.answer_review(
        card_id=card.pk,
        fields={"answer": [option] if option else []},
        token=token,
        by=card.person,
        now=now,
    )


def noon(moment):
    """Return when a card is due that comes up on this day."""
    return moment.replace(hour=12, minute=0)


def differences() -> list[str]:
    """Return the cards that are not what their facts say."""
    return list(wrong_cards(repair=False))


# --- cards -------------------------------------------------------------------------
@pytest.mark.parametrize(("option", "days"), [("a", 4), ("b", 1)])
def test_an_answer_in_a_lesson_makes_a_card(version, learner, now, option, days):
    practise(version, learner, option, now)

    card = ReviewCard.objects.get(person=learner, question=version.question)
    assert (card.due_at, card.answers) == (noon(now + days * DAY), 1)


def test_an_answer_in_ulangan_moves_the_card(card, now):
    review(card, "a", now + DAY)

    card.refresh_from_db()
    assert (card.due_at, card.answers) == (noon(now + 5 * DAY), 2)


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Jakarta", 21), ("Asia/Makassar", 22), ("Asia/Jayapura", 22)],
)
def test_an_answer_belongs_to_the_day_where_the_person_is(
    version, learner, now, zone, day
):
    learner.time_zone = zone
    learner.save(update_fields=["time_zone"])

    practise(version, learner, "b", now.replace(hour=16, minute=30))

    assert PracticeResponse.objects.get().answered_on.day == day
    assert ReviewCard.objects.get().due_at.day == day + 1
    assert differences() == []
    # Where she lives afterwards is no part of what she did.
    learner.time_zone = "Asia/Jakarta"
    learner.save(update_fields=["time_zone"])
    assert differences() == []


def test_the_same_form_twice_is_one_answer(card, now):
    first = review(card, "a", now + DAY)
    due_at = ReviewCard.objects.get().due_at
    second = review(card, "b", now + DAY)

    assert (second, second.value) == (first, "a")
    assert ReviewCard.objects.get().due_at == due_at
    assert PracticeResponse.objects.count() == 2


@pytest.mark.parametrize(("option", "code"), [(None, "blank"), ("z", "foreign_option")])
def test_what_is_no_answer_moves_nothing(card, now, option, code):
    with pytest.raises(ResponseNotAccepted, match=code):
        review(card, option, now + DAY)

    assert ReviewCard.objects.get().due_at == card.due_at


def test_a_question_retired_meanwhile_is_refused_in_words(card, now):
    actions.retire_question(question_id=card.question_id, by=None, now=now)

    with pytest.raises(ResponseNotAccepted, match="question_retired"):
        review(card, "a", now + DAY)


def test_what_is_stored_is_the_replay_of_the_answers(card, now):
    moments = [1, 2, 2, 9, 40, 41]
    for number, day in enumerate(moments):
        review(card, "ab"[number % 2], now + day * DAY, token=uuid4())

    answers = card.person.practice_responses.order_by("answered_at", "pk")
    state = replay(
        [Answered(a.answered_at, a.fraction, a.answered_on) for a in answers]
    )
    card.refresh_from_db()
    assert (card.due_at, card.stability, card.difficulty, card.answers) == (
        state.due_at,
        state.stability,
        state.difficulty,
        len(moments) + 1,
    )
    assert differences() == []


def test_an_answer_that_arrives_out_of_order_is_put_in_its_place(card, now):
    review(card, "a", now + 9 * DAY, token=uuid4())
    review(card, "b", now + 5 * DAY, token=uuid4())

    assert differences() == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: ReviewCard.objects.update(stability=0.5),
        lambda: ReviewCard.objects.update(answers=9),
        lambda: ReviewCard.objects.all().delete(),
    ],
    ids=["stability", "answers", "gone"],
)
def test_a_spoiled_card_is_found_and_repaired(card, spoil, capsys):
    spoil()

    assert len(differences()) == 1
    call_command("verify_derived", "--repair")

    assert differences() == []
    assert ReviewCard.objects.get().stability == card.stability


def test_a_card_without_any_fact_is_found_and_taken_away(card, course, learner, now):
    other = Question.objects.get(key="contoh-practice-2")
    ReviewCard.objects.create(person=learner, question=other, due_at=now)

    assert len(differences()) == 1
    assert len(list(wrong_cards(repair=True))) == 1
    assert ReviewCard.objects.get() == card


# --- graded misses -----------------------------------------------------------------
@pytest.fixture
def ready(place, now) -> Enrollment:
    """The learner's place with every lesson done."""
    read_lessons(enrollment=place, now=now)
    return place


def test_a_failed_test_brings_up_nothing_while_its_keys_are_closed(ready, now):
    sit(enrollment=ready, quiz_key="posttest", right=1, now=now)

    assert not ReviewMiss.objects.exists()
    assert not ReviewCard.objects.exists()


def test_a_passed_test_brings_up_practice_for_every_miss(ready, learner, now):
    sit(enrollment=ready, quiz_key="posttest", right=2, now=now)
    passed = sit(enrollment=ready, quiz_key="posttest", right=3, now=now)

    missed = ReviewMiss.objects.filter(person=learner)
    assert missed.count() == 3
    assert missed.filter(item__attempt=passed).count() == 1
    uses = set(missed.values_list("question__bank__use", flat=True))
    assert uses == {"practice"}
    assert {card.due_at for card in ReviewCard.objects.all()} == {now}
    assert ReviewCard.objects.count() == 2
    assert differences() == []


def test_a_pretest_brings_up_nothing(place, now):
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)

    assert not ReviewMiss.objects.exists()


def test_a_full_score_brings_up_nothing(ready, now):
    sit(enrollment=ready, quiz_key="posttest", right=4, now=now)

    assert not ReviewMiss.objects.exists()


def test_what_she_has_not_answered_for_longest_comes_up_first(
    ready, version, learner, now
):
    practise(version, learner, "a", now)
    sit(enrollment=ready, quiz_key="posttest", right=3, now=now + timedelta(hours=1))

    miss = ReviewMiss.objects.get()
    assert miss.question.key == "contoh-practice-2"


def test_without_a_practice_question_of_the_objective_nothing_comes_up(ready, now):
    for question in Question.objects.filter(bank__use="practice"):
        actions.retire_question(question_id=question.pk, by=None, now=now)
    sit(enrollment=ready, quiz_key="posttest", right=3, now=now)

    assert not ReviewMiss.objects.exists()


# --- no effect, and no trace -------------------------------------------------------
def test_ulangan_changes_no_grade_and_no_progress(card, place, now):
    review(card, "a", now + DAY)

    assert not GradeEntry.objects.exists()
    assert Enrollment.objects.get(pk=place.pk).progress == 0


def test_everything_goes_with_the_person(ready, version, learner, world, now):
    from accounts.actions import anonymise_person

    practise(version, learner, "b", now)
    sit(enrollment=ready, quiz_key="posttest", right=3, now=now)
    actions.set_review_preference(person=learner, is_off=True, rests=False, now=now)
    actions.open_follow_up(enrollment_id=ready.pk, day=30, now=now + 30 * DAY)
    anonymise_person(person=learner, by=world.people["admin"], now=now, reason="uji")

    for rows in (
        learner.practice_responses,
        learner.review_misses,
        learner.review_cards,
        learner.follow_ups,
        learner.review_preferences,
    ):
        assert not rows.exists()
    assert differences() == []
