"""Progress and completion: earned, never lost, by one rule."""

from itertools import pairwise

from accounts.models import User
from bench.year.invariants.scores import counting_attempt, passes
from bench.year.oracle import Facts, Memory, Problems, Row, by
from courses.selectors.fetching import find_active_enrollment


def progress_never_falls(facts: Facts, memory: Memory) -> Problems:
    """Progress lies within 0 and 100 and is never lower than the week before."""
    for place in facts.places.values():
        before = memory.places.get(place["id"])
        if not 0 <= place["progress"] <= 100:
            yield facts.about(place), f"progress {place['progress']}"
        if before and place["progress"] < before["progress"]:
            yield (
                facts.about(place),
                f"from {before['progress']} to {place['progress']}",
            )


def completed_stays_completed(facts: Facts, memory: Memory) -> Problems:
    """A completion is never taken back, and never changes."""
    for place in facts.places.values():
        before = memory.places.get(place["id"])
        if before is None or before["completed_at"] is None:
            continue
        for name in ("completed_at", "completed_version_id", "completion_rule"):
            if place[name] != before[name]:
                yield facts.about(place), f"{name}: {before[name]} became {place[name]}"


def _has_passed(facts: Facts, place: Row) -> bool:
    """Say whether the attempt that counts passed, by the mark under which it began."""
    counting = counting_attempt(facts, place, "posttest")
    return counting is not None and passes(facts, counting)


def whoever_lacks_nothing_is_complete(facts: Facts, memory: Memory) -> Problems:
    """Lessons done and post-test passed: complete, whatever else was left out."""
    for place in facts.places.values():
        if place["completed_at"] or place["state"] != "active":
            continue
        done = facts.lessons_done(place, place["version_id"])
        if facts.required(place["version_id"]) <= done and _has_passed(facts, place):
            yield (
                facts.about(place),
                f"lacks nothing and is not complete ({place['progress']} %)",
            )


def completions_were_earned(facts: Facts, memory: Memory) -> Problems:
    """Whoever is complete had done the lessons and handed in a test that passes."""
    for place in facts.places.values():
        at = place["completed_at"]
        if at is None:
            continue
        version = place["completed_version_id"]
        lacking = facts.required(version) - facts.lessons_done(place, version, by=at)
        if lacking:
            yield facts.about(place), f"complete without {sorted(lacking)}"
        passing = [
            row
            for row in facts.sittings.get((place["id"], "posttest"), [])
            if facts.marked[row["id"]] <= at and passes(facts, row)
        ]
        if not passing:
            yield facts.about(place), "complete without a post-test that passes"


def nobody_completes_who_has_withdrawn(facts: Facts, memory: Memory) -> Problems:
    """Between withdrawing and coming back nothing is completed."""
    verbs = ("courses.enrollment.started", "courses.enrollment.withdrawn")
    told = by(facts.records(verbs), "object_id")
    for place in facts.places.values():
        at = place["completed_at"]
        if at is None:
            continue
        before = [row for row in told.get(place["id"], []) if row["at"] <= at]
        if before and before[-1]["verb"].endswith("withdrawn"):
            yield facts.about(place), "completed while withdrawn"


def a_change_of_wording_changes_no_condition(facts: Facts, memory: Memory) -> Problems:
    """JP, pass marks, requirements and required lessons stay as they were."""

    def conditions(version: Row) -> tuple[object, ...]:
        lines = {
            (row["key"], row["kind"], row["pass_mark"], row["weight"])
            for row in facts.requirements.get(version["id"], [])
        }
        return version["jp"], lines, facts.required(version["id"])

    published = [row for row in facts.versions.values() if row["state"] == "published"]
    for rows in by(published, "course_id").values():
        ordered = sorted(rows, key=lambda row: row["number"])
        for before, after in pairwise(ordered):
            if after["change"] == "wording" and conditions(before) != conditions(after):
                number = after["number"]
                yield (
                    facts.courses[after["course_id"]]["key"],
                    f"version {number} changes conditions as a change of words",
                )


def unfinished_work_stays_within_reach(facts: Facts, memory: Memory) -> Problems:
    """What somebody has begun and not given up is what her pages lead to."""
    for place in facts.places.values():
        if place["completed_at"] or place["state"] != "active":
            continue
        if not facts.done.get(place["id"]):
            continue
        newer = [
            row
            for row in facts.places.values()
            if (row["person_id"], row["course_id"])
            == (place["person_id"], place["course_id"])
            and row["cycle"] > place["cycle"]
        ]
        if not newer:
            continue
        person = User.objects.get(pk=place["person_id"])
        found = find_active_enrollment(person, facts.courses[place["course_id"]]["key"])
        if found is None or found.pk != place["id"]:
            yield (
                facts.about(place),
                f"cycle {place['cycle']} is hidden by cycle {newer[-1]['cycle']}",
            )
