#!/usr/bin/env bash
# Package   fsrs 6.3.2 (PyPI)
# Input     One card, answered right (Good) on six days one after the other; every answer half an hour earlier than
#           the day before, or half an hour later. Default parameters, no steps of minutes, no fuzz.
# Expected  Both learners answered on the same six days, so both have intervals that grow.
# Seen      Later each day: 2, 7, 12, 16, 21, 25 days. Earlier each day: 2 days, for ever: two answers less than
#           24 hours apart count as the same day.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
python3 -m venv venv
venv/bin/pip install --quiet fsrs==6.3.2

cat > run.py <<'PY'
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler


def intervals(apart: timedelta) -> tuple[list[int], list[str]]:
    scheduler = Scheduler(learning_steps=(), enable_fuzzing=False)
    card, at = Card(card_id=1), datetime(2026, 1, 5, 12, tzinfo=UTC)
    days, dates = [], []
    for _ in range(6):
        card, _log = scheduler.review_card(card, Rating.Good, at)
        days.append((card.due - at).days)
        dates.append(at.strftime("%d %b"))
        at += apart
    return days, dates


earlier, days_earlier = intervals(timedelta(hours=23, minutes=30))
later, days_later = intervals(timedelta(hours=24, minutes=30))
assert days_earlier == days_later
print("expected: intervals that grow for both; both answered on", ", ".join(days_later))
print("seen:     half an hour later each day:", later)
print("seen:     half an hour earlier each day:", earlier)
assert later == [2, 7, 12, 16, 21, 25], "The behaviour has changed."
assert earlier == [2] * 6, "The behaviour has changed."
PY
echo "fsrs 6.3.2: answers on the same days, at hours that move"
venv/bin/python run.py
