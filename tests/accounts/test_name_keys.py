"""Keys of names follow the names, whoever writes them."""

import importlib
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from accounts import actions
from accounts.models import Unit, User
from tests.accounts.people_sheets import apply, make_row, nip_of, row_of
from tests.factories import make_person, make_unit

MIGRATION = "accounts.migrations.0003_names_are_folded_and_old_numbers_have_a_kind"


def empty_keys() -> None:
    """Leave the rows as they are before the migration."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name_key = ''")
        cursor.execute("UPDATE accounts_unit SET name_key = ''")


def key_of(person: User) -> str:
    """Return what is stored."""
    return User.objects.values_list("name_key", flat=True).get(pk=person.pk)


def test_every_way_to_write_a_name_writes_its_key(world, now):
    person = make_person(unit=world.section, now=now, name="Zoë d’Almeida")
    assert key_of(person) == "zoe dalmeida"

    person.name = "Łukasz"
    person.save(update_fields=["name"])
    assert key_of(person) == "lukasz"

    User.objects.filter(pk=person.pk).update(name="NUR'AINI")
    assert key_of(person) == "nuraini"

    User.objects.filter(pk=person.pk).update(jabatan="Analis")
    person.save()
    assert key_of(person) == "lukasz"

    User.objects.bulk_create([User(nip="x", name="Abdul-Rahman")])
    assert User.objects.get(nip="x").name_key == "abdul rahman"


def test_an_import_and_an_erasure_write_the_key(world, now):
    hr, learner = world.people["hr"], world.people["learner"]
    apply(row_of(learner, nama="Śari"), make_row(1, nama="Ibu D'Arc"), by=hr, now=now)

    assert key_of(learner) == "sari"
    assert User.objects.get(nip=nip_of(1)).name_key == "ibu darc"
    learner.refresh_from_db()
    actions.anonymise_person(person=learner, by=hr, now=now, reason="uji")
    assert key_of(learner) == "akun dihapus"


def test_units_have_keys_too(world, now):
    unit = make_unit(name="Seksi Jum’at", now=now, parent=world.office)

    assert Unit.objects.get(pk=unit.pk).name_key == "seksi jumat"


@pytest.mark.parametrize("words", ["jumat", "JUM'AT seksi", "Jum’at", "  séksi "])
def test_units_and_people_are_found_by_their_keys(world, now, words):
    unit = make_unit(name="Seksi Jum’at", now=now, parent=world.office)
    person = make_person(unit=world.section, now=now, name="Seksi Jum`at")

    assert unit in Unit.objects.all().named(words)
    assert person in User.objects.all().named(words)


def test_nothing_but_signs_finds_nothing_else(world):
    for words in ("%", "_", "--", "\\", "", "  "):
        assert not User.objects.all().named(words).exists()


def test_people_are_sorted_by_letters_and_not_by_signs(world, now):
    said = ["Zoë", "Ánita", "ani Zulfa", "Ani", "Anisa", "D’Arc", "Darmi", "budi"]
    made = [make_person(unit=world.section, now=now, name=name).pk for name in said]

    found = User.objects.filter(pk__in=made).by_name().values_list("name", flat=True)

    assert list(found) == [
        *("Ani", "ani Zulfa", "Anisa", "Ánita", "budi", "D’Arc", "Darmi", "Zoë"),
    ]


def test_the_migration_fills_the_keys_of_what_is_there(world, now, monkeypatch):
    make_person(unit=world.section, now=now, name="Zoë")
    before = list(User.objects.order_by("pk").values_list("name_key", flat=True))
    migration = importlib.import_module(MIGRATION)
    monkeypatch.setattr(migration, "BATCH", 2)
    empty_keys()

    migration.fold_names(apps, SimpleNamespace(connection=connection))

    after = list(User.objects.order_by("pk").values_list("name_key", flat=True))
    assert after == before
    assert "" not in Unit.objects.values_list("name_key", flat=True)


@pytest.mark.parametrize("repair", [False, True])
def test_verify_derived_tells_and_repairs_keys(world, repair):
    rows = User.objects.count() + Unit.objects.count()
    empty_keys()
    output = StringIO()

    call_command("verify_derived", repair=repair, stdout=output)

    assert f"Selisih: {rows}" in output.getvalue()
    left = User.objects.filter(name_key="").count()
    assert left == (0 if repair else User.objects.count())
