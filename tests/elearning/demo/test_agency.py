"""The demo agency is full, the same every time, and made by what the site does."""

import random
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.access import as_of
from accounts.demo import demo_account
from accounts.demo_people import UNITS, sheet_rows
from accounts.models import AuditRecord, Unit, User
from accounts.nip import check_nip, is_test_nip
from certificates.models import Certificate, OutsideCertificate
from courses.models import Assignment, Enrollment, Reminder
from elearning.demo import agency as seeding
from elearning.demo.agency import is_wanted, seed_agency
from elearning.demo.removal import remove_demo
from quizzes.models import Attempt, FollowUp, ItemStatistics
from reports.dashboard.page import dashboard_page
from tests.conftest import NOW

MOST_STATEMENTS = 30_000


def told() -> list[tuple[object, ...]]:
    """Return what the demo tells: who, what, when, how well."""
    attempts = Attempt.objects.order_by("started_at", "person__name", "quiz_key")
    rows = attempts.values_list(
        "person__name", "person__nip", "quiz_key", "started_at", "percent"
    )
    certificates = Certificate.objects.order_by("number")
    return [
        *((*row[:3], row[3] - NOW, row[4]) for row in rows),
        *certificates.values_list("number", "person__name", "data__score"),
    ]


def test_every_figure_of_the_dashboard_says_something(agency):
    for role in ("admin", "hr"):
        user = as_of(demo_account(role), NOW)
        page = dashboard_page(user, unit=None, now=NOW)

        assert page.people > 40
        assert 0 < page.reached < page.people
        assert page.average_jp > 4
        assert 20 < page.percent < 90
        assert page.late > 3
        assert page.late_people
        assert page.chart
        shares = [row.percent for row in page.parts if row.people > 1]
        assert len(shares) > 3
        assert None not in shares
        assert len(set(shares)) > 3


def test_there_is_something_of_everything(agency):
    places = Enrollment.objects.all()
    assert places.filter(completed_at__isnull=False).count() > 60
    assert places.filter(completed_at__isnull=True).count() > 10
    failed = Attempt.objects.filter(quiz_key="posttest", percent__lt=70)
    assert failed.exists()
    assert FollowUp.objects.filter(answered_at__isnull=False).count() >= 5
    assert ItemStatistics.objects.filter(n__gte=30).exists()
    assert Reminder.objects.count() > 50
    assert {order.due_on > NOW.date() for order in Assignment.objects.all()} == {
        True,
        False,
    }
    assert set(OutsideCertificate.objects.values_list("state", flat=True)) == {
        *("waiting", "accepted", "refused")
    }
    issued = Certificate.objects.order_by("sequence")
    assert issued.count() == places.filter(completed_at__isnull=False).count()
    moments = [one.issued_at for one in issued]
    assert moments == sorted(moments)
    assert moments[0] < NOW - timedelta(weeks=6)


@pytest.mark.parametrize(
    "address",
    [
        *("/sdm/", "/sdm/penyelesaian/", "/sdm/peningkatan/"),
        *("/sdm/daya-ingat/", "/sdm/pegawai/"),
    ],
)
def test_pages_of_hr_are_not_empty(agency, clock, address):
    client = Client()
    client.force_login(demo_account("admin"))

    page = client.get(address)

    assert page.status_code == 200
    assert "m-empty" not in page.content.decode()


def test_nothing_that_is_derived_is_wrong(agency):
    out = StringIO()

    call_command("verify_derived", stdout=out)

    assert out.getvalue() == "Selisih: 0\n"


def test_people_have_test_numbers_and_names_of_their_own(agency):
    people = User.objects.filter(pk__in=seeding.remembered()["people"])

    assert people.count() == sum(unit.people for unit in UNITS) == 120
    assert people.values("unit").distinct().count() == len(UNITS) == 14
    assert people.values("name").distinct().count() == 120
    for person in people:
        checked = check_nip(
            person.nip,
            today=NOW.date(),
            expected_status=person.employment_status,
            recorded_sex=person.gender,
        )
        assert checked.ok
        assert not checked.warnings
        assert is_test_nip(person.nip)
        assert not person.has_usable_password()
        assert person.email is None


def test_the_demo_accounts_have_nothing_to_do_but_what_they_had(agency):
    for person in User.objects.exclude(pk__in=seeding.remembered()["people"]):
        assert not person.enrollments.exists()
        assert not Assignment.objects.concerning(person).exists()
        assert not Reminder.objects.filter(person=person).exists()


def test_seeded_anew_it_is_the_same(emptied):
    assert seed_agency(now=NOW) is True
    before = told()
    remove_demo(now=NOW)
    AuditRecord.objects.filter(verb__in=[seeding.REMOVED])._raw_delete("default")
    AuditRecord.objects.filter(verb__in=[seeding.SEEDED])._raw_delete("default")

    assert seed_agency(now=NOW) is True

    assert len(before) > 50
    assert told() == before


def test_the_clock_that_is_handed_in_moves_everything(emptied):
    """Also at the turn of the year, when this year's figures are a few days old."""
    new_year = NOW.replace(year=2027, month=1, day=4)

    assert seed_agency(now=new_year) is True

    page = dashboard_page(
        as_of(demo_account("admin"), new_year), unit=None, now=new_year
    )
    assert page.average_jp
    assert page.late
    last = Attempt.objects.order_by("-started_at").first().started_at
    assert new_year - timedelta(days=10) < last < new_year


def test_a_second_start_seeds_nothing(agency):
    before = Counter(User.objects.values_list("name", flat=True))

    assert is_wanted() is False
    assert seed_agency(now=NOW + timedelta(hours=1)) is False

    assert Counter(User.objects.values_list("name", flat=True)) == before


def test_what_was_interrupted_is_begun_anew(emptied, monkeypatch):
    def cut_off(_agency):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(seeding, "_plan_learning", cut_off)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            seed_agency(now=NOW)

    assert not Unit.objects.filter(code="contoh.setda").exists()
    assert is_wanted() is True


@pytest.mark.parametrize("who", ["a person of theirs", "a course begun", "production"])
def test_only_an_untouched_demo_is_filled(emptied, settings, who):
    if who == "production":
        settings.DEMO = False
    elif who == "a course begun":
        from courses.actions import enroll
        from courses.models import Course

        person = demo_account("learner")
        course = Course.objects.first()
        enroll(course_id=course.pk, person=person, by=person, now=NOW)
    else:
        from tests.factories import make_person

        make_person(unit=Unit.objects.get(code="contoh"), now=NOW)

    assert seed_agency(now=NOW) is False
    assert not Unit.objects.filter(code="contoh.setda").exists()


def test_it_costs_no_more_statements_than_it_may(agency):
    assert agency.statements < MOST_STATEMENTS


def test_the_same_chance_gives_the_same_people():
    first, second = (sheet_rows(random.Random("a")) for _ in range(2))

    assert first == second
    assert first != sheet_rows(random.Random("b"))
