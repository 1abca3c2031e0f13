"""Ulangan counts the days of the calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bench.year.oracle import Facts, Memory, Problems, by, rows_of
from quizzes.models import PracticeResponse, ReviewCard, ReviewMiss


def ulangan_counts_days(facts: Facts, memory: Memory) -> Problems:
    """Right, and right again when it was due, by the calendar: two weeks or more."""
    cards = {(row["person_id"], row["question_id"]): row for row in rows_of(ReviewCard)}
    brought_forward = {
        (row["person_id"], row["question_id"]) for row in rows_of(ReviewMiss)
    }
    for (person_id, question_id), rows in by(
        rows_of(PracticeResponse), "person_id", "question_id"
    ).items():
        card = cards.get((person_id, question_id))
        if (person_id, question_id) in brought_forward:
            continue
        if len(rows) != 2 or card is None or any(row["fraction"] != 1 for row in rows):
            continue
        zone = ZoneInfo(facts.people[person_id]["time_zone"])
        first, second = (_day(row["answered_at"], zone) for row in rows)
        rest = (_day(card["due_at"], zone) - second).days
        if (second - first).days >= 4 and rest < 14:
            yield (
                facts.names.get(person_id, "?"),
                f"right on {first} and {second}, due again {card['due_at']:%Y-%m-%d}",
            )


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
