#!/usr/bin/env bash
# Package   ts-fsrs 5.4.2 (npm) in Node; for comparison fsrs 6.3.2 (PyPI)
# Input     One card answered right (Good) ten times on the day when it is due, with maximum_interval 30, without fuzz
#           and without steps of minutes; at the end the four intervals that the card offers.
# Expected  No interval is longer than the maximum: 30 days. fsrs for Python keeps to it.
# Seen      31 days from the third answer on, and 32 for Easy: the maximum is kept first, and then Good is made a day
#           longer than Hard, Easy a day longer than Good.
# Matters   What has to be seen again within 30 days by rule comes up a day or two too late, on every card that is
#           known.
# Exit      0: as seen. Otherwise the behaviour has changed.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --silent --no-fund --no-audit --ignore-scripts ts-fsrs@5.4.2
python3 -m venv venv
venv/bin/pip install --quiet fsrs==6.3.2

cat > run.js <<'JS'
const assert = require('node:assert');
const { createEmptyCard, fsrs, Rating } = require('ts-fsrs');

const scheduler = fsrs({ maximum_interval: 30, enable_fuzz: false, enable_short_term: false });
let due = new Date('2026-01-05T05:00:00Z');
let card = createEmptyCard(due);
const days = [];
for (let answer = 0; answer < 10; answer += 1) {
  card = scheduler.next(card, due, Rating.Good).card;
  due = card.due;
  days.push(card.scheduled_days);
}
const offered = scheduler.repeat(card, due);
const four = ['Again', 'Hard', 'Good', 'Easy'].map((name) => offered[Rating[name]].card.scheduled_days);
console.log('seen:     ts-fsrs:', days.join(', '));
console.log('seen:     ts-fsrs: Again, Hard, Good, Easy:', four.join(', '));
assert.deepStrictEqual(days, [3, 14, 31, 31, 31, 31, 31, 31, 31, 31], 'The behaviour has changed.');
assert.deepStrictEqual(four.slice(1), [30, 31, 32], 'The behaviour has changed.');
JS
cat > run.py <<'PY'
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

scheduler = Scheduler(maximum_interval=30, enable_fuzzing=False, learning_steps=())
card, at, days = Card(card_id=1), datetime(2026, 1, 5, 5, tzinfo=UTC), []
for _ in range(10):
    card, _log = scheduler.review_card(card, Rating.Good, at)
    days.append((card.due - at).days)
    at = card.due
print("seen:     fsrs:   ", *days)
assert max(days) == 30, "The behaviour has changed."
PY
echo "ts-fsrs 5.4.2: intervals with a maximum of 30 days"
echo "expected: at most 30"
node run.js
venv/bin/python run.py
