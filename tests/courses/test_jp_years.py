"""Every day counts in exactly one year, the calendar's or the agreement's."""

from datetime import date, timedelta

import pytest

from courses.jp_years import jp_year, jp_year_numbered

LEAP = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("on", "since", "first", "last"),
    [
        (date(2026, 11, 21), None, date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 11, 21), date(2023, 3, 1), date(2026, 3, 1), date(2027, 2, 28)),
        (date(2026, 2, 28), date(2023, 3, 1), date(2025, 3, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2023, 3, 1), date(2026, 3, 1), date(2027, 2, 28)),
        (date(2022, 5, 5), date(2023, 3, 1), date(2022, 1, 1), date(2022, 12, 31)),
        (date(2025, 2, 28), LEAP, date(2025, 2, 28), date(2026, 2, 27)),
        (date(2028, 2, 28), LEAP, date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_a_day_counts_in_the_year_that_holds_it(on, since, first, last):
    year = jp_year(on, agreement_since=since)

    assert (year.first, year.last) == (first, last)
    assert on in year
    assert year.is_agreement == (since is not None and on >= since)
    assert jp_year_numbered(year.number, agreement_since=since).last == last


def test_years_of_an_agreement_follow_each_other_without_a_gap():
    for since in (LEAP, date(2023, 3, 1), date(2024, 1, 1), date(2024, 12, 31)):
        year = jp_year(since, agreement_since=since)
        for _ in range(9):
            after = jp_year(year.last + timedelta(days=1), agreement_since=since)
            assert after.first == year.last + timedelta(days=1)
            assert jp_year(after.last, agreement_since=since) == after
            year = after
