"""Days on which files are made: working days, and never one twice."""

from datetime import date, timedelta

from reports.saved.rhythm import next_day

CHRISTMAS = {date(2026, 12, 24), date(2026, 12, 25)}


def test_the_next_day_of_each_rhythm():
    cases = [
        # Friday, before a weekend.
        ("daily", date(2026, 11, 20), date(2026, 11, 23)),
        ("daily", date(2026, 12, 23), date(2026, 12, 28)),
        ("weekly", date(2026, 11, 20), date(2026, 11, 23)),
        ("weekly", date(2026, 11, 23), date(2026, 11, 30)),
        ("monthly", date(2026, 11, 20), date(2026, 12, 1)),
        # The first of the month was a Sunday; the next one still comes.
        ("monthly", date(2026, 11, 2), date(2026, 12, 1)),
        ("monthly", date(2026, 10, 31), date(2026, 11, 2)),
    ]
    for every, after, expected in cases:
        found = next_day(every, after=after, off=CHRISTMAS)
        assert found == expected, (every, after)


def test_days_go_on_and_none_is_off():
    for every in ("daily", "weekly", "monthly"):
        day = date(2026, 1, 1)
        for _number in range(24):
            coming = next_day(every, after=day, off=CHRISTMAS)
            assert day < coming <= day + timedelta(days=40), every
            assert coming.weekday() < 5, every
            assert coming not in CHRISTMAS, every
            day = coming
