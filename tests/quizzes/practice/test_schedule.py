"""When a question comes up again: the rules alone, with a clock that stands still."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
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


def answered(at: datetime, fraction: Decimal, zone: tzinfo = UTC) -> Answered:
    """Return an answer given in a zone."""
    return Answered(at, fraction, at.astimezone(zone).date())


def intervals(first: Decimal, *, then: Decimal = RIGHT, count: int = 4) -> list[int]:
    """Return the days between answers, each given on the day the card is due."""
    events = [answered(START, first)]
    days = []
    for _ in range(count):
        state = replay(events)
        days.append((state.due_at.date() - events[-1].on).days)
        events.append(answered(state.due_at, then))
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
    events = [answered(START + timedelta(days=n), RIGHT) for n in (0, 4, 35)]
    before = replay(events)
    after = replay([*events, answered(START + timedelta(days=208), WRONG)])

    assert after.stability < before.stability
    assert after.difficulty > before.difficulty
    assert after.due_at - after.answered_at < timedelta(days=10)


def test_pressing_again_at_once_teaches_nothing():
    once = replay([answered(START, RIGHT)])
    often = replay([answered(START + timedelta(seconds=n), RIGHT) for n in range(5)])

    assert often.due_at - once.due_at < timedelta(hours=1)


# --- misses ------------------------------------------------------------------------
def test_nothing_is_no_card():
    assert replay([]) is None


def test_a_missed_graded_question_makes_a_card_that_is_due_now():
    state = replay([Missed(START)])

    assert (state.due_at, state.answers, state.stability) == (START, 0, None)


def test_a_miss_brings_a_card_forward_and_never_back():
    answer = answered(START, RIGHT)
    due = replay([answer]).due_at
    tomorrow, later = START + timedelta(days=1), due + timedelta(days=1)

    assert replay([answer, Missed(tomorrow)]).due_at == tomorrow
    assert replay([answer, Missed(later)]).due_at == due


def test_an_answer_after_a_miss_is_scheduled_by_the_answer_alone():
    with_miss = replay([Missed(START - timedelta(days=1)), answered(START, WRONG)])

    assert with_miss == replay([answered(START, WRONG)])


# --- properties --------------------------------------------------------------------
@st.composite
def stories(draw):
    """Return events in order, as many as a busy year brings."""
    moments = sorted(draw(st.lists(st.integers(0, 400 * 24), max_size=25)))
    return [
        Missed(START + timedelta(hours=hour))
        if draw(st.booleans()) and draw(st.booleans())
        else answered(START + timedelta(hours=hour), draw(st.decimals(0, 1, places=6)))
        for hour in moments
    ]


@given(stories())
def test_a_card_stays_within_its_bounds(story):
    state = replay(story)

    assert (state is None) == (not story)
    if state and state.answers:
        assert state.stability > 0
        assert 1 <= state.difficulty <= 10
        assert 0 < (state.due_at.date() - state.answered_on).days <= LONGEST_DAYS or (
            isinstance(story[-1], Missed)
        )
        assert state.answers == sum(isinstance(event, Answered) for event in story)


@given(stories())
def test_the_same_events_give_the_same_card(story):
    assert replay(story) == replay(story)


# --- days, not hours -----------------------------------------------------------------
INDONESIA = [ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura")]
zones = st.sampled_from(INDONESIA)
seconds = st.integers(0, 24 * 3600 - 1)


def at(day: int, second: int, zone: tzinfo) -> datetime:
    """Return a second of the n-th day in a zone."""
    midnight = datetime.combine(START.date() + timedelta(days=day), time.min, zone)
    return (midnight + timedelta(seconds=second)).astimezone(UTC)


def due_days(state) -> dict[str, date]:
    """Return on which day a card is due, by zone."""
    return {str(zone): state.due_at.astimezone(zone).date() for zone in INDONESIA}


@pytest.mark.parametrize("hours", [23.5, 24, 24.5])
def test_whoever_answers_every_day_gets_on(hours):
    events = []
    for n in range(6):
        moment = START + n * timedelta(hours=hours)
        events.append(answered(moment, RIGHT, INDONESIA[0]))

    states = [replay(events[: n + 1]) for n in range(6)]
    days = [(state.due_at.date() - state.answered_on).days for state in states]

    assert days == sorted(days)
    assert (days[0], days[-1] > 14) == (4, True)
    assert days == [
        (state.due_at.date() - state.answered_on).days
        for state in (
            replay([answered(START + k * timedelta(days=1), RIGHT) for k in range(n)])
            for n in range(1, 7)
        )
    ]


@given(st.lists(seconds, min_size=2, max_size=2), zones)
def test_two_right_answers_reach_14_days_at_any_hours(hours, zone):
    first = answered(at(0, hours[0], zone), RIGHT, zone)
    due = due_days(replay([first]))[str(zone)]
    second = answered(at((due - START.date()).days, hours[1], zone), RIGHT, zone)

    state = replay([first, second])

    assert (due_days(state)[str(zone)] - due).days == 31


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8),
    st.lists(st.lists(seconds, min_size=8, max_size=8), min_size=2, max_size=2),
    st.lists(zones, min_size=2, max_size=2),
)
def test_neither_the_hour_nor_the_zone_of_an_answer_matters(steps, hours, places):
    states = []
    for choice, zone in zip(hours, places, strict=True):
        day, events = 0, []
        for (gap, is_right), second in zip(steps, choice, strict=False):
            # On one day the order of the answers is that of the story.
            day += gap
            moment = at(day, second if gap else 24 * 3600 - 1, zone)
            events.append(answered(moment, RIGHT if is_right else WRONG, zone))
        states.append(replay(events))
    one, other = states

    assert due_days(one) == due_days(other)
    assert (one.stability, one.difficulty) == (other.stability, other.difficulty)


@given(st.integers(0, 400), zones)
def test_a_minute_before_midnight_is_another_day_than_a_minute_after(day, zone):
    late = replay([answered(at(day, 24 * 3600 - 60, zone), RIGHT, zone)])
    early = replay([answered(at(day + 1, 60, zone), RIGHT, zone)])

    assert early.due_at - late.due_at == timedelta(days=1)


@given(st.integers(0, 400), seconds, zones)
def test_a_card_is_due_on_the_same_day_all_over_indonesia(day, second, zone):
    state = replay([answered(at(day, second, zone), RIGHT, zone)])

    assert len(set(due_days(state).values())) == 1
    ends = day_ends_at(state.due_at, zone)
    assert ends - timedelta(days=1) < state.due_at < ends


def test_moving_west_at_midnight_takes_no_day_back():
    east, west = INDONESIA[2], INDONESIA[0]
    first = answered(at(1, 60, east), RIGHT, east)
    second = answered(first.at + timedelta(minutes=5), RIGHT, west)
    assert second.on < first.on

    assert replay([first, second]).answered_on == first.on


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
