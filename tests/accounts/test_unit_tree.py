"""The tree by hand: dated changes, previews that hold, and nothing lost."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import actions
from accounts.access import as_of
from accounts.actions import tree
from accounts.exceptions import MoveNotDated, UnitNotChanged, UnitNotMovable
from accounts.models import Unit, UnitMembership, UnitStanding
from courses import actions as courses_actions
from tests.factories import make_person, make_unit
from tests.queries import assert_same_queries

TODAY = date(2026, 11, 21)


@pytest.fixture
def admin(world, now):
    """The agency's admin."""
    return as_of(world.people["admin"], now)


@pytest.fixture
def desk(world, now):
    """Another office of the agency, with a desk below."""
    office = make_unit(name="Dinas Arsip", now=now, parent=world.agency)
    return make_unit(name="Loket", now=now, parent=office)


@pytest.fixture
def client(client_as):
    """The agency's admin, signed in."""
    return client_as("admin")


def of(name, unit):
    """Return an address about a unit."""
    return reverse(f"accounts:{name}", args=[unit.pk])


def text(response) -> str:
    """Return the page without its line breaks."""
    return " ".join(response.content.decode().split())


def close(unit, admin, now, **over):
    """Close a unit."""
    said = {
        "successor_id": None,
        "starts_on": TODAY,
        "reason": "Perbup 3/2026",
        "people": unit.people.count(),
    }
    return tree.close_unit(unit_id=unit.pk, by=admin, now=now, **{**said, **over})


# --- verbs ---------------------------------------------------------------------------
def test_a_unit_is_added_once(world, admin, now):
    said = {
        "parent_id": world.office.pk,
        "code": "dinas.baru",
        "name": "Seksi Baru",
        "time_zone": "",
        "starts_on": TODAY,
        "by": admin,
        "now": now,
    }

    assert tree.add_unit(**said) == tree.add_unit(**said)
    with pytest.raises(UnitNotChanged) as taken:
        tree.add_unit(**{**said, "name": "Lain"})
    with pytest.raises(UnitNotChanged) as foreign:
        tree.add_unit(**{**said, "code": "x", "parent_id": world.other_office.pk})

    assert (taken.value.code, foreign.value.code) == ("code_taken", "foreign")
    assert Unit.objects.get(code="dinas.baru").parent == world.office


def test_a_name_is_changed_and_the_one_before_is_kept(world, admin, now):
    def rename(name, day):
        return tree.rename_unit(
            unit_id=world.section.pk, name=name, starts_on=day, by=admin, now=now
        )

    assert rename("Seksi Arsip", TODAY)
    assert not rename("Seksi Arsip", TODAY)
    with pytest.raises(UnitNotChanged):
        rename("Seksi Lama", TODAY - timedelta(days=9))
    with pytest.raises(MoveNotDated):
        rename("Seksi Besok", TODAY + timedelta(days=3))

    said = UnitStanding.objects.filter(unit=world.section).order_by("pk")
    assert [(row.name, row.starts_on) for row in said] == [
        ("Seksi Uji", None),
        ("Seksi Arsip", TODAY),
    ]


def test_a_unit_moves_with_all_below(world, admin, desk, now):
    def move(unit, parent, day=TODAY):
        return tree.move_unit(
            unit_id=unit.pk, parent_id=parent.pk, starts_on=day, by=admin, now=now
        )

    assert move(world.office, desk.parent)
    assert not move(world.office, desk.parent)
    world.section.refresh_from_db()
    assert world.section.path.startswith(desk.parent.path)
    for unit, parent, refusal in (
        (desk.parent, world.section, UnitNotMovable),
        (world.office, world.other_agency, UnitNotChanged),
    ):
        with pytest.raises(refusal):
            move(unit, parent)
    with pytest.raises(UnitNotChanged) as later:
        move(world.office, world.agency, TODAY - timedelta(days=1))
    assert later.value.code == "later_change"


def test_a_merger_takes_people_and_units_along_from_its_day(
    world, learner, admin, desk, now
):
    below = make_unit(name="Subseksi", now=now, parent=world.section)
    gone = make_person(unit=world.section, now=now)
    actions.set_active(person=gone, is_active=False, by=None, now=now)
    said = {"successor_id": desk.pk}

    with pytest.raises(UnitNotChanged) as left:
        close(world.section, admin, now)
    with pytest.raises(UnitNotChanged) as other:
        close(world.section, admin, now, people=1, **said)
    assert close(world.section, admin, now, **said)
    assert not close(world.section, admin, now, people=99, **said)

    assert (left.value.code, other.value.code) == ("not_empty", "changed_since")
    for person in (learner, gone):
        person.refresh_from_db()
        assert person.unit == desk
    below.refresh_from_db()
    assert below.parent == desk
    world.section.refresh_from_db()
    assert not world.section.is_active
    # What was so before its day is so for ever.
    before = UnitMembership.objects.filter(person=learner, unit=world.section)
    assert before.exists()
    call_command("verify_derived")


