"""Rates and waits: the rules, and the counting of them."""

from datetime import timedelta

import pytest

from accounts import actions
from accounts.actions import tallies
from accounts.models import Tally
from accounts.tasks import sweep_tallies
from accounts.tries import FORGOTTEN_AFTER, HOUR, MINUTE, PATIENCE, Patience, Rate

FIVE = Patience(free=5)


@pytest.mark.parametrize(
    ("mistakes", "minutes"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (10_000, 60)],
)
def test_waits_double_up_to_an_hour(mistakes, minutes):
    assert FIVE.wait_after(mistakes) == timedelta(minutes=minutes)


def test_no_wait_locks_anybody_out():
    assert all(rule.longest <= HOUR for rule in PATIENCE.values())


def test_a_clock_that_was_set_back_prolongs_no_wait(now):
    assert FIVE.ends(5, now + 9 * HOUR, now) == now + MINUTE


def test_a_hundred_tries_that_began_together_count_as_a_hundred(db, now):
    taken = [tallies.begin_try({"k": FIVE}, now=now)[0] for _ in range(100)]

    assert taken.count(None) == 5


def test_a_refused_try_prolongs_nothing(db, now):
    for _ in range(50):
        tallies.begin_try({"k": FIVE}, now=now)

    assert tallies.begin_try({"k": FIVE}, now=now + MINUTE)[0] is None


def test_the_try_that_leads_to_a_wait_says_so(db, now):
    told = [tallies.begin_try({"k": FIVE}, now=now)[1] for _ in range(5)]

    assert told == [None] * 4 + [now + MINUTE]


def test_mistakes_are_forgotten_a_day_after_the_last(db, now):
    for _ in range(5):
        tallies.begin_try({"k": FIVE}, now=now)

    tallies.begin_try({"k": FIVE}, now=now + FORGOTTEN_AFTER)

    assert Tally.objects.get().count == 1


def test_a_rate_starts_anew_after_its_span_and_after_a_clock_set_back(db, now):
    rate = Rate(2, MINUTE)

    def ask(moment):
        return tallies.count_within("k", rate, now=moment)

    assert [ask(now) for _ in range(3)] == [True, True, False]
    assert ask(now + MINUTE)
    assert ask(now - HOUR)


def test_what_counts_once_counts_once_within_its_time(db, now):
    def use(moment):
        return tallies.use_once("k", lasts=MINUTE, now=moment)

    assert (use(now), use(now), use(now + MINUTE)) == (True, False, True)


def test_keys_tell_nothing_and_are_kept_apart(settings):
    key = tallies.tally_key("password", 7, "203.0.113.9")

    assert len(key) == 64
    assert key != tallies.tally_key("password", "7203.0.113.9")
    settings.SECRET_KEY = "another"
    assert key != tallies.tally_key("password", 7, "203.0.113.9")


def test_the_sweep_deletes_what_is_worth_nothing(db, now, clock):
    tallies.use_once("old", lasts=MINUTE, now=now - HOUR)
    tallies.use_once("new", lasts=MINUTE, now=now)

    sweep_tallies()

    assert [row.key for row in Tally.objects.all()] == ["new"]
    assert actions.sweep_tallies(now=now + HOUR) == 1
