"""Marking by hand: which answers count, and what they earn, as exact fractions.

The rules are those of ARCHITECTURE, "late answers" and "scores", written down a second
time and from their words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from bench.year.oracle import Facts, Row

LATE = timedelta(hours=72)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """Points of what there was to earn."""

    points: Fraction
    most: Fraction

    @property
    def part(self) -> Fraction:
        """Return the share, 0 to 1."""
        return self.points / self.most if self.most else Fraction(0)

    @property
    def percent(self) -> Decimal:
        """Return percent, rounded once, half up, to two decimals."""
        return rounded(100 * self.part)


def stored_share(row: Row) -> Share:
    """Return the points of a row as an exact share."""
    return Share(Fraction(row["points"]), Fraction(row["max_points"]))


def earned(item: Row) -> Fraction:
    """Return the points of a marked item."""
    share = Fraction(item["share_numerator"], item["share_denominator"])
    return share * Fraction(item["max_points"])


def rounded(number: Fraction) -> Decimal:
    """Return a number to two decimals, half up."""
    cents = (200 * number.numerator + number.denominator) // (2 * number.denominator)
    return (Decimal(cents) / 100).quantize(_CENT, ROUND_HALF_UP)


def deserved(facts: Facts, attempt: Row) -> Share:
    """Return what a submitted attempt has earned: the best that it ever deserved.

    Marking again never lowers, so each moment at which it was marked is looked at: the
    first score, each repair that was applied, each late answer that HR accepted.
    """
    saves = facts.saves.get(attempt["id"], [])
    counted = [row for row in saves if counts(facts, attempt, row)]
    accepted = {
        row["id"]: facts.accepted[row["id"]]
        for row in saves
        if row["id"] in facts.accepted
    }
    moments = {
        facts.marked[attempt["id"]],
        *(row["applied_at"] for row in facts.outcomes_of.get(attempt["id"], [])),
        *accepted.values(),
    }
    later = max(moments) + LATE
    found = []
    for at in moments:
        also = [row for row in saves if accepted.get(row["id"], later) <= at]
        found.append(_marked(facts, attempt, [*counted, *also], at))
    return max(found, key=lambda share: share.part)


def counts(facts: Facts, attempt: Row, save: Row) -> bool:
    """Say whether an answer counts by itself: nothing does once a score exists.

    In time is what came while the attempt was open. After the deadline ended it, what
    was said before the deadline on a device that was known by then still counts, for
    72 hours or until it is marked.
    """
    received, deadline = save["received_at"], attempt["deadline_at"]
    marked = facts.marked[attempt["id"]]
    ended = facts.ended.get(attempt["id"], marked)
    is_open = attempt["closes_at"] is None or received <= attempt["closes_at"]
    if received <= ended and is_open:
        return True
    if received > marked or deadline is None or save["offset_ms"] is None:
        return False
    said_at = attempt["started_at"] + timedelta(milliseconds=save["offset_ms"])
    is_in_time = attempt["started_at"] <= said_at <= deadline
    return is_in_time and received <= deadline + LATE and _knew(facts, attempt, save)


def _knew(facts: Facts, attempt: Row, save: Row) -> bool:
    """Say whether the server had heard of the device before the deadline."""
    visits = [
        row["device"]
        for row in facts.visits.get(attempt["id"], [])
        if row["seen_at"] <= attempt["deadline_at"]
    ]
    said = [
        row["device"]
        for row in facts.saves[attempt["id"]]
        if row["received_at"] <= attempt["deadline_at"]
    ]
    return save["device"] in {*visits, *said}


def _marked(facts: Facts, attempt: Row, counted: Sequence[Row], at: datetime) -> Share:
    words = _current(attempt, counted)
    items = []
    for item in facts.items[attempt["id"]]:
        repairs = [
            row
            for row in facts.repairs.get(item["question_version_id"], [])
            if row["repaired_at"] <= at
        ]
        worth = Fraction(item["max_points"])
        earned = worth * _best(facts, item, words.get(item["id"]), repairs)
        is_off = any(row["kind"] == "disregarded" for row in repairs)
        items.append((earned, worth, is_off))
    return _summed(items)


def _summed(items: Sequence[tuple[Fraction, Fraction, bool]]) -> Share:
    """Return the best sum: every way of leaving out disregarded items is tried."""
    off = [number for number, item in enumerate(items) if item[2]]
    best = None
    for count in range(len(off) + 1):
        for left_out in combinations(off, count):
            kept = [item for n, item in enumerate(items) if n not in left_out]
            if not kept:
                continue
            share = Share(
                sum((i[0] for i in kept), Fraction(0)),
                sum((i[1] for i in kept), Fraction(0)),
            )
            if best is None or share.part > best.part:
                best = share
    return best or Share(Fraction(0), Fraction(1))


def _current(attempt: Row, saves: Iterable[Row]) -> dict[int, Any]:
    """Return what was said last to each item: by device, then by moment."""
    words: dict[tuple[int, Any], Row] = {}
    for row in saves:
        key = (row["item_id"], row["device"])
        if key not in words or row["sequence"] > words[key]["sequence"]:
            words[key] = row
    latest: dict[int, Row] = {}
    for row in words.values():
        known = latest.get(row["item_id"])
        if known is None or _spoken(attempt, row) > _spoken(attempt, known):
            latest[row["item_id"]] = row
    return {item: row["value"] for item, row in latest.items()}


def _spoken(attempt: Row, row: Row) -> tuple[timedelta, int]:
    arrived = row["received_at"] - attempt["started_at"]
    if row["offset_ms"] is not None:
        arrived = min(arrived, timedelta(milliseconds=row["offset_ms"]))
    return arrived, row["id"]


def _best(facts: Facts, item: Row, value: Any, repairs: Sequence[Row]) -> Fraction:
    if any(row["kind"] == "all_right" for row in repairs):
        return Fraction(1)
    keys = [item["question_version_id"]]
    keys += [row["correction_id"] for row in repairs if row["correction_id"]]
    return max(_worth(facts, key, value) for key in keys)


def _worth(facts: Facts, wording: int, value: Any) -> Fraction:
    """Return the share of its points that an answer earns."""
    if value is None:
        return Fraction(0)
    options = facts.options[wording]
    kind = facts.wordings[wording]["type"]
    worth = {row["key"]: Fraction(row["fraction"]) for row in options}
    if kind == "single_choice":
        return worth.get(value, Fraction(0))
    if kind == "true_false_set":
        right = sum(
            value.get(key) == ("benar" if part == 1 else "salah")
            for key, part in worth.items()
        )
        return Fraction(right, len(worth))
    if kind == "multiple_response":
        right_keys = {key for key, part in worth.items() if part == 1}
        wrong_keys = set(worth) - right_keys
        share = Fraction(len(right_keys & set(value)), len(right_keys))
        return max(
            Fraction(0), share - Fraction(len(wrong_keys & set(value)), len(wrong_keys))
        )
    return _typed(options, kind, value)


def _typed(options: Sequence[Row], kind: str, value: str) -> Fraction:
    said = value.strip().casefold()
    if kind == "short_text":
        fitting = [row for row in options if row["text"].casefold() == said]
    else:
        digits = said.partition(" ")[0]
        if not digits.isdigit():
            return Fraction(0)
        fitting = [
            row
            for row in options
            if abs(int(digits) - int(row["text"])) <= int(row["match"])
        ]
    return max((Fraction(row["fraction"]) for row in fitting), default=Fraction(0))
