"""The organisation tree: paths follow parents, and history is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.exceptions import UnitNotMovable
from accounts.models import AuditRecord, Unit, UnitPlacement
from tests.examples import some
from tests.factories import STARTS_ON, make_unit
from tests.undone import undone

TODAY = date(2026, 11, 21)


def place(unit: Unit, parent: Unit | None, now, starts_on: date = TODAY) -> None:
    """Put a unit somewhere else."""
    actions.place_unit(
        unit=Unit.objects.get(pk=unit.pk),
        parent=Unit.objects.get(pk=parent.pk) if parent else None,
        starts_on=starts_on,
        by=None,
        now=now,
    )


def below(unit: Unit) -> set[Unit]:
    """Return the subtree as stored."""
    return set(Unit.objects.below(Unit.objects.get(pk=unit.pk)))


def test_a_new_unit_stands_below_its_parent(world):
    assert below(world.agency) == {world.agency, world.office, world.section}
    assert below(world.other_agency) == {world.other_agency, world.other_office}


def test_a_unit_is_made_once_per_code(world, now):
    again = make_unit(name="Dinas Percobaan", now=now, parent=world.other_agency)

    assert again == world.office
    assert again.parent == world.agency


def test_a_new_unit_takes_zone_and_agency_from_its_parent(world, now):
    parent = actions.create_unit(
        code="timur",
        name="Kabupaten Timur",
        parent=None,
        starts_on=STARTS_ON,
        by=None,
        now=now,
        agency_name="Pemkab Timur",
        time_zone="Asia/Jayapura",
    )
    child = actions.create_unit(
        code="timur.dinas",
        name="Dinas Timur",
        parent=parent,
        starts_on=STARTS_ON,
        by=None,
        now=now,
    )

    assert (child.time_zone, child.agency_name) == ("Asia/Jayapura", "Pemkab Timur")


def test_moving_a_unit_takes_everything_below_along(world, now):
    place(world.office, world.other_agency, now)

    assert below(world.other_agency) >= {world.office, world.section}
    assert below(world.agency) == {world.agency}


def test_moving_a_unit_dates_every_unit_that_moved(world, now):
    place(world.office, world.other_agency, now)

    dated = UnitPlacement.objects.filter(starts_on=TODAY)
    assert {row.unit for row in dated} == {world.office, world.section}
    assert UnitPlacement.objects.filter(unit=world.section).count() == 2


def test_placing_a_unit_where_it_stands_changes_nothing(world, now):
    before = (UnitPlacement.objects.count(), AuditRecord.objects.count())

    place(world.office, world.agency, now)

    assert (UnitPlacement.objects.count(), AuditRecord.objects.count()) == before


@pytest.mark.parametrize("target", ["office", "section"])
def test_a_unit_cannot_stand_under_itself(world, now, target):
    with pytest.raises(UnitNotMovable, match="under_itself"):
        place(world.office, getattr(world, target), now)

    assert below(world.agency) >= {world.office, world.section}


def test_a_unit_may_become_a_root(world, now):
    place(world.office, None, now)

    assert Unit.objects.get(pk=world.office.pk).parent is None
    assert below(world.office) == {world.office, world.section}
    assert below(world.agency) == {world.agency}


def test_rebuilding_finds_nothing_to_repair_and_repairs_what_was_broken(world, now):
    assert actions.rebuild_paths(apply=False) == []
    right = Unit.objects.get(pk=world.section.pk).path
    Unit.objects.filter(pk=world.section.pk).update(path="ZZZZZZ")

    assert actions.rebuild_paths(apply=True) == [(world.section.pk, "ZZZZZZ", right)]
    assert actions.rebuild_paths(apply=False) == []


def test_a_unit_that_comes_back_the_same_day_stands_where_it_came_back_to(world, now):
    place(world.office, world.other_agency, now)
    place(world.office, world.agency, now + timedelta(hours=1))

    latest = UnitPlacement.objects.filter(unit=world.office).order_by(
        "starts_on", "recorded_at", "pk"
    )
    assert latest.last().path == Unit.objects.get(pk=world.office.pk).path


@settings(
    max_examples=some(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=6))
def test_after_any_moves_the_paths_follow_the_parents(world, now, moves):
    with undone():
        for moved, target in moves:
            units = list(Unit.objects.order_by("pk"))
            try:
                place(units[moved % len(units)], units[target % len(units)], now)
            except UnitNotMovable:
                continue
        assert actions.rebuild_paths(apply=False) == []
