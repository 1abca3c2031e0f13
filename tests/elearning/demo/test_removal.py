"""Everything of the invented people can be taken out again, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from accounts.actions import move_person
from accounts.demo import demo_account
from accounts.models import AuditRecord, Unit, User
from certificates.actions import issue_certificate
from certificates.models import Certificate, NumberCounter
from courses.models import Course
from elearning.demo.agency import seed_agency
from elearning.demo.removal import FOLLOWS, ORDERS, PEOPLE, UNITS, remove_demo
from quizzes.models import QuizStatistics
from tests.conftest import NOW
from tests.elearning.demo.conftest import tables
from tests.factories import complete

LATER = NOW + timedelta(hours=2)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("remove_demo", *arguments, stdout=out)
    return out.getvalue()


def test_afterwards_every_table_is_as_it_was(agency):
    run("--yes")

    after = tables()
    assert {
        name for name, rows in agency.before.items() if after[name] != rows
    } == set()
    assert run("--yes") == "Tidak ada pegawai contoh di situs ini.\n"


def test_the_audit_trail_stays_and_says_what_happened(agency):
    before = AuditRecord.objects.count()

    run("--yes")

    assert AuditRecord.objects.count() == before + 1
    assert AuditRecord.objects.latest("pk").verb == "elearning.demo.removed"


def test_it_does_not_come_back(agency):
    run("--yes")

    assert seed_agency(now=LATER) is False


def test_it_asks_first(agency, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "tidak")
    before = User.objects.count()

    said = run()

    assert "120 pegawai contoh" in said
    assert "Tidak ada yang dihapus." in said
    assert User.objects.count() == before
    monkeypatch.setattr("builtins.input", lambda _question: " Ya ")
    assert "Selesai" in run()
    assert User.objects.count() == before - 120


def test_records_of_others_stay_and_their_figures_are_right(agency, clock):
    """Somebody of theirs took the same course; her number is not given again."""
    person = demo_account("learner")
    course = Course.objects.get(key="pola-pikir-digital")
    place = complete(course=course, person=person, now=NOW)
    hers = issue_certificate(enrollment_id=place.pk, by=None, now=LATER)

    remove_demo(now=LATER)

    assert Certificate.objects.get() == hers
    assert NumberCounter.objects.get().last == hers.sequence > 60
    for row in QuizStatistics.objects.all():
        assert row.known_n == 1
    out = StringIO()
    call_command("verify_derived", stdout=out)
    assert out.getvalue() == "Selisih: 0\n"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("a person", "1 pegawai Anda berada di unit contoh. Pindahkan ke unit lain."),
        ("a past", "Riwayat 1 perpindahan pegawai Anda"),
        ("a unit", "1 unit Anda berada di bawah unit contoh."),
    ],
)
def test_whoever_depends_on_it_keeps_it(agency, case, said):
    demo = Unit.objects.get(code="contoh.setda")
    if case == "a unit":
        from accounts.actions import create_unit

        create_unit(
            code="baru",
            name="Baru",
            parent=demo,
            starts_on=NOW.date(),
            by=None,
            now=NOW,
        )
    else:
        person = demo_account("learner")
        home = person.unit
        move_person(person=person, unit=demo, starts_on=NOW.date(), by=None, now=NOW)
        if case == "a past":
            move_person(
                person=person, unit=home, starts_on=NOW.date(), by=None, now=LATER
            )
    before = tables()

    with pytest.raises(CommandError, match="bergantung") as refused:
        run("--yes")

    assert said in str(refused.value)
    assert tables() == before


def test_what_may_follow_is_a_table_that_names_what_goes():
    goes = {PEOPLE, UNITS, ORDERS, *FOLLOWS}
    for table, columns in FOLLOWS.items():
        model = apps.get_model(table)
        for column in columns:
            field = model._meta.get_field(column)
            assert isinstance(field, models.ForeignKey)
            assert field.related_model._meta.label in goes
