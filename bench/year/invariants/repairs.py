"""Repairs reach everybody once, and tell of what rose."""

from collections import Counter
from decimal import Decimal

from accounts.models import User
from bench.year.invariants.scores import about_attempt
from bench.year.oracle import Facts, Memory, Problems
from quizzes.selectors import score_notices


def repairs_reach_everybody_once(facts: Facts, memory: Memory) -> Problems:
    """Each attempt that had a flawed wording is looked at; who gained is told once."""
    told = Counter((row["repair_id"], row["person_id"]) for row in facts.notices)
    for (_repair, person_id), count in told.items():
        if count > 1:
            yield facts.names.get(person_id, "?"), "told twice of one repair"
    looked_at = {(row["repair_id"], row["attempt_id"]) for row in facts.outcomes}
    for wording, repairs in facts.repairs.items():
        for row in repairs:
            for attempt in facts.attempts.values():
                if (
                    attempt["state"] != "submitted"
                    or facts.marked[attempt["id"]] > row["repaired_at"]
                ):
                    continue
                had = any(
                    i["question_version_id"] == wording
                    for i in facts.items[attempt["id"]]
                )
                if had and (row["id"], attempt["id"]) not in looked_at:
                    yield about_attempt(facts, attempt), "a repair was never applied"


def notices_say_what_rose(facts: Facts, memory: Memory) -> Problems:
    """A notice is about a score that rose, from the one figure to the other."""
    unread = {row["person_id"] for row in facts.notices if row["read_at"] is None}
    for person_id in sorted(unread):
        for notice in score_notices(User.objects.get(pk=person_id)):
            before, after = _figures_in(notice.text)
            if before is None or after is None or not after > before:
                yield (
                    facts.names.get(person_id, "?"),
                    f"told that a score went from {before} to {after}",
                )


def _figures_in(text: str) -> tuple[Decimal | None, Decimal | None]:
    _start, _dari, rest = text.rpartition(" naik dari ")
    before, _menjadi, after = rest.partition(" menjadi ")

    def read(words: str) -> Decimal | None:
        word = words.strip(" .").split(" ")[0].replace(".", "").replace(",", ".")
        try:
            return Decimal(word)
        except ArithmeticError:
            return None

    return read(before), read(after)
