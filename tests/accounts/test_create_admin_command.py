"""`manage.py create_admin`: from nobody to somebody who may do everything."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditRecord, Unit, User
from tests.accounts.people_sheets import nip_of

PASSWORD = "lautan teduh di timur"


@pytest.fixture
def run(db, monkeypatch):
    """Return a function that runs the command with a password on its input."""

    def run_with(*options: str, password: str = PASSWORD) -> str:
        monkeypatch.setattr("sys.stdin", StringIO(password + "\n"))
        output = StringIO()
        call_command("create_admin", "--password-stdin", *options, stdout=output)
        return output.getvalue()

    return run_with


FIRST = ("--nip", nip_of(1), "--name", "Ratna Contoh", "--unit", "01")


def test_an_empty_site_gets_its_first_unit_and_admin(run, client):
    said = run(*FIRST, "--unit-name", "Kabupaten Contoh")

    assert "Ratna Contoh adalah Admin" in said
    person = User.objects.get()
    unit = Unit.objects.get()
    assert (person.unit, unit.code, unit.parent) == (unit, "01", None)
    answer = client.post(
        reverse("account_login"), {"login": nip_of(1), "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert client.get(reverse("accounts:people_import")).status_code == 200


def test_twice_is_once_but_for_the_password(run):
    run(*FIRST, "--unit-name", "Kabupaten Contoh")
    run(*FIRST, password="gunung tinggi di barat")

    person = User.objects.get()
    assert person.role_assignments.count() == 1
    assert person.check_password("gunung tinggi di barat")
    assert Unit.objects.count() == 1
    verbs = AuditRecord.objects.values_list("verb", flat=True)
    assert list(verbs).count("accounts.person.password_set") == 2


def test_whoever_left_can_be_let_in_again_and_keeps_her_record(run, learner):
    learner.is_active = False
    learner.save()

    run("--nip", learner.nip, "--name", "Lain", "--unit", learner.unit.code)

    learner.refresh_from_db()
    assert learner.is_active
    assert learner.name != "Lain"
    assert learner.role_assignments.get().role == "admin"


@pytest.mark.parametrize(
    ("options", "password", "message"),
    [
        (FIRST, PASSWORD, "--unit-name"),
        ((*FIRST, "--unit-name", "K"), "pendek", "terlalu pendek|too short"),
        (("--nip", "12", *FIRST[2:], "--unit-name", "K"), PASSWORD, "18|angka"),
        (FIRST[2:], PASSWORD, "--nip"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(run, options, password, message):
    with pytest.raises(CommandError, match=message):
        run(*options, password=password)

    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_a_test_number_is_refused_in_production(run, monkeypatch):
    monkeypatch.setattr(settings, "ELEARNING_ALLOW_TEST_NIP", False)
    with pytest.raises(CommandError, match="nomor uji"):
        run(*FIRST, "--unit-name", "K")


def test_djangos_own_command_says_what_to_use(db):
    with pytest.raises(CommandError, match="create_admin"):
        call_command("createsuperuser")
