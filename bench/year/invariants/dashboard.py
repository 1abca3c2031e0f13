"""The dashboard, the report and the file say the same, and it is true."""

import csv
from collections import Counter
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage

from bench.year import office
from bench.year.oracle import Facts, Memory, Problems, by
from reports import actions as reports_actions
from reports.completion.report import Filters, completion_rows
from reports.dashboard.page import dashboard_page

READERS = ("hr1", "hr2")


def top_of(facts: Facts, memory: Memory, name: str) -> int:
    unit: int = facts.people[memory.world.staff[name].pk]["unit_id"]
    return unit


def _completed(facts: Facts) -> set[tuple[int, int]]:
    return {
        (row["person_id"], row["course_id"])
        for row in facts.places.values()
        if row["completed_at"]
    }


def the_dashboard_counts_right(facts: Facts, memory: Memory) -> Problems:
    """People, share of what was ordered, late people and JP are those of the facts."""
    finished = _completed(facts)
    for name in READERS:
        reader = office.reader(memory.world, name)
        page = dashboard_page(reader, unit=None, now=facts.now)
        units = facts.below(top_of(facts, memory, name))
        people = facts.active_people(units)
        expected = done = late = 0
        for row in people:
            unit = facts.unit_of(row["id"])
            is_late = False
            for course, day in facts.due(unit).items() if unit else ():
                expected += 1
                done += (row["id"], course) in finished
                is_past = day < facts.today(facts.units[unit]["time_zone"])
                is_late |= is_past and (row["id"], course) not in finished
            late += is_late
        year = facts.today(reader.time_zone).year
        known = {row["id"] for row in people}
        jp = sum(
            r["jp"] for r in facts.jp if r["person_id"] in known and r["year"] == year
        )
        right = {
            "people": len(people),
            "percent": 100 * done / expected if expected else None,
            "late": late,
            "average_jp": jp / len(people) if people else None,
        }
        for figure, value in right.items():
            shown = getattr(page, figure)
            if shown != value and not (shown and value and abs(shown - value) < 1e-9):
                yield (
                    f"dashboard of {name}",
                    f"{figure}: shown {_short(shown)}, counted {_short(value)}",
                )
        if sum(part.people for part in page.parts) != len(people):
            yield f"dashboard of {name}", "the parts are not the whole"


def _short(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _report_by_hand(
    facts: Facts, memory: Memory, name: str
) -> Counter[tuple[Any, ...]]:
    """Return the rows of the completion report as the facts give them."""
    finished = _completed(facts)
    places = by(list(facts.places.values()), "person_id")
    rows: Counter[tuple[Any, ...]] = Counter()
    zone = ZoneInfo(office.reader(memory.world, name).time_zone)
    for person in facts.active_people(facts.below(top_of(facts, memory, name))):
        unit = facts.unit_of(person["id"])
        if unit is None:
            continue
        today = facts.today(facts.units[unit]["time_zone"])
        due = facts.due(unit)
        active = [
            row for row in places.get(person["id"], []) if row["state"] == "active"
        ]
        for place in active:
            day = due.get(place["course_id"])
            is_late = (
                day is not None
                and day < today
                and (person["id"], place["course_id"]) not in finished
            )
            status = (
                "Selesai"
                if place["completed_at"]
                else "Terlambat"
                if is_late
                else "Sedang dipelajari"
            )
            completed = place["completed_at"]
            rows[
                person["nip"],
                place["course_id"],
                status,
                place["progress"],
                completed.astimezone(zone).date() if completed else None,
                day,
            ] += 1
        taken = {row["course_id"] for row in active}
        for course, day in due.items():
            if course not in taken:
                status = "Terlambat" if day < today else "Belum dimulai"
                rows[person["nip"], course, status, 0, None, day] += 1
    return rows


def the_report_lists_what_the_facts_say(facts: Facts, memory: Memory) -> Problems:
    """The completion report has the rows that the facts give, no more and no fewer."""
    for name in READERS:
        reader = office.reader(memory.world, name)
        for course in facts.courses.values():
            shown: Counter[tuple[Any, ...]] = Counter(
                (row.nip, row.status, row.progress, row.completed_on, row.due_on)
                for row in completion_rows(
                    Filters(course=course["key"]), reader, facts.now
                )
            )
            right: Counter[tuple[Any, ...]] = Counter()
            for row, count in _report_by_hand(facts, memory, name).items():
                if row[1] == course["id"]:
                    right[row[0], *row[2:]] += count
            for row in (shown - right) | (right - shown):
                side = "only shown" if shown[row] > right[row] else "only counted"
                person = next(
                    (
                        n
                        for p, n in facts.names.items()
                        if facts.people[p]["nip"] == row[0]
                    ),
                    "staff",
                )
                yield (
                    f"{person} {course['key']}",
                    f"{side} in the report of {name}: {row[1:]}",
                )


def the_file_is_the_report(facts: Facts, memory: Memory) -> Problems:
    """The CSV holds the rows of the screen, with the dashboard's late people."""
    name = READERS[memory.world.week % 2]
    reader = office.reader(memory.world, name)
    job = memory.world.do(
        f"{name} file of the week",
        reports_actions.ask_for_export,
        report="completion",
        format="csv",
        filters={},
        by=reader,
        now=facts.now,
    )
    if job is None or not job.path:
        yield name, "no file was made"
        return
    with default_storage.open(job.path) as file:
        text = file.read().decode("utf-8-sig")
    lines = list(
        csv.reader(
            StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","
        )
    )
    rows = list(completion_rows(Filters(), reader, facts.now))
    if len(lines) - 1 != len(rows):
        yield name, f"{len(lines) - 1} lines in the file, {len(rows)} on the screen"
    at = lines[0].index("Status")
    if Counter(line[at] for line in lines[1:]) != Counter(row.status for row in rows):
        yield name, "other states in the file than on the screen"
    page = dashboard_page(reader, unit=None, now=facts.now)
    late = {row.nip for row in rows if row.status == "Terlambat"}
    if len(late) != page.late:
        yield (
            name,
            f"{page.late} late people on the dashboard, {len(late)} in the report",
        )
