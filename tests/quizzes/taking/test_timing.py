"""Windows where the learner is, and deadlines that only move to later; pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from quizzes.taking.timing import (
    ALWAYS_OPEN,
    Extra,
    Window,
    days_moved,
    deadline,
    is_later,
    total,
    window,
)
from tests.every_case import every_case

START = datetime(2026, 12, 1, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")


def days(zone, *, opens=None, closes=None) -> Window:
    """Return a window of whole days."""
    return window(
        opens_at=None, opens_on=opens, closes_at=None, closes_on=closes, zone=zone
    )


def ends(*, limit=600, closes=None, extra=None) -> datetime | None:
    """Return the deadline of an attempt that starts at START."""
    return deadline(
        started_at=START,
        limit=limit,
        window=Window(closes_at=closes),
        extra=extra or Extra(),
    )


# --- windows -----------------------------------------------------------------------
def test_a_day_begins_and_ends_where_the_learner_is():
    west, east = (
        days(zone, opens=date(2026, 12, 1), closes=date(2026, 12, 5))
        for zone in (WIB, WIT)
    )

    assert west.opens_at == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert west.closes_at == datetime(2026, 12, 5, 17, tzinfo=UTC)
    assert west.opens_at - east.opens_at == timedelta(hours=2)
    assert west.closes_at - east.closes_at == timedelta(hours=2)


def test_a_moment_is_the_same_everywhere():
    for zone in (WIB, WIT):
        found = window(
            opens_at=START, opens_on=None, closes_at=None, closes_on=None, zone=zone
        )
        assert found == Window(START, None)


# --- deadlines ---------------------------------------------------------------------
@every_case(
    ("limit", "closes", "extra", "minutes"),
    [
        (600, None, Extra(), 10),
        (600, 30, Extra(), 10),
        (600, 4, Extra(), 4),
        (None, 4, Extra(), 4),
        # What a person was given is added also where the window ends first.
        (600, 4, Extra(seconds=300), 9),
        (600, None, Extra(percent=50), 15),
        (600, 4, Extra(percent=50), 9),
        (600, None, Extra(seconds=60, percent=50), 16),
        # A percentage needs a limit it is a percentage of.
        (None, 4, Extra(percent=50), 4),
        (None, 4, Extra(seconds=60), 5),
    ],
)
def test_a_deadline_is_the_earlier_end_and_what_was_given(
    limit, closes, extra, minutes
):
    closes_at = START + closes * MINUTE if closes is not None else None

    found = ends(limit=limit, closes=closes_at, extra=extra)

    assert found == START + minutes * MINUTE


def test_nothing_ends_an_attempt_without_limit_and_window():
    assert ends(limit=None, extra=Extra(seconds=600, percent=100)) is None


def test_a_percentage_is_rounded_in_favour_of_the_person():
    assert Extra(percent=33).seconds_for(100) == 33
    assert Extra(percent=33).seconds_for(101) == 34
    assert Extra(percent=33).seconds_for(None) == 0


def test_what_was_given_adds_up():
    given = [Extra(60, 0, 1), Extra(0, 25, 0), Extra(30, 25, 2)]

    assert total(given) == Extra(90, 50, 3)
    assert total([]) == Extra()


def test_no_deadline_is_the_latest_of_all():
    assert is_later(None, START)
    assert not is_later(START, None)
    assert not is_later(None, None)
    assert not is_later(START, START)
    assert is_later(START + MINUTE, START)


@given(
    limit=st.none() | st.integers(60, 7_200),
    closes=st.none() | st.integers(-100, 300),
    less=st.tuples(st.integers(0, 3_600), st.integers(0, 300)),
    more=st.tuples(st.integers(0, 3_600), st.integers(0, 300)),
)
def test_more_is_never_less(limit, closes, less, more):
    shut = ALWAYS_OPEN if closes is None else Window(closes_at=START + closes * MINUTE)
    first = deadline(started_at=START, limit=limit, window=shut, extra=Extra(*less))
    both = total([Extra(*less), Extra(*more)])
    second = deadline(started_at=START, limit=limit, window=shut, extra=both)

    assert first == second or is_later(second, first)


def test_a_window_that_falls_into_outages_closes_later_by_their_days():
    day = date(2026, 11, 20)

    def outage(first, last):
        return day + timedelta(days=first), day + timedelta(days=last)

    for outages, moved in (
        ([], 0),
        ([outage(-3, -1)], 0),
        ([outage(1, 4)], 0),
        ([outage(0, 0)], 1),
        ([outage(-2, 1)], 4),
        ([outage(-2, 1), outage(4, 6)], 7),
        ([outage(-2, 1), outage(5, 6)], 4),
    ):
        assert days_moved(day, outages) == moved, outages