def test_after_a_merger_nothing_is_derived_wrongly(world, admin, desk, now, capsys):
    close(world.section, admin, now, successor_id=desk.pk)
    tree.reopen_unit(unit_id=world.section.pk, starts_on=TODAY, by=admin, now=now)

    call_command("verify_derived")

    assert "Selisih: 0" in capsys.readouterr().out
    Unit.objects.filter(pk=world.section.pk).update(is_active=False)
    call_command("verify_derived", "--repair")
    assert "(False) ≠ Seksi Uji (True)" in capsys.readouterr().out
    world.section.refresh_from_db()
    assert world.section.is_active


def test_the_import_notes_a_name_too(world, admin, learner, now):
    from tests.accounts.people_sheets import apply, row_of

    apply(row_of(learner, unit_nama="Seksi Berganti"), by=admin, now=now)

    said = UnitStanding.objects.filter(unit=world.section, starts_on__isnull=False)
    assert said.get().name == "Seksi Berganti"


def test_nobody_comes_to_what_is_closed(world, admin, desk, now):
    close(desk, admin, now)

    for refused in (
        lambda: tree.move_unit(
            unit_id=world.section.pk,
            parent_id=desk.pk,
            starts_on=TODAY,
            by=admin,
            now=now,
        ),
        lambda: close(world.section, admin, now, successor_id=desk.pk),
    ):
        with pytest.raises(UnitNotChanged) as closed:
            refused()
        assert closed.value.code == "closed"
    assert tree.reopen_unit(unit_id=desk.pk, starts_on=TODAY, by=admin, now=now)
    assert not tree.reopen_unit(unit_id=desk.pk, starts_on=TODAY, by=admin, now=now)


def test_a_top_is_not_closed(world, admin, now):
    with pytest.raises(UnitNotChanged) as top:
        close(world.agency, admin, now, people=world.agency.people.count())

    assert top.value.code == "top"


# --- pages ---------------------------------------------------------------------------
def test_the_tree_is_walked_and_searched(client, world):
    page = text(client.get(reverse("accounts:unit_list")))
    assert world.agency.name in page
    assert world.other_agency.name not in page

    found = text(client.get(reverse("accounts:unit_list"), {"kata": "seksi"}))
    assert of("unit_detail", world.section) in found
    assert of("unit_detail", world.office) in text(
        client.get(of("unit_detail", world.agency))
    )


def test_a_merger_is_shown_and_confirmed_by_its_number(
    client, world, learner, desk, now
):
    course = courses_actions.create_course(
        key="milik", code="MILIK", unit=world.section, by=None, now=now
    )
    address = of("unit_close", world.section)
    said = {"tujuan": desk.code, "mulai": "2026-11-20", "alasan": "Perbup 3/2026"}

    shown = text(client.post(address, said))
    assert "digabungkan ke Loket" in shown
    assert re.search(r"Kursus milik unit ini</dt><dd>1<", shown)
    wrong = client.post(address, {**said, "langkah": "terapkan", "jumlah": "7"})
    assert "Jumlah pegawainya berubah" in text(wrong)
    assert Unit.objects.get(pk=world.section.pk).is_active

    answer = client.post(
        address, {**said, "langkah": "terapkan", "jumlah": "1"}, follow=True
    )

    page = text(answer)
    assert "Ditutup, digabungkan ke Loket" in page
    assert "Perbup 3/2026" in page
    learner.refresh_from_db()
    assert learner.unit == desk
    course.refresh_from_db()
    assert course.unit == world.section


def test_a_move_tells_which_orders_end_and_begin(client, world, desk, course, now):
    for unit in (world.office, world.agency, desk.parent):
        courses_actions.assign_course(
            course=course, unit=unit, due_on=date(2026, 12, 1), by=None, now=now
        )
    said = {"induk": desk.code, "mulai": "2026-11-20"}

    shown = text(client.post(of("unit_move", world.section), said))
    assert "1 tidak berlaku lagi, 1 mulai berlaku" in shown

    client.post(of("unit_move", world.section), {**said, "langkah": "terapkan"})
    world.section.refresh_from_db()
    assert world.section.parent == desk


def test_a_unit_is_added_and_renamed_in_the_browser(client, world):
    client.post(
        of("unit_add", world.office),
        {"nama": "Seksi Satu", "kode": "satu", "mulai": "2026-11-01"},
    )
    unit = Unit.objects.get(code="satu")
    page = text(client.post(of("unit_rename", unit), {"nama": "=1", "mulai": ""}))
    assert "rumus" in page
    client.post(of("unit_rename", unit), {"nama": "Seksi Dua", "mulai": "2026-11-02"})

    shown = text(client.get(of("unit_detail", unit)))
    assert "Bernama Seksi Dua" in shown


def test_the_page_of_a_unit_asks_as_much_for_many_below(client, world, now):
    made = iter(range(300))

    def grow(count):
        for _ in range(count):
            unit = make_unit(name=f"Unit {next(made)}", now=now, parent=world.office)
            make_person(unit=unit, now=now)

    assert_same_queries(client, of("unit_detail", world.office), grow)
