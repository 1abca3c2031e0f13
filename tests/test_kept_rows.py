"""Rows that are put back are the rows that a call writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict

from accounts.models import Unit, User
from courses.models import Course
from tests.factories import make_person, make_unit, make_world, republish
from tests.kept_rows import begin_test, kept

calls: list[str] = []


@kept
def make_office(*, parent: Unit, now: datetime) -> Unit:
    """Return a unit, and leave word that it was made."""
    calls.append("office")
    transaction.on_commit(lambda: None)
    return make_unit(name="Kantor", now=now, parent=parent)


@kept
def rename(*, unit: Unit) -> None:
    """Give a unit another name."""
    calls.append("rename")
    unit.name = "Nama Baru"
    unit.save()


@kept
def hold(*, unit: Unit) -> dict[str, Unit]:
    """Return the same row."""
    return {"her": unit}


@kept
def refuse(*, unit: Unit) -> None:
    """Make nothing."""
    raise ValueError(unit.name)


@pytest.fixture
def another_test(db, clock, monkeypatch):
    """Return a block that is a test of its own: it begins with nothing."""
    calls.clear()

    @contextmanager
    def block() -> Iterator[None]:
        with transaction.atomic():
            begin_test(monkeypatch)
            yield
            transaction.set_rollback(True)

    return block


def test_the_third_call_writes_the_same_rows_without_being_made(another_test, now):
    seen = []
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            office = make_office(parent=world.agency, now=now)
            stored = Unit.objects.get(pk=office.pk)
            assert model_to_dict(stored) == model_to_dict(office)
            assert stored.parent == world.agency
            seen.append((Unit.objects.count(), User.objects.count(), office.name))

    assert calls == ["office", "office"]
    assert len(set(seen)) == 1


def test_objects_are_the_tests_own(another_test, now):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            assert world.agency.name == "Kabupaten Contoh"
            assert hold(unit=world.agency)["her"] is world.agency
            world.agency.name = "Hanya di sini"


def test_what_waits_for_the_commit_waits_again(another_test, now):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            before = len(connection.run_on_commit)
            make_office(parent=world.agency, now=now)
            assert len(connection.run_on_commit) == before + 1


def test_changed_fields_of_an_argument_reach_the_test(another_test, now):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            rename(unit=world.agency)
            assert world.agency.name == "Nama Baru"
            assert Unit.objects.get(pk=world.agency.pk).name == "Nama Baru"

    assert calls == ["rename", "rename"]


def test_rows_made_otherwise_end_it(another_test, now):
    for number in range(4):
        with another_test():
            world = make_world(now=now)
            Unit.objects.filter(pk=world.agency.pk).update(name=f"Nama {number}")
            office = make_office(parent=world.agency, now=now)
            assert Unit.objects.get(pk=office.parent_id).name == f"Nama {number}"

    assert calls == ["office"] * 4


def test_what_was_rolled_back_is_not_taken_for_there(another_test, now):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            with transaction.atomic():
                make_office(parent=world.agency, now=now)
                transaction.set_rollback(True)
            person = make_person(unit=world.agency, now=now)
            assert User.objects.filter(pk=person.pk).exists()
            assert not Unit.objects.filter(name="Kantor").exists()
            office = make_office(parent=world.agency, now=now)
            assert Unit.objects.filter(pk=office.pk).exists()


def test_other_arguments_are_another_call(another_test, now):
    for name in ("Satu", "Dua", "Tiga", "Empat"):
        with another_test():
            world = make_world(now=now)
            assert make_person(unit=world.agency, now=now, name=name).name == name


def test_a_refusal_is_a_refusal_every_time(another_test, now):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            with pytest.raises(ValueError, match="Kabupaten Contoh"):
                refuse(unit=world.agency)


def test_replacing_something_makes_every_call_again(another_test, now, monkeypatch):
    for _ in range(4):
        with another_test():
            world = make_world(now=now)
            monkeypatch.setattr(Unit, "__str__", lambda unit: "diganti")
            make_office(parent=world.agency, now=now)

    assert calls == ["office"] * 4


def test_a_function_that_may_know_more_than_its_arguments_is_refused():
    with pytest.raises(ValueError, match="of a module"):
        kept(lambda: None)


def test_the_shipped_factories_are_put_back_whole(another_test, now, course):
    assert republish(course=course, change="wording", now=now).number == 2
    assert Course.objects.get().current_version.number == 2
