"""When a question comes up again: the rules alone, with a clock that stands still."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from quizzes.practice.schedule import (
    LONGEST_DAYS,
    Answered,
    Missed,
    day_ends_at,
    rating_of,
    replay,
)

START = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
RIGHT, PARTLY, WRONG = Decimal(1), Decimal("0.4"), Decimal(0)


def intervals(first: Decimal, *, then: Decimal = RIGHT, count: int = 4) -> list[int]:
    """Return the days between answers, each given on the day the card is due."""
    events = [Answered(START, first)]
    days = []
    for _ in range(count):
        state = replay(events)
        days.append((state.due_at - events[-1].at).days)
        events.append(Answered(state.due_at, then))
    return days


# --- ratings -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fraction", "rating"),
    [
        (RIGHT, Rating.Good),
        (Decimal("0.999999"), Rating.Hard),
        (Decimal("0.000001"), Rating.Hard),
        (WRONG, Rating.Again),
    ],
)
def test_a_rating_follows_from_the_points(fraction, rating):
    assert rating_of(fraction) == rating


@given(st.decimals(0, 1, places=6))
def test_easy_is_never_given(fraction):
    assert rating_of(fraction) != Rating.Easy


# --- intervals ---------------------------------------------------------------------
def test_right_answers_move_a_question_far_away():
    assert intervals(RIGHT) == [4, 31, 173, LONGEST_DAYS]


def test_a_wrong_answer_comes_back_tomorrow_and_then_slowly():
    assert intervals(WRONG) == [1, 4, 17, 61]


def test_a_partly_right_answer_lies_between():
    wrong, partly, right = intervals(WRONG), intervals(PARTLY), intervals(RIGHT)

    assert all(
        low <= middle <= high
        for low, middle, high in zip(wrong, partly, right, strict=True)
    )
    assert wrong != partly != right


def test_forgetting_brings_a_well_known_question_near_again():
    events = [Answered(START + timedelta(days=n), RIGHT) for n in (0, 4, 35)]
    before = replay(events)
    after = replay([*events, Answered(START + timedelta(days=208), WRONG)])

    assert after.stability < before.stability
    assert after.difficulty > before.difficulty
    assert after.due_at - after.answered_at < timedelta(days=10)


def test_pressing_again_at_once_teaches_nothing():
    once = replay([Answered(START, RIGHT)])
    often = replay([Answered(START + timedelta(seconds=n), RIGHT) for n in range(5)])

    assert often.due_at - once.due_at < timedelta(hours=1)


# --- misses ------------------------------------------------------------------------
def test_nothing_is_no_card():
    assert replay([]) is None


def test_a_missed_graded_question_makes_a_card_that_is_due_now():
    state = replay([Missed(START)])

    assert (state.due_at, state.answers, state.stability) == (START, 0, None)


def test_a_miss_brings_a_card_forward_and_never_back():
    answered = Answered(START, RIGHT)
    due = replay([answered]).due_at
    tomorrow, later = START + timedelta(days=1), due + timedelta(days=1)

    assert replay([answered, Missed(tomorrow)]).due_at == tomorrow
    assert replay([answered, Missed(later)]).due_at == due


def test_an_answer_after_a_miss_is_scheduled_by_the_answer_alone():
    with_miss = replay([Missed(START - timedelta(days=1)), Answered(START, WRONG)])

    assert with_miss == replay([Answered(START, WRONG)])


# --- properties --------------------------------------------------------------------
@st.composite
def stories(draw):
    """Return events in order, as many as a busy year brings."""
    moments = sorted(draw(st.lists(st.integers(0, 400 * 24), max_size=25)))
    return [
        Missed(START + timedelta(hours=hour))
        if draw(st.booleans()) and draw(st.booleans())
        else Answered(START + timedelta(hours=hour), draw(st.decimals(0, 1, places=6)))
        for hour in moments
    ]


@given(stories())
def test_a_card_stays_within_its_bounds(story):
    state = replay(story)

    assert (state is None) == (not story)
    if state and state.answers:
        assert state.stability > 0
        assert 1 <= state.difficulty <= 10
        assert state.due_at <= state.answered_at + timedelta(days=LONGEST_DAYS)
        assert state.answers == sum(isinstance(event, Answered) for event in story)


@given(stories())
def test_the_same_events_give_the_same_card(story):
    assert replay(story) == replay(story)


@given(stories(), st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"]))
def test_the_zone_of_an_event_is_no_part_of_it(story, zone):
    moved = [
        type(event)(
            **{
                **vars(event),
                "at": event.at.astimezone(ZoneInfo(zone)),
            }
        )
        for event in story
    ]

    assert replay(moved) == replay(story)


# --- days --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Asia/Jakarta", datetime(2026, 11, 21, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2026, 11, 21, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2026, 11, 21, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_person_is(zone, end):
    assert day_ends_at(START, ZoneInfo(zone)) == end


def test_late_in_the_evening_it_is_tomorrow_already_further_east():
    evening = START.replace(hour=15, minute=30)

    jakarta = day_ends_at(evening, ZoneInfo("Asia/Jakarta"))
    jayapura = day_ends_at(evening, ZoneInfo("Asia/Jayapura"))

    assert jayapura - jakarta == timedelta(hours=22)
