"""Gain and item analysis, counted independently."""

import random
from collections import defaultdict
from fractions import Fraction
from typing import Any

from bench.year import office
from bench.year.invariants.dashboard import READERS, top_of
from bench.year.invariants.scores import counting_attempt
from bench.year.marks import earned, stored_share
from bench.year.oracle import Facts, Memory, Problems, Row, by, rows_of
from quizzes.analysis.actions import ask_for_statistics
from quizzes.analysis.freshness import stale_statistics
from quizzes.models import QuizStatistics
from reports.gain.figures import gain_figures
from reports.units.reach import reach_of

_CLOSE = Fraction(1, 10**4)
# Below, no figure is shown.
_FEWEST = 30


def gain_is_counted(facts: Facts, memory: Memory) -> Problems:
    """The sums of the gain report are those of the pairs that the facts give."""
    for name in READERS:
        reader = office.reader(memory.world, name)
        known = {
            row["id"]
            for row in facts.active_people(facts.below(top_of(facts, memory, name)))
        }
        for course in facts.courses.values():
            pairs = [
                pair
                for person in sorted(known)
                if (pair := _pair(facts, person, course["id"]))
            ]
            shown = gain_figures(reach_of(reader, now=facts.now), course["id"]).of("")
            right = (
                len(pairs),
                sum(before for before, _after in pairs),
                sum(after for _before, after in pairs),
            )
            if shown.n != right[0]:
                yield (
                    f"gain {course['key']}",
                    f"{name}: {shown.n} people shown, {right[0]} counted",
                )
            elif (
                abs(Fraction(shown.before) - right[1]) > _CLOSE * 100
                or abs(Fraction(shown.after) - right[2]) > _CLOSE * 100
            ):
                yield f"gain {course['key']}", f"{name}: other sums of {shown.n} people"


def _pair(
    facts: Facts, person_id: int, course_id: int
) -> tuple[Fraction, Fraction] | None:
    """Return what somebody had before and after, of the newest cycle with both."""
    places = [
        row
        for row in facts.places.values()
        if (row["person_id"], row["course_id"]) == (person_id, course_id)
    ]
    for place in sorted(places, key=lambda row: -row["cycle"]):
        pair = _pair_of(facts, place)
        if pair:
            return pair
    return None


def _pair_of(facts: Facts, place: Row) -> tuple[Fraction, Fraction] | None:
    before = sorted(
        facts.sittings.get((place["id"], "pretest"), []), key=lambda row: row["number"]
    )
    after = counting_attempt(facts, place, "posttest")
    if not before or after is None:
        return None
    read = [row["completed_at"] for row in facts.done.get(place["id"], [])]
    begun = [
        row["started_at"]
        for row in facts.attempts.values()
        if row["enrollment_id"] == place["id"] and row["quiz_key"] == "posttest"
    ]
    # Taken after the lessons had begun it says nothing of where somebody began.
    if any(at < before[0]["submitted_at"] for at in (*read, *begun)):
        return None
    return 100 * stored_share(before[0]).part, 100 * stored_share(after).part


def analysis_is_counted(facts: Facts, memory: Memory) -> Problems:
    """Item analysis looks at the attempts it says, and finds their mean."""
    course = memory.world.chance.choice(memory.world.courses)
    # Whatever was asked for once is computed again every night: one a course.
    selection = random.Random(f"{memory.world.seed}/{course.key}").choice(
        ("first", "last", "best", "all")
    )
    memory.world.do(
        f"analysis {course.key} {selection}",
        ask_for_statistics,
        course_id=course.pk,
        quiz_key="posttest",
        selection=selection,
        now=facts.now,
    )
    stale = set(stale_statistics())
    for row in rows_of(QuizStatistics):
        identity = (row["course_id"], row["quiz_key"], row["selection"])
        if identity in stale:
            continue
        n, mean = _analysed(facts, *identity)
        course_key = facts.courses[row["course_id"]]["key"]
        key = f"analysis {course_key} {row['quiz_key']} {row['selection']}"
        if row["n"] != n:
            yield key, f"n is {row['n']}, counted {n}"
        elif n >= _FEWEST and abs(row["mean"] - mean) > 1e-6:
            yield key, f"mean is {row['mean']:.4f}, counted {mean:.4f}"


def _analysed(
    facts: Facts, course_id: int, quiz_key: str, selection: str
) -> tuple[int, float]:
    """Return how many attempts of the newest arrangement there are, and their mean."""
    mine = [
        row
        for row in facts.attempts.values()
        if row["state"] == "submitted"
        and row["quiz_key"] == quiz_key
        and facts.places[row["enrollment_id"]]["course_id"] == course_id
    ]
    chosen = []
    for rows in by(mine, "person_id").values():
        chosen += _selected(rows, selection)
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in chosen:
        paper = facts.items[row["id"]]
        groups[frozenset((i["slot_key"], i["max_points"]) for i in paper)].append(row)
    if not chosen:
        return 0, 0.0
    newest = max(groups.values(), key=lambda rows: max(row["id"] for row in rows))
    items = [item for row in newest for item in facts.items[row["id"]]]
    points = sum((earned(item) for item in items), Fraction(0))
    most = sum((Fraction(item["max_points"]) for item in items), Fraction(0))
    return len(newest), float(100 * points / most)


def _selected(rows: list[Row], selection: str) -> list[Row]:
    """Return which attempts of one person, oldest first, a selection keeps."""
    if selection == "first":
        return rows[:1]
    if selection == "last":
        return rows[-1:]
    if selection == "best":
        return [max(rows, key=lambda row: (stored_share(row).part, -row["id"]))]
    return rows
