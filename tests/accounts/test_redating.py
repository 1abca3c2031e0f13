"""A move never holds from a day to come, and a wrong day can be corrected."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actions
from accounts.actions.redating import plan_redating, redate_moves
from accounts.exceptions import MoveNotDated, MoveNotRedated
from accounts.models import AuditRecord, Unit, UnitMembership, UnitPlacement, User
from reports.units.reach import _paths_on, _placements_on
from tests.examples import some
from tests.factories import STARTS_ON, make_person, make_unit
from tests.undone import undone

TODAY = date(2026, 11, 21)
NOV1, NOV11 = date(2026, 11, 1), date(2026, 11, 11)


def move(person, unit, now, starts_on):
    """Move a person, as HR does."""
    return actions.move_person(
        person=person, unit=unit, starts_on=starts_on, by=None, now=now
    )


def place(unit, parent, now, starts_on):
    """Put a unit somewhere else."""
    actions.place_unit(
        unit=Unit.objects.get(pk=unit.pk),
        parent=Unit.objects.get(pk=parent.pk),
        starts_on=starts_on,
        by=None,
        now=now,
    )


def redate(wrong, right, now, unit=None, reason="SK 12/2026"):
    """Correct a day."""
    return redate_moves(
        wrong=wrong, right=right, unit=unit, reason=reason, by=None, now=now
    )


def ids(moves) -> list[int]:
    """Return whom these moves are of."""
    return [move.pk for move in moves]


def unit_on(person: User, day: date) -> Unit:
    """Return where a person belonged on a day."""
    rows = UnitMembership.objects.filter(person=person, starts_on__lte=day)
    return rows.latest("starts_on", "recorded_at", "pk").unit


def units_on(person: User, days: Iterable[date]) -> dict[date, Unit]:
    """Return where a person belonged on each day, in one query."""
    rows = UnitMembership.objects.filter(person=person).select_related("unit")
    told = sorted(rows, key=lambda row: (row.starts_on, row.recorded_at, row.pk))
    return {day: [row.unit for row in told if row.starts_on <= day][-1] for day in days}


def path_on(unit: Unit, day: date) -> str:
    """Return where a unit stood on a day."""
    return _placements_on(day).get(unit=unit).path


# --- days to come ------------------------------------------------------------------
def test_a_move_dated_ahead_is_refused_and_changes_nothing(world, learner, now):
    ahead = TODAY + timedelta(days=1)

    with pytest.raises(MoveNotDated, match="date_ahead"):
        move(learner, world.other_office, now, ahead)
    with pytest.raises(MoveNotDated, match="date_ahead"):
        place(world.section, world.other_office, now, ahead)
    with pytest.raises(MoveNotDated, match="date_ahead"):
        make_unit_on(ahead, now)

    assert User.objects.get(pk=learner.pk).unit == world.section
    assert learner.memberships.count() == 1
    assert Unit.objects.get(pk=world.section.pk).parent == world.office


def make_unit_on(day, now):
    """Make a unit from a day on."""
    return actions.create_unit(
        code="baru", name="Baru", parent=None, starts_on=day, by=None, now=now
    )


def test_a_day_that_has_begun_in_the_east_is_no_day_to_come(world, learner, now):
    # 22.30 WIB on the 21st is 00.30 WIT on the 22nd.
    late = now.replace(hour=15, minute=30)

    assert move(learner, world.other_office, late, TODAY + timedelta(days=1))


# --- wrong days --------------------------------------------------------------------
@pytest.mark.parametrize(("wrong", "right"), [(NOV1, NOV11), (NOV11, NOV1)])
def test_a_person_is_where_she_was_before_up_to_the_right_day(
    world, learner, now, wrong, right
):
    move(learner, world.other_office, now, wrong)

    done = redate(wrong, right, now + timedelta(hours=1))

    assert ids(done.people) == [learner.pk]
    assert unit_on(learner, right - timedelta(days=1)) == world.section
    assert unit_on(learner, right) == world.other_office
    assert User.objects.get(pk=learner.pk).unit == world.other_office


@pytest.mark.parametrize(("wrong", "right"), [(NOV1, NOV11), (NOV11, NOV1)])
def test_a_subtree_stands_where_it_stood_up_to_the_right_day(world, now, wrong, right):
    team = make_unit(name="Tim Satu", now=now, parent=world.section)
    place(world.section, world.other_office, now, wrong)
    before = {unit: path_on(unit, date(2026, 10, 1)) for unit in (world.section, team)}
    after = {unit: path_on(unit, TODAY) for unit in (world.section, team)}

    done = redate(wrong, right, now + timedelta(hours=1))

    assert set(ids(done.units)) == {world.section.pk, team.pk}
    for unit in (world.section, team):
        assert path_on(unit, right - timedelta(days=1)) == before[unit]
        assert path_on(unit, right) == path_on(unit, TODAY) == after[unit]
        assert Unit.objects.get(pk=unit.pk).path == after[unit]


def test_correcting_twice_finds_nothing_the_second_time(world, learner, now):
    move(learner, world.other_office, now, NOV1)
    redate(NOV1, NOV11, now + timedelta(hours=1))
    rows = UnitMembership.objects.count()

    again = redate(NOV1, NOV11, now + timedelta(hours=2))

    assert (again.people, again.units) == ((), ())
    assert UnitMembership.objects.count() == rows
    record = AuditRecord.objects.get(verb="accounts.moves.redated")
    assert (record.detail["people"], record.detail["reason"]) == (1, "SK 12/2026")


def test_a_correction_can_be_corrected(world, learner, now):
    move(learner, world.other_office, now, NOV1)
    redate(NOV1, NOV11, now + timedelta(hours=1))

    redate(NOV11, NOV1, now + timedelta(hours=2))

    assert unit_on(learner, NOV1) == world.other_office
    assert unit_on(learner, NOV1 - timedelta(days=1)) == world.section


@pytest.mark.parametrize(("wrong", "right"), [(NOV1, NOV11), (NOV11, NOV1)])
def test_another_move_between_the_days_stands_in_the_way(
    world, learner, now, wrong, right
):
    move(learner, world.other_office, now, NOV1)
    move(learner, world.office, now, date(2026, 11, 6))
    move(learner, world.other_office, now, NOV11)
    rows = UnitMembership.objects.count()

    with pytest.raises(MoveNotRedated, match="other_move") as refused:
        redate(wrong, right, now)

    assert "1 pegawai tercatat pindah lagi" in refused.value.message
    assert UnitMembership.objects.count() == rows


def test_a_unit_cannot_move_below_what_was_not_there_yet(world, now):
    place(world.other_office, world.agency, now, date(2026, 11, 5))
    place(world.section, world.other_office, now, NOV11)

    with pytest.raises(MoveNotRedated, match="other_move") as refused:
        redate(NOV11, NOV1, now)

    assert "belum dapat berada di bawah induknya" in refused.value.message


def test_only_the_unit_that_is_named_and_what_is_below(world, now):
    mine, theirs = (
        make_person(unit=unit, now=now) for unit in (world.section, world.section)
    )
    move(mine, world.office, now, NOV1)
    move(theirs, world.other_office, now, NOV1)

    done = redate(NOV1, NOV11, now, unit=world.agency)

    assert ids(done.people) == [mine.pk]
    assert unit_on(theirs, NOV1) == world.other_office


def test_moves_from_units_of_others_are_theirs_to_correct(world, now):
    guest = make_person(unit=world.other_office, now=now)
    move(guest, world.section, now, NOV1)
    hr = world.people["hr"]

    with pytest.raises(MoveNotRedated, match="other_move") as refused:
        redate_moves(
            wrong=NOV1, right=NOV11, unit=world.office, reason="SK", by=hr, now=now
        )

    assert "unit yang tidak Anda kelola" in refused.value.message
    assert unit_on(guest, NOV1) == world.section


def test_who_was_taken_in_that_day_stays(world, now):
    plan = plan_redating(wrong=STARTS_ON, right=NOV1, unit=None, by=None)

    assert (plan.people, plan.units) == ((), ())
    assert plan.first == User.objects.count() + Unit.objects.count()


@pytest.mark.parametrize(
    ("right", "reason", "error"),
    [(TODAY + timedelta(days=3), "SK", MoveNotDated), (NOV11, " ", MoveNotRedated)],
)
def test_a_correction_needs_a_reason_and_a_day_that_has_come(
    world, learner, now, right, reason, error
):
    move(learner, world.other_office, now, NOV1)

    with pytest.raises(error):
        redate(NOV1, right, now, reason=reason)


def test_a_report_of_a_day_between_tells_the_corrected_unit(world, learner, now):
    place(world.section, world.other_office, now, NOV1)
    assert _paths_on(NOV1, _of(world.section))[0].startswith(world.other_agency.path)

    redate(NOV1, NOV11, now + timedelta(hours=1))

    assert _paths_on(NOV1, _of(world.section))[0].startswith(world.agency.path)


def _of(unit):
    return Q(unit=unit)


def test_the_command_shows_first_and_applies_with_a_reason(world, learner, now):
    move(learner, world.other_office, now, NOV1)
    days = ["--from", "2026-11-01", "--to", "2026-11-11"]

    assert "Pegawai pindah: 1" in _said(*days)
    assert unit_on(learner, NOV1) == world.other_office
    with pytest.raises(CommandError, match="Alasan"):
        _said(*days, "--apply")
    with pytest.raises(CommandError, match="Tidak ada unit"):
        _said(*days, "--unit", "tidak-ada")
    _said(*days, "--unit", world.other_agency.code, "--apply", "--reason", "SK 12")

    assert unit_on(learner, NOV1) == world.section


def _said(*arguments: str) -> str:
    out = StringIO()
    call_command("redate_moves", *arguments, stdout=out)
    return out.getvalue()


@settings(
    max_examples=some(25), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    days=st.lists(
        st.dates(date(2026, 2, 1), TODAY), min_size=1, max_size=4, unique=True
    ),
    rights=st.lists(st.dates(date(2026, 2, 1), TODAY), min_size=1, max_size=3),
    which=st.integers(0, 3),
)
def test_nothing_but_the_days_between_changes(world, now, days, rights, which):
    with undone():
        person = make_person(unit=world.section, now=now)
        homes = [world.office, world.other_office, world.agency, world.other_agency]
        for day, home in zip(sorted(days), homes, strict=False):
            move(person, home, now, day)
        wrong = sorted(days)[which % len(days)]
        probes = [date(2026, 1, 15) + timedelta(days=n) for n in range(0, 311, 3)]
        for number, right in enumerate(rights, 1):
            before = units_on(person, probes)
            meant = unit_on(person, wrong)
            was = unit_on(person, wrong - timedelta(days=1))
            try:
                redate(wrong, right, now + timedelta(hours=number))
            except MoveNotRedated:
                assert units_on(person, probes) == before
                return
            low, high = sorted((wrong, right))
            after = units_on(person, probes)
            between = {day for day in probes if low <= day < high}
            for day in set(probes) - between:
                assert after[day] == before[day], day
            assert unit_on(person, right) == meant
            stretch = {after[day] for day in between}
            assert stretch <= {meant if right < wrong else was}
            wrong = right
        assert not UnitPlacement.objects.filter(starts_on__gt=STARTS_ON).exists()
