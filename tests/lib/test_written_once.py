"""Statements that Django writes once: the same rows, and the same refusals."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.transaction import TransactionManagementError

from accounts.models import AuditRecord, Unit, User
from lib.facts import FactChanged
from lib.written_once import append, append_all, written_once
from tests.queries import queries_in

pytestmark = pytest.mark.django_db


@written_once
def people_of(unit_id: int, key: UUID):
    """Somebody of a unit, with the unit and its parent's name."""
    people = User.objects.select_related("unit__parent").filter(unit=unit_id, key=key)
    return people.annotate(above=F("unit__parent__name"))


@written_once
def paths_below(path: str):
    """Paths of units from one on."""
    return Unit.objects.filter(path__gte=path).values_list("path", flat=True)


@written_once
def signed_in_before(moment: datetime):
    """People who were made before a moment."""
    return User.objects.filter(created_at__lt=moment)


@written_once
def locked(pk: int):
    """A unit under its lock."""
    return Unit.objects.select_for_update(no_key=True).filter(pk=pk)


def test_a_row_is_that_of_the_queryset(world, learner):
    other = world.people["hr"]

    for person in (learner, other):
        (found,) = people_of(person.unit_id, key=person.key)

        assert found == person
        assert found.unit.name == person.unit.name
        assert found.above == found.unit.parent.name
        assert queries_in(lambda found=found: found.unit.parent.name) == 0


def test_values_that_fit_nothing_find_nothing(learner):
    assert people_of(learner.unit_id, uuid4()) == []


def test_one_statement_a_call(learner):
    assert queries_in(lambda: people_of(learner.unit_id, learner.key)) == 1


def test_columns_instead_of_rows(world):
    paths = paths_below(path=world.agency.path)

    assert world.section.path in paths
    assert all(path >= world.agency.path for path in paths)


def test_columns_by_name(world):
    @written_once
    def names_of(unit_id: int):
        below = Unit.objects.filter(parent=OuterRef("pk"), parent_id=unit_id)
        return Unit.objects.filter(pk=unit_id).values("name", has_units=Exists(below))

    for unit in (world.agency, world.section):
        (said,) = names_of(unit.pk)

        assert said == {"name": unit.name, "has_units": unit.children.exists()}


def test_moments_are_compared_as_moments(learner):
    made = User.objects.get(pk=learner.pk).created_at

    assert learner not in signed_in_before(made)
    assert learner in signed_in_before(made + timedelta(microseconds=1))


def test_what_is_written_is_written_once(world, learner):
    asked = []

    @written_once
    def unit(pk: int):
        asked.append(pk)
        return Unit.objects.filter(pk=pk)

    assert unit(world.agency.pk) == [world.agency]
    assert unit(world.section.pk) == [world.section]
    assert len(asked) == 1


def test_a_lock_needs_a_transaction(world):
    with transaction.atomic():
        assert locked(world.agency.pk) == [world.agency]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_lock_outside_of_a_transaction_is_refused(world):
    with transaction.atomic():
        locked(world.agency.pk)

    with pytest.raises(TransactionManagementError):
        locked(world.agency.pk)


def test_prefetching_is_refused(world):
    @written_once
    def with_children(pk: int):
        return Unit.objects.filter(pk=pk).prefetch_related("children")

    with pytest.raises(ValueError, match="prefetched"):
        with_children(world.agency.pk)


# --- rows that are appended --------------------------------------------------------
def record(now, **over) -> AuditRecord:
    """A record that is not stored yet."""
    return AuditRecord(**{"at": now, "verb": "a.b.c", "detail": {"n": [1]}, **over})


def test_an_appended_row_is_the_row(learner, now):
    for verb in ("a.b.c", "d.e.f"):
        row = record(now, verb=verb, actor_id=learner.pk)
        append(row)

        stored = AuditRecord.objects.get(pk=row.pk)
        assert (stored.verb, stored.at, stored.actor_id) == (verb, now, learner.pk)
        assert stored.detail == {"n": [1]}
        assert stored.object_id is None


def test_an_appended_row_takes_one_statement(db, now):
    append(record(now))

    assert queries_in(lambda: append(record(now))) == 1


def test_what_is_stored_is_not_appended_again(db, now):
    row = record(now)
    append(row)

    with pytest.raises(ValueError, match="stored already"):
        append(row)
    with pytest.raises(FactChanged):
        row.save()


def test_a_conflict_is_an_error_unless_it_is_ignored(world):
    section = world.section
    twin = {"code": section.code, "name": "Lain", "path": "lain/"}

    append(Unit(**twin), ignoring_conflicts=True)

    assert not Unit.objects.filter(name="Lain").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        append(Unit(**twin))


def test_many_rows_take_one_statement(db, now):
    rows = [record(now, verb=f"a.b.{number}") for number in range(30)]

    assert queries_in(lambda: append_all(rows)) == 1

    stored = AuditRecord.objects.filter(verb__startswith="a.b.").order_by("pk")
    assert [row.verb for row in stored] == [row.verb for row in rows]
    assert {row.at for row in stored} == {now}
    assert queries_in(lambda: append_all([])) == 0
    with pytest.raises(ValueError, match="stored already"):
        append_all(rows)
    assert stored.count() == 30
