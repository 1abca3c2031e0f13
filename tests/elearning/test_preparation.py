"""Steps before the site starts; repeating them changes nothing."""

import json
import socket
from io import StringIO

import pytest

from accounts.models import User
from courses.models import Assignment
from elearning.management.commands import prepare
from elearning.management.commands.up import (
    NotStarted,
    check_port_is_free,
    take_lock,
)
from elearning.preparation import make_signing_key, seed_accounts, seed_assignment
from tests.factories import make_course

ROLES = ["learner", "learner", "author", "reviewer", "hr", "admin"]


@pytest.mark.django_db
def test_demo_accounts_are_written_for_their_owner_only_and_can_sign_in(tmp_path, now):
    path = tmp_path / "demo-accounts.json"

    seed_accounts(path, now=now)

    rows = json.loads(path.read_text("utf-8"))
    assert [row["role"] for row in rows] == ROLES
    assert path.stat().st_mode & 0o777 == 0o600
    for row in rows:
        assert set(row) == {"role", "nip", "name", "password", "unit"}
        assert User.objects.get(nip=row["nip"]).check_password(row["password"])
    assert len({row["unit"] for row in rows[:2]}) == 2


@pytest.mark.django_db
def test_a_second_start_keeps_people_and_passwords(tmp_path, now):
    path = tmp_path / "demo-accounts.json"
    seed_accounts(path, now=now)
    before = path.read_text("utf-8")

    seed_accounts(path, now=now)

    assert path.read_text("utf-8") == before
    assert User.objects.count() == len(ROLES)


@pytest.mark.django_db
def test_a_lost_file_brings_new_passwords_for_the_same_people(tmp_path, now):
    path = tmp_path / "demo-accounts.json"
    seed_accounts(path, now=now)
    path.unlink()

    seed_accounts(path, now=now)

    row = json.loads(path.read_text("utf-8"))[0]
    assert User.objects.get(nip=row["nip"]).check_password(row["password"])
    assert User.objects.count() == len(ROLES)


@pytest.mark.django_db
def test_the_demo_order_is_given_once(tmp_path, now):
    seed_accounts(tmp_path / "demo-accounts.json", now=now)
    person = User.objects.get(name="Maria Contoh")
    make_course(unit=person.unit, now=now)

    seed_assignment(now=now)
    seed_assignment(now=now)

    assert Assignment.objects.get().unit.code == "contoh.dukcapil"


@pytest.mark.parametrize(
    ("people", "embedded", "called"), [(1, 1, 1), (0, 1, 0), (1, 0, 0)]
)
def test_only_the_embedded_demo_is_filled(
    settings, monkeypatch, people, embedded, called
):
    settings.ELEARNING_DEMO_PEOPLE, settings.EMBEDDED_DATABASE = people, embedded
    seeded = []
    monkeypatch.setattr(prepare, "is_wanted", lambda: True)
    monkeypatch.setattr(prepare, "seed_agency", lambda now: seeded.append(now))

    prepare.Command(stdout=StringIO())._seed_agency()

    assert len(seeded) == called


def test_the_signing_key_is_made_once(tmp_path, settings, now):
    settings.ELEARNING_SIGNING_KEY = tmp_path / "signing-key.pem"

    assert make_signing_key(now=now) is True
    content = settings.ELEARNING_SIGNING_KEY.read_bytes()
    assert make_signing_key(now=now) is False
    assert settings.ELEARNING_SIGNING_KEY.read_bytes() == content


def test_a_busy_port_is_refused_in_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NotStarted, match=f"Port {port} sedang dipakai"):
            check_port_is_free("127.0.0.1", port)


def test_a_second_site_on_the_same_data_is_refused(tmp_path):
    first = take_lock(tmp_path / "up.lock")

    with pytest.raises(NotStarted, match="sudah berjalan"):
        take_lock(tmp_path / "up.lock")
    first.close()

    take_lock(tmp_path / "up.lock").close()
