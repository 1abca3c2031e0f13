"""What somebody was called, and her job, is kept from every change on."""

import importlib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from accounts import actions, details
from accounts.actions import PersonContent
from accounts.models import PersonDetail
from tests.accounts.people_sheets import TODAY, ImportOptions, apply, row_of
from tests.factories import make_person

marking = importlib.import_module(
    "accounts.migrations.0007_changes_of_before_are_marked"
)


@pytest.fixture
def hr(world):
    return world.people["hr"]


def told(person) -> list[tuple[str, str, date | None]]:
    """Return the rows about a person."""
    rows = PersonDetail.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("field", "value", "starts_on"))


def update(person, now, **over):
    """Change what is stored of a person, as HR does."""
    said = {"nip": person.nip, "name": person.name, "golongan": person.golongan}
    status = person.employment_status
    content = PersonContent(**{**said, "employment_status": status, **over})
    return actions.update_person(person=person, content=content, by=None, now=now)


def test_the_first_change_tells_also_what_held_before(world, now):
    person = make_person(unit=world.section, now=now, name="Ani Wijaya")

    update(person, now, golongan="III/a")
    update(person, now + timedelta(days=9), golongan="III/b", name="Ani Lestari")

    assert told(person) == [
        ("golongan", "", None),
        ("golongan", "III/a", TODAY),
        ("name", "Ani Wijaya", None),
        ("name", "Ani Lestari", TODAY + timedelta(days=9)),
        ("golongan", "III/b", TODAY + timedelta(days=9)),
    ]


def test_a_sheet_keeps_the_same_as_the_action(world, hr, now):
    by_hand, by_sheet = (
        make_person(unit=world.section, now=now, name="Ani Wijaya") for _ in range(2)
    )
    update(by_hand, now, golongan="III/c", jabatan="Analis")

    apply(row_of(by_sheet, golongan="III/c", jabatan="Analis"), by=hr, now=now)

    assert sorted(told(by_sheet), key=str) == sorted(told(by_hand), key=str)


def test_a_sheet_says_from_which_day(world, hr, now):
    person = make_person(unit=world.section, now=now)
    day = TODAY - timedelta(days=20)

    apply(row_of(person, golongan="III/c"), by=hr, now=now, options=ImportOptions(day))

    assert told(person)[-1] == ("golongan", "III/c", day)


def test_whoever_is_new_or_unchanged_has_no_row(world, hr, now):
    person = make_person(unit=world.section, now=now)

    apply(row_of(person), by=hr, now=now)

    assert PersonDetail.objects.count() == 0


def test_what_no_report_shows_is_not_kept(world, now):
    person = make_person(unit=world.section, now=now)

    update(person, now, eselon="IV.a")

    assert told(person) == []


def test_changes_of_before_are_marked(world, now):
    changed, _same = (make_person(unit=world.section, now=now) for _ in range(2))
    update(changed, now, golongan="III/c", eselon="IV.a")
    PersonDetail.objects.all()._raw_delete("default")
    assert details.assumed_until() is None

    for _ in range(2):
        marking.mark(apps, SimpleNamespace(connection=connection))

    (row,) = PersonDetail.objects.values()
    assert (row["person_id"], row["field"], row["value"], row["starts_on"]) == (
        changed.pk,
        "golongan",
        "III/c",
        None,
    )
    assert row["is_assumed"] is True
    assert details.assumed_until() == row["recorded_at"]
    # What comes later begins after what was assumed.
    update(changed, now, golongan="III/d")
    assert told(changed) == [("golongan", "III/c", None), ("golongan", "III/d", TODAY)]


def test_nothing_of_it_is_left_of_whoever_is_anonymised(world, now):
    person = make_person(unit=world.section, now=now)
    update(person, now, name="Ani Lestari")

    actions.anonymise_person(
        person=person, by=world.people["admin"], now=now, reason="Permintaan"
    )

    assert told(person) == []
