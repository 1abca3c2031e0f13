"""Tries that come at the same moment are counted one by one."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from accounts.actions import tallies
from accounts.tries import MINUTE, Patience, Rate
from tests.concurrency.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
FIVE, HUNDRED = Patience(free=5), Patience(free=100)
AT_ONCE = 12


def test_guesses_at_once_are_no_more_than_guesses_in_a_row():
    def guess():
        return tallies.begin_try({"own": FIVE, "all": HUNDRED}, now=NOW)[0]

    results = together(*[guess] * AT_ONCE)

    assert Counter(until is None for until in results) == {True: 5, False: AT_ONCE - 5}


def test_a_rate_holds_for_requests_at_once():
    results = together(
        *[lambda: tallies.count_within("k", Rate(5, MINUTE), now=NOW)] * AT_ONCE
    )

    assert Counter(results) == {True: 5, False: AT_ONCE - 5}


def test_of_two_who_use_a_code_at_once_one_is_first():
    results = together(
        *[lambda: tallies.use_once("k", lasts=MINUTE, now=NOW)] * AT_ONCE
    )

    assert Counter(results) == {True: 1, False: AT_ONCE - 1}
