"""Numbers belong to one person; past days tell what was said of people by then."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from accounts.models import NumberCorrection, PersonDetail, PersonIdentifier
from bench.year import office
from bench.year.invariants.dashboard import READERS
from bench.year.oracle import Facts, Memory, Problems, by, rows_of
from reports.completion.report import Filters, completion_rows


def numbers_belong_to_one(facts: Facts, memory: Memory) -> Problems:
    """A number that stands is one person's, and everybody's own is among hers."""
    wrong = {row["identifier_id"] for row in rows_of(NumberCorrection)}
    standing = [row for row in rows_of(PersonIdentifier) if row["id"] not in wrong]
    for value, count in Counter(row["value"] for row in standing).items():
        if count > 1:
            yield value[-4:], f"{count} people have one number"
    hers = by(standing, "person_id")
    for person in facts.people.values():
        name = facts.names.get(person["id"], "?")
        known = {row["value"] for row in hers.get(person["id"], [])}
        if person["nip"] and person["nip"] not in known:
            yield name, "signs in with a number that is not hers"


def past_days_tell_what_was_said(facts: Facts, memory: Memory) -> Problems:
    """Golongan and jabatan of a past day are those that HR had said of it."""
    name = READERS[memory.world.week % 2]
    day = facts.today("Asia/Jakarta") - timedelta(
        days=memory.world.chance.randrange(1, 60)
    )
    details = by(rows_of(PersonDetail), "person_id", "field")
    expected: Counter[tuple[Any, ...]] = Counter()
    shown: Counter[tuple[Any, ...]] = Counter()
    rows = list(
        completion_rows(
            Filters(completed_to=day),
            office.reader(memory.world, name),
            facts.now,
        )
    )
    by_number = {row["value"]: row["person_id"] for row in rows_of(PersonIdentifier)}
    for row in rows:
        person = facts.people[by_number[row.nip]]
        shown[person["id"], row.golongan, row.jabatan] += 1
        expected[
            person["id"],
            _then(details, person, "golongan", day),
            _then(details, person, "jabatan", day),
        ] += 1
    memory.world.check("rows of a past day", len(rows))
    for key in (shown - expected) | (expected - shown):
        side = "only shown" if shown[key] > expected[key] else "only expected"
        yield facts.names.get(key[0], "?"), f"{side} as of {day}: {key[1:]}"


def _then(details: Any, person: Any, field: str, day: date) -> str:
    """Return what held on a day: said last among what had begun by then."""
    said = [
        row
        for row in details.get((person["id"], field), [])
        if row["starts_on"] is None or row["starts_on"] <= day
    ]
    if not said:
        value: str = person[field]
        return value
    last = max(said, key=lambda row: (row["recorded_at"], row["id"]))
    found: str = last["value"]
    return found
