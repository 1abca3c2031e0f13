"""Thirty and ninety days after a course: what is asked, once, and never graded."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Enrollment, GradeEntry
from quizzes import actions
from quizzes.actions import verify_follow_ups as wrong_results
from quizzes.exceptions import ResponseNotAccepted
from quizzes.kinds import FOLLOW_UP_DAYS
from quizzes.models import FollowUp, PracticeResponse, ReviewCard
from quizzes.practice.choosing import (
    QUESTIONS,
    FollowUpCandidate,
    choose,
    objectives_for,
)
from quizzes.practice.events import missing_follow_ups
from quizzes.tasks import open_follow_ups
from tests.factories import complete, make_person, make_question

DAY = timedelta(days=1)


# --- which questions: the rules alone ------------------------------------------------
def pool(*objectives: str, seen: bool = False) -> list[FollowUpCandidate]:
    """Return a question for each objective named."""
    return [FollowUpCandidate(pk, one, seen) for pk, one in enumerate(objectives, 1)]


@given(st.sets(st.sampled_from("abcdefgh"), min_size=1), st.integers())
def test_objectives_are_asked_about_evenly(objectives, seed):
    asked = [
        one
        for day in FOLLOW_UP_DAYS
        for one in objectives_for(objectives, day, seed=seed)
    ]

    assert len(asked) == 2 * QUESTIONS
    times = [asked.count(one) for one in objectives]
    assert max(times) - min(times) <= 1


def test_no_objectives_ask_nothing():
    assert objectives_for([], 30, seed=1) == []
    assert choose([], 30, seed=1) == []


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12),
    st.sampled_from(FOLLOW_UP_DAYS),
    st.integers(0, 99),
)
def test_three_different_questions_are_chosen_or_all_there_are(rows, day, seed):
    candidates = [
        FollowUpCandidate(pk, one, seen) for pk, (one, seen) in enumerate(rows, 1)
    ]
    chosen = choose(candidates, day, seed=seed)

    assert len(chosen) == len(set(chosen)) == min(QUESTIONS, len(rows))
    assert chosen == choose(list(reversed(candidates)), day, seed=seed)


def test_unseen_questions_come_first():
    seen = [FollowUpCandidate(pk, "abc"[pk % 3], is_seen=True) for pk in range(1, 7)]
    fresh = [FollowUpCandidate(pk, "abc"[pk % 3]) for pk in range(7, 10)]

    assert sorted(choose([*seen, *fresh], 30, seed=4)) == [7, 8, 9]


def test_an_objective_without_a_question_left_gives_its_place_away():
    candidates = pool("a", "b", "b")

    assert sorted(choose(candidates, 30, seed=1)) == [1, 2, 3]


def test_people_are_not_all_asked_the_same():
    candidates = pool(*"aabbccdd")
    chosen = Counter(tuple(choose(candidates, 30, seed=seed)) for seed in range(40))

    assert len(chosen) > 10


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=7),
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=6),
    st.integers(0, 99),
)
def test_no_two_enemies_are_asked_and_as_many_questions_as_can_be(rows, pairs, seed):
    """Each pair is said on one side alone: that is enough."""
    enemies = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    candidates = [
        FollowUpCandidate(
            pk, one, seen, frozenset(b for a, b in pairs if a == pk and b != pk)
        )
        for pk, (one, seen) in enumerate(rows, 1)
    ]
    chosen = choose(candidates, 30, seed=seed)

    def is_peaceful(together) -> bool:
        return not any(frozenset(two) in enemies for two in combinations(together, 2))

    versions = range(1, len(rows) + 1)
    assert is_peaceful(chosen)
    assert len(chosen) == max(
        n
        for n in range(QUESTIONS + 1)
        if any(is_peaceful(some) for some in combinations(versions, n))
    )


# --- opening -------------------------------------------------------------------------
@pytest.fixture
def done(course, learner, now) -> Enrollment:
    """A course that the learner completed now."""
    return complete(course=course, person=learner, now=now)


def missing(now) -> list[tuple[int, int]]:
    """Return what the sweep would open."""
    return list(missing_follow_ups(now, limit=10))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, []),
        (28.9, []),
        (29, [30]),
        (30, [30]),
        (43.9, [30]),
        (44, []),
        (89, [90]),
        (103.9, [90]),
        (104, []),
    ],
)
def test_the_sweep_finds_what_is_due_and_not_too_late(done, now, days, expected):
    assert missing(now + days * DAY) == [(done.pk, day) for day in expected]


def test_what_was_opened_is_not_found_again(done, now):
    follow_up = actions.open_follow_up(
        enrollment_id=done.pk, day=30, now=now + 30 * DAY
    )

    assert missing(now + 30 * DAY) == []
    assert (
        actions.open_follow_up(enrollment_id=done.pk, day=30, now=now + 31 * DAY)
        == follow_up
    )
    assert FollowUp.objects.count() == 1


def test_two_of_the_same_moment_cannot_be(done, now):
    first = actions.open_follow_up(enrollment_id=done.pk, day=30, now=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(
            person=first.person,
            enrollment=done,
            day=30,
            due_at=now,
            closes_at=now + DAY,
        )


def test_people_who_left_are_left_alone(done, learner, now):
    learner.is_active = False
    learner.save()

    assert missing(now + 30 * DAY) == []


def test_a_course_without_practice_questions_asks_nothing(done, course, now):
    for question in course.question_banks.get(use="practice").questions.all():
        actions.retire_question(question_id=question.pk, by=None, now=now)

    assert missing(now + 30 * DAY) == []
    assert (
        actions.open_follow_up(enrollment_id=done.pk, day=30, now=now + 30 * DAY)
        is None
    )


def test_the_beat_opens_them(done, clock, now, monkeypatch):
    monkeypatch.setattr(
        "quizzes.tasks.open_follow_up.delay",
        lambda **kwargs: actions.open_follow_up(now=now + 30 * DAY, **kwargs),
    )
    clock.move_to(now + 30 * DAY)

    assert (open_follow_ups(), open_follow_ups()) == (1, 0)
    assert FollowUp.objects.get().day == 30


# --- answering -----------------------------------------------------------------------
@pytest.fixture
def follow_up(done, course, now) -> FollowUp:
    """Three questions of the thirtieth day."""
    bank = course.question_banks.get(use="practice")
    actions.write_question(
        bank=bank, content=make_question("contoh-practice-3"), by=None, now=now
    )
    actions.make_ready(course=course, by=None, now=now)
    opened = actions.open_follow_up(enrollment_id=done.pk, day=30, now=now + 30 * DAY)
    assert opened is not None
    return opened


def answer(follow_up: FollowUp, position: int, option: str | None, now):
    """Answer one question of a follow-up."""
    return actions.answer_follow_up(
        item_id=follow_up.items.get(position=position).pk,
        fields={"answer": [option] if option else []},
        by=follow_up.person,
        now=now,
    )


def test_the_last_answer_gives_the_score(follow_up, now):
    later = now + 31 * DAY
    for position, option in enumerate("ab", 1):
        answer(follow_up, position, option, later)
        follow_up.refresh_from_db()
        assert follow_up.answered_at is None

    answer(follow_up, 3, "a", later + DAY)

    follow_up.refresh_from_db()
    assert (follow_up.points, follow_up.max_points) == (Decimal(2), 3)
    assert follow_up.answered_at == later + DAY


def test_the_first_answer_stays(follow_up, now):
    later = now + 31 * DAY
    first = answer(follow_up, 1, "b", later)

    assert answer(follow_up, 1, "a", later) == first
    assert PracticeResponse.objects.filter(person=follow_up.person).count() == 1


def test_after_a_fortnight_it_is_closed_and_what_was_said_stays(follow_up, now):
    said = answer(follow_up, 1, "a", now + 43 * DAY)
    closed = now + 44 * DAY

    with pytest.raises(ResponseNotAccepted, match="follow_up_closed"):
        answer(follow_up, 2, "a", closed)
    assert answer(follow_up, 1, "b", closed) == said


def test_a_blank_answer_is_refused_in_words(follow_up, now):
    with pytest.raises(ResponseNotAccepted, match="blank"):
        answer(follow_up, 1, None, now + 31 * DAY)


def test_it_feeds_the_cards_and_nothing_else(follow_up, done, now):
    grades = GradeEntry.objects.count()
    before = Enrollment.objects.values().get(pk=done.pk)
    for position in (1, 2, 3):
        answer(follow_up, position, "b", now + 31 * DAY)

    assert ReviewCard.objects.filter(person=done.person, answers=1).count() == 3
    assert GradeEntry.objects.count() == grades
    assert Enrollment.objects.values().get(pk=done.pk) == before


@pytest.mark.parametrize(
    "spoil",
    [
        {"points": Fraction(1, 3)},
        {"answered_at": None, "points": None, "max_points": None, "percent": None},
    ],
    ids=["points", "gone"],
)
def test_a_spoiled_score_is_found_and_repaired(follow_up, now, spoil):
    for position in (1, 2, 3):
        answer(follow_up, position, "a", now + 31 * DAY)
    assert list(wrong_results(repair=False)) == []
    FollowUp.objects.update(**spoil)

    assert len(list(wrong_results(repair=False))) == 1
    call_command("verify_derived", "--repair")

    assert list(wrong_results(repair=False)) == []
    assert FollowUp.objects.get().points == 3


def test_others_get_their_own(course, follow_up, world, now):
    other = make_person(unit=world.section, now=now)
    place = complete(course=course, person=other, now=now)
    hers = actions.open_follow_up(enrollment_id=place.pk, day=30, now=now + 30 * DAY)

    assert hers.person == other
    assert not set(hers.items.values_list("token")) & set(
        follow_up.items.values_list("token")
    )
