"""Saves of answers: which one is current, which ones count; pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import LATE_WINDOW
from quizzes.marking.saves import (
    Answering,
    Arrival,
    Save,
    arrival,
    current,
    moment_said,
)

PHONE, LAPTOP, FORM = UUID(int=1), UUID(int=2), UUID(int=3)
START = datetime(2026, 11, 21, 8, tzinfo=UTC)
DEADLINE = START + timedelta(minutes=10)
CLOSES = DEADLINE + timedelta(seconds=60)
IN_TIME = Arrival(counts=True, is_late=False)
LATE = Arrival(counts=True, is_late=True)
KEPT = Arrival(counts=False, is_late=True)


def minutes(number: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)


def arrives(
    now: datetime,
    *,
    offset: timedelta | None = None,
    state: str = "in_progress",
    timed: bool = True,
    is_known: bool = True,
) -> Arrival:
    """Say how a save is treated that arrives at `now`."""
    answering = Answering(
        state=state,
        started_at=START,
        deadline_at=DEADLINE if timed else None,
        closes_at=CLOSES if timed else None,
    )
    return arrival(answering, offset=offset, is_known=is_known, now=now)


@pytest.mark.parametrize(
    ("offset_ms", "expected"),
    [
        (None, minutes(5)),
        (2 * 60_000, minutes(2)),
        (5 * 60_000, minutes(5)),
        (5 * 60_000 + 1, minutes(5)),
        (-60_000, minutes(-1)),
    ],
)
def test_an_answer_counts_as_said_by_the_devices_clock_but_never_after_it_arrived(
    offset_ms, expected
):
    said = moment_said(
        received_at=START + minutes(5), offset_ms=offset_ms, started_at=START
    )

    assert said == expected


# --- arrival: an attempt that is still open ----------------------------------------
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START, IN_TIME),
        (DEADLINE, IN_TIME),
        (CLOSES, IN_TIME),
        (CLOSES + timedelta(microseconds=1), KEPT),
    ],
)
def test_a_plain_form_counts_until_the_grace_ends(now, expected):
    assert arrives(now) == expected


def test_without_a_time_limit_an_open_attempt_takes_everything():
    assert arrives(START + timedelta(days=50), timed=False) == IN_TIME


def test_a_device_whose_clock_is_wrong_still_counts_while_the_attempt_is_open():
    assert arrives(DEADLINE, offset=timedelta(days=9)) == IN_TIME


# --- arrival: late -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (minutes(0), LATE),
        (minutes(10), LATE),
        (minutes(10) + timedelta(milliseconds=1), KEPT),
        (-timedelta(milliseconds=1), KEPT),
        (None, KEPT),
    ],
)
@pytest.mark.parametrize("state", ["in_progress", "closed"])
def test_a_late_save_counts_by_its_own_time(offset, expected, state):
    now = DEADLINE + timedelta(hours=5)

    assert arrives(now, offset=offset, state=state) == expected


@pytest.mark.parametrize(
    ("wait", "expected"),
    [(LATE_WINDOW, LATE), (LATE_WINDOW + timedelta(microseconds=1), KEPT)],
)
def test_a_late_save_counts_for_72_hours(wait, expected):
    assert arrives(DEADLINE + wait, offset=minutes(3), state="closed") == expected


def test_a_late_save_of_a_device_nobody_knew_does_not_count():
    now = DEADLINE + timedelta(hours=5)

    assert arrives(now, offset=minutes(3), is_known=False) == KEPT


@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize("offset", [None, minutes(0), minutes(4), minutes(99)])
@pytest.mark.parametrize("now", [START, START + minutes(5), DEADLINE + minutes(60)])
def test_nothing_counts_once_the_attempt_is_marked(offset, timed, now):
    assert arrives(now, offset=offset, state="submitted", timed=timed) == KEPT


def test_a_closed_attempt_takes_nothing_by_its_arrival_alone():
    assert arrives(DEADLINE, state="closed") == KEPT


moments = st.integers(-60, 80 * 60 * 60).map(lambda s: START + timedelta(seconds=s))
offsets = st.one_of(st.none(), st.integers(-99, 99_999).map(lambda s: minutes(s / 60)))
states = st.sampled_from(["in_progress", "closed", "submitted"])


@given(moments, offsets, states, st.booleans())
def test_only_saves_in_time_are_unflagged(now, offset, state, timed):
    found = arrives(now, offset=offset, state=state, timed=timed)

    assert found.counts or found.is_late
    if state != "in_progress":
        assert found.is_late


@given(moments, offsets, st.integers(1, 10**6))
def test_waiting_never_makes_a_late_save_count(now, offset, seconds):
    before = arrives(now, offset=offset)
    after = arrives(now + timedelta(seconds=seconds), offset=offset)

    if not before.counts:
        assert not after.counts


# --- current -----------------------------------------------------------------------
def save(value: str | None, sequence: int, number: int, **over) -> Save:
    """Return a save of item 1 by the phone."""
    content = {"item_id": 1, "device": PHONE, "moment": minutes(number), **over}
    return Save(sequence=sequence, number=number, value=value, **content)


def answer(*saves: Save) -> str | None:
    """Return the current answer of item 1."""
    found = current(saves).get(1)
    return found.value if found else None


def test_nothing_said_is_no_answer():
    assert current([]) == {}


def test_the_highest_sequence_is_a_devices_word_whatever_arrives_last():
    assert answer(save("b", 2, 1), save("a", 1, 2)) == "b"


def test_of_two_devices_the_one_that_spoke_last_counts():
    assert answer(save("a", 9, 1), save("b", 1, 2, device=LAPTOP)) == "b"


def test_a_slow_line_does_not_make_an_answer_younger():
    said_first = save("a", 1, 9, moment=minutes(1))
    said_later = save("b", 1, 3, moment=minutes(2), device=LAPTOP)

    assert answer(said_later, said_first) == "b"


def test_a_save_that_does_not_count_says_nothing():
    assert answer(save("a", 1, 1), save("b", 2, 2, counts=False)) == "a"


def test_taking_an_answer_back_is_an_answer():
    assert answer(save("a", 1, 1), save(None, 2, 2)) is None


def test_items_do_not_disturb_each_other():
    found = current([save("a", 1, 1), save("b", 2, 2, item_id=2)])

    assert {item: row.value for item, row in found.items()} == {1: "a", 2: "b"}


saves = st.lists(
    st.builds(
        Save,
        item_id=st.integers(1, 3),
        device=st.sampled_from([PHONE, LAPTOP, FORM]),
        sequence=st.integers(1, 6),
        number=st.integers(1, 10**6),
        value=st.sampled_from([None, "a", "b", "c"]),
        flagged=st.booleans(),
        counts=st.booleans(),
        moment=st.integers(0, 5).map(minutes),
    ),
    max_size=12,
    # As the database keeps them: one row per device and sequence, numbered.
    unique_by=(lambda row: (row.device, row.sequence), lambda row: row.number),
)


@given(saves, st.randoms())
def test_the_order_of_arrival_does_not_matter(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert current(shuffled) == current(rows)


@given(saves, st.data())
def test_saying_something_twice_changes_nothing(rows, data):
    again = [row for row in rows if data.draw(st.booleans())]

    assert current([*rows, *again]) == current(rows)
    assert current([*again, *rows]) == current(rows)


@given(saves)
def test_every_item_with_a_counting_save_has_one_that_was_said(rows):
    found = current(rows)

    assert set(found) == {row.item_id for row in rows if row.counts}
    assert all(row in rows and row.counts for row in found.values())


@given(saves, st.sampled_from([PHONE, LAPTOP, FORM]))
def test_the_youngest_words_of_one_device_always_count(rows, device):
    latest = max((row.moment for row in rows), default=minutes(0)) + minutes(1)
    word = Save(
        item_id=1, device=device, sequence=99, number=10**7, value="z", moment=latest
    )

    assert current([*rows, word])[1] == word
