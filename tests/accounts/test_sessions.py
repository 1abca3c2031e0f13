"""How long people stay signed in, and what is kept of their pages."""

from datetime import timedelta

import pytest
from django.conf import settings as site_settings

from elearning import settings as shipped
from elearning.middleware import PERMISSIONS_POLICY
from tests.sources import url_patterns

HALF_DAY = timedelta(hours=12)


@pytest.fixture(autouse=True)
def as_shipped(settings):
    """Let sessions of staff end as they do on a site."""
    settings.ELEARNING_STAFF_SESSION = shipped.ELEARNING_STAFF_SESSION


@pytest.mark.parametrize("role", ["author", "reviewer", "hr", "admin"])
def test_people_with_a_role_sign_in_again_after_half_a_day(client_as, clock, now, role):
    staff = client_as(role)
    assert staff.get("/akun/").status_code == 200

    clock.move_to(now + HALF_DAY - timedelta(seconds=1))
    assert staff.get("/akun/").status_code == 200
    clock.move_to(now + HALF_DAY)
    assert staff.get("/akun/")["Location"] == "/masuk/?next=/akun/"

    # The session is gone, not only hidden.
    clock.move_to(now)
    assert staff.get("/akun/")["Location"] == "/masuk/?next=/akun/"


def test_work_does_not_prolong_the_session_of_staff(client_as, clock, now):
    staff = client_as("hr")
    for hour in range(12):
        clock.move_to(now + timedelta(hours=hour))
        assert staff.get("/akun/").status_code == 200

    clock.move_to(now + HALF_DAY)
    assert staff.get("/akun/").status_code == 302


def test_a_session_from_the_future_ends(client_as, clock, now):
    staff = client_as("hr")
    staff.get("/akun/")

    clock.move_to(now - timedelta(minutes=4))
    assert staff.get("/akun/").status_code == 200
    clock.move_to(now - timedelta(minutes=6))
    assert staff.get("/akun/").status_code == 302


def test_an_update_ends_no_session(client, learner):
    former = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(learner, backend=former)
    assert client.session["_auth_user_backend"] == former

    assert client.get("/akun/").status_code == 200


def test_a_wrong_password_is_compared_once(client, learner, monkeypatch):
    learner.set_password("sandi-yang-benar-1")
    learner.save()
    compared = []
    monkeypatch.setattr(
        type(learner), "check_password", lambda _self, said: compared.append(said)
    )

    client.post("/masuk/", {"login": learner.nip, "password": "sandi-yang-salah-1"})

    assert compared == ["sandi-yang-salah-1"]
    assert client.get("/akun/").status_code == 302


def test_learners_stay_signed_in_as_they_asked(client_as, clock, now):
    her = client_as("learner")
    clock.move_to(now + timedelta(days=13))

    assert her.get("/akun/").status_code == 200


# What a browser installs is the same for everybody.
NOBODYS = {"service_worker", "app_manifest"}


@pytest.mark.parametrize("role", ["learner", "author", "hr", "admin"])
def test_no_page_of_a_person_is_kept(client_as, course, role):
    her = client_as(role)
    kept = []
    for name, pattern in url_patterns():
        path = f"/{pattern.pattern}"
        if "<" in path or "(" in path or name in NOBODYS:
            continue
        said = her.get(path).headers.get("Cache-Control", "")
        if not {"private", "no-store"} <= set(said.replace(" ", "").split(",")):
            kept.append((path, said))

    assert kept == []


def test_a_page_with_a_form_is_kept_nowhere_either(client, db):
    assert "no-store" in client.get("/masuk/")["Cache-Control"]
    assert "no-store" in client.get("/tampilan/")["Cache-Control"]


def test_every_page_says_what_it_may_never_ask_for(client, client_as, db):
    for response in (
        client.get("/masuk/"),
        client.get("/tidak-ada/"),
        client_as("learner").get("/"),
    ):
        assert response["Permissions-Policy"] == PERMISSIONS_POLICY
    assert "camera=()" in PERMISSIONS_POLICY
    assert site_settings.ELEARNING_STAFF_SESSION == HALF_DAY
