"""Scores and grades: what the answers deserve, and which attempt counts."""

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

from bench.year.marks import Share, deserved, stored_share
from bench.year.oracle import Facts, Memory, Problems, Row


def scores_are_what_the_answers_deserve(facts: Facts, memory: Memory) -> Problems:
    """Each attempt has the points that its answers and the repairs give, exactly."""
    for attempt in facts.attempts.values():
        if attempt["state"] != "submitted":
            continue
        known = (
            len(facts.saves.get(attempt["id"], ())),
            len(facts.outcomes_of.get(attempt["id"], ())),
            len(facts.accepted),
        )
        if memory.marked.get(attempt["id"], (None,))[0] != known:
            memory.marked[attempt["id"]] = (known, deserved(facts, attempt))
        right: Share = memory.marked[attempt["id"]][1]
        stored = stored_share(attempt)
        if stored.percent != right.percent:
            yield (
                about_attempt(facts, attempt),
                f"{stored.percent} is stored, {right.percent} is deserved",
            )


def about_attempt(facts: Facts, attempt: Row) -> str:
    """Return what events call an attempt."""
    place = facts.places[attempt["enrollment_id"]]
    return f"{facts.about(place)} {attempt['quiz_key']}"


def counting_attempt(facts: Facts, place: Row, quiz_key: str) -> Row | None:
    """Return the attempt that is said to count."""
    sittings = facts.sittings.get((place["id"], quiz_key), [])
    return next((row for row in sittings if row["is_counted"]), None)


def worth(facts: Facts, attempt: Row) -> tuple[bool, Decimal]:
    """Return what compares attempts: whoever passes comes first, by her own mark."""
    percent = stored_share(attempt).percent
    return passes(facts, attempt), percent


def passes(facts: Facts, attempt: Row) -> bool:
    """Say whether an attempt reaches the pass mark under which it began."""
    version = facts.quizzes[attempt["quiz_id"]]["grade_item__version_id"]
    mark = facts.pass_mark(version, attempt["quiz_key"])
    return mark is not None and stored_share(attempt).percent >= mark


def _chosen(facts: Facts, place: Row, sittings: list[Row]) -> Row:
    """Return the attempt that the rule names: of the version she finished, if so."""
    quiz_key = sittings[0]["quiz_key"]
    version_id = place["completed_version_id"] or place["version_id"]
    rule = facts.quiz_of[version_id, quiz_key]["counting"]
    if rule == "first":
        return sittings[0]
    if rule == "last":
        return sittings[-1]
    return max(sittings, key=lambda row: (worth(facts, row), -row["number"]))


def the_attempt_that_counts_is_that_of_the_rule(
    facts: Facts, memory: Memory
) -> Problems:
    """One attempt counts: the one the rule names, or a better one that stood before.

    What stands is given up for less by nothing but another attempt; so a better one
    may stand where a rule was changed or a score was raised since.
    """
    rules: dict[tuple[int, str], set[str]] = defaultdict(set)
    for (version_id, key), quiz in facts.quiz_of.items():
        rules[facts.versions[version_id]["course_id"], key].add(quiz["counting"])
    for (place_id, quiz_key), rows in facts.sittings.items():
        place = facts.places[place_id]
        sittings = sorted(rows, key=lambda row: row["number"])
        counted = [row for row in sittings if row["is_counted"]]
        if len(counted) != 1:
            yield facts.about(place), f"{quiz_key}: {len(counted)} attempts count"
            continue
        chosen, standing = _chosen(facts, place, sittings), counted[0]
        may_stand = len(rules[place["course_id"], quiz_key]) > 1 or any(
            row["markings"] > 1 for row in sittings
        )
        is_better = worth(facts, standing) >= worth(facts, chosen)
        if standing["id"] != chosen["id"] and not (may_stand and is_better):
            yield (
                facts.about(place),
                f"{quiz_key}: number {standing['number']} counts, the rule names "
                f"{chosen['number']}",
            )


def grades_are_those_of_the_attempt_that_counts(
    facts: Facts, memory: Memory
) -> Problems:
    """The newest grade of each test is that of the attempt that counts."""
    for place_id, quiz_key in facts.sittings:
        place = facts.places[place_id]
        counting = counting_attempt(facts, place, quiz_key)
        log = facts.grades.get((place_id, quiz_key), [])
        if counting is None or not log:
            yield facts.about(place), f"{quiz_key}: an attempt without a grade"
            continue
        grade = stored_share(max(log, key=lambda row: row["revision"]))
        if grade.part != stored_share(counting).part:
            yield (
                facts.about(place),
                f"{quiz_key}: grade {grade.percent}, the attempt that counts has "
                f"{stored_share(counting).percent}",
            )


def grades_never_fall_by_a_repair(facts: Facts, memory: Memory) -> Problems:
    """A repair, or an answer that came late, never lowers a grade."""
    repaired = {
        (facts.attempts[row["attempt_id"]]["enrollment_id"], row["applied_at"])
        for row in facts.outcomes
    }
    closed = {
        (attempt["enrollment_id"], facts.marked[attempt["id"]])
        for attempt in facts.attempts.values()
        if attempt["id"] in facts.marked
    }
    for (place_id, quiz_key), log in facts.grades.items():
        for before, after in pairwise(sorted(log, key=lambda row: row["revision"])):
            if stored_share(after).part >= stored_share(before).part:
                continue
            moment = (place_id, after["recorded_at"])
            if moment in closed and moment not in repaired:
                continue
            cause = "a repair" if moment in repaired else "no attempt of hers"
            yield (
                facts.about(facts.places[place_id]),
                f"{quiz_key}: from {stored_share(before).percent} to "
                f"{stored_share(after).percent} by {cause}",
            )
