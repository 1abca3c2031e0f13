"""Who belongs where, and how many of them: units and roll-ups."""

from collections import defaultdict

from bench.year.oracle import Facts, Memory, Problems


def people_are_where_they_belong_today(facts: Facts, memory: Memory) -> Problems:
    """The unit of a person is that of her latest membership that has begun."""
    for row in facts.people.values():
        unit_id = facts.unit_of(row["id"])
        if row["id"] in facts.names and row["unit_id"] != unit_id:
            yield (
                facts.names[row["id"]],
                "is in a unit before her move begins, or after it ended",
            )


def roll_ups_are_counted(facts: Facts, memory: Memory) -> Problems:
    """The count of every unit and course is that of its people; none is missing."""
    enrolled: dict[tuple[int, int], set[int]] = defaultdict(set)
    completed: dict[tuple[int, int], set[int]] = defaultdict(set)
    for place in facts.places.values():
        person = facts.people[place["person_id"]]
        if not person["is_active"]:
            continue
        key = (person["unit_id"], place["course_id"])
        if place["state"] == "active":
            enrolled[key].add(person["id"])
        if place["completed_at"]:
            completed[key].add(person["id"])
    for key in sorted({*enrolled, *completed, *facts.rollups}):
        stored = facts.rollups.get(key, {"enrolled": 0, "completed": 0})
        known = (stored["enrolled"], stored["completed"])
        right = (len(enrolled[key]), len(completed[key]))
        if known != right:
            yield (
                f"{facts.units[key[0]]['code']} {facts.courses[key[1]]['key']}",
                f"stored {known}, counted {right}",
            )
