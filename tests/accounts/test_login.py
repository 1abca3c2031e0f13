"""Signing in, with what people type and what they get wrong."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from accounts import actions
from accounts.models import User
from tests.factories import make_person

NIP = "199001172015041901"
PASSWORD = "katasandi-uji-contoh"
MISTAKEN = "NIP atau kata sandi belum cocok"


@pytest.fixture
def person(world, now) -> User:
    """Somebody with a password and an address."""
    person = make_person(
        unit=world.office, now=now, nip=NIP, email="budi.contoh@contoh.example"
    )
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    return person


def sign_in(client, login: str, password: str = PASSWORD, **over):
    """Send the form of the login page."""
    return client.post("/masuk/", {"login": login, "password": password, **over})


def is_signed_in(client) -> bool:
    """Say whether the client's session belongs to somebody."""
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "typed",
    [
        NIP,
        "19900117 201504 1 901",
        " 199001172015041901 ",
        "19900117.201504.1.901",
        "19900117-201504-1-901",
        "budi.contoh@contoh.example",
        "Budi.Contoh@CONTOH.example",
    ],
)
def test_what_people_type_signs_them_in(client, person, typed):
    response = sign_in(client, typed)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


@pytest.mark.parametrize("role", ["author", "reviewer", "hr", "admin"])
def test_people_with_a_role_sign_in_by_the_form(client, person, world, now, role):
    actions.assign_role(person=person, unit=world.office, role=role, by=None, now=now)

    response = sign_in(client, NIP)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("length", [8, 17, 19])
def test_a_number_of_another_length_is_told_its_length(client, person, length):
    response = sign_in(client, (NIP * 2)[:length])

    assert response.status_code == 200
    assert f"{length} angka" in response.content.decode()
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_number_get_the_same_words(client, person):
    answers = [
        sign_in(client, NIP, "salah-salah-salah").content.decode(),
        sign_in(client, "199001182015041902").content.decode(),
        sign_in(client, "tidak.ada@contoh.example").content.decode(),
    ]

    assert all(MISTAKEN in answer for answer in answers)
    assert not is_signed_in(client)


def test_a_person_who_was_let_go_cannot_sign_in(client, person, now):
    actions.set_active(person=person, is_active=False, by=None, now=now)

    response = sign_in(client, NIP)

    assert (response.status_code, response["Location"]) == (302, "/tidak-aktif/")
    assert not is_signed_in(client)


def test_a_wrong_password_of_a_person_who_was_let_go_says_no_more(client, person, now):
    actions.set_active(person=person, is_active=False, by=None, now=now)

    response = sign_in(client, NIP, "salah-salah-salah")

    assert MISTAKEN in response.content.decode()


def test_after_five_mistakes_waits_grow_and_end_by_themselves(
    client, person, clock, now
):
    for _ in range(4):
        assert MISTAKEN in wrong(client).content.decode()
    moment = now
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert MISTAKEN in wrong(client).content.decode()
        # Even the right password, however the number is typed.
        refused = sign_in(client, "19900117 201504 1 901").content.decode()
        assert f"Tunggu {minutes} menit" in refused
        moment += timedelta(minutes=minutes)
        clock.move_to(moment)

    sign_in(client, NIP)
    assert is_signed_in(client)


def wrong(client, login: str = NIP, **headers):
    """Send a wrong password."""
    return client.post(
        "/masuk/", {"login": login, "password": "salah-salah-salah"}, **headers
    )


def test_whoever_got_it_right_has_her_mistakes_forgotten(client, person):
    for _ in range(4):
        wrong(client)
    sign_in(client, NIP)
    client.logout()

    wrong(client)

    sign_in(client, NIP)
    assert is_signed_in(client)


def test_a_training_room_signs_in_behind_one_address(client, person):
    for _ in range(70):
        sign_in(client, NIP)
        assert is_signed_in(client)
        client.logout()


def test_guessing_at_many_accounts_from_one_address_is_slowed_down(client, person):
    for number in range(60):
        wrong(client, f"1990011720150419{number:02d}")

    assert "Tunggu 1 menit" in sign_in(client, NIP).content.decode()
    elsewhere = client.post(
        "/masuk/", {"login": NIP, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9"
    )
    assert elsewhere.status_code == 302


def test_number_and_address_in_mails_are_one_account(client, person):
    for login in (NIP, "budi.contoh@contoh.example") * 3:
        wrong(client, login)

    assert "Tunggu 1 menit" in sign_in(client, NIP).content.decode()


def test_a_stranger_elsewhere_locks_nobody_out(client, person):
    for _ in range(20):
        wrong(client, REMOTE_ADDR="203.0.113.9")

    sign_in(client, NIP)

    assert is_signed_in(client)


def test_guessing_from_many_places_is_slowed_down_but_not_at_her_own(
    client, person, clock, now
):
    sign_in(client, NIP)
    client.logout()
    for number in range(100):
        wrong(client, REMOTE_ADDR=f"203.0.113.{number}")

    elsewhere = client.post(
        "/masuk/", {"login": NIP, "password": PASSWORD}, REMOTE_ADDR="198.51.100.7"
    )
    assert "Tunggu 1 menit" in elsewhere.content.decode()
    sign_in(client, NIP)
    assert is_signed_in(client)


def test_an_ipv6_household_is_one_address(client, person):
    for number in range(5):
        wrong(client, REMOTE_ADDR=f"2001:db8:1:2::{number}")

    refused = client.post(
        "/masuk/", {"login": NIP, "password": PASSWORD}, REMOTE_ADDR="2001:db8:1:2::ff"
    )

    assert "Tunggu 1 menit" in refused.content.decode()


def test_waits_hold_while_the_cache_is_away(client, person, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    for _ in range(5):
        wrong(client)

    assert "Tunggu 1 menit" in sign_in(client, NIP).content.decode()


def test_the_old_password_cannot_be_guessed_in_a_session_left_open(
    client_of, person, clock, now
):
    left_open = client_of(person)
    new = "kereta-baru-jendela"
    for number in range(5):
        clock.move_to(now + timedelta(minutes=number))
        left_open.post(
            "/sandi/ubah/",
            {"oldpassword": "salah", "password1": new, "password2": new},
        )

    refused = left_open.post(
        "/sandi/ubah/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert "Tunggu 1 menit" in refused.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_mistakes_with_one_number_do_not_lock_another_one_out(client, person):
    for _ in range(5):
        sign_in(client, "199001182015041902", "salah-salah-salah")

    sign_in(client, NIP)

    assert is_signed_in(client)


@pytest.mark.parametrize(("remember", "days"), [("on", 30), ("", None)])
def test_people_stay_signed_in_only_where_they_asked_for_it(
    client, person, remember, days
):
    sign_in(client, NIP, **({"remember": remember} if remember else {}))

    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == (days * 24 * 3600 if days else "")


def test_after_signing_in_people_land_where_they_wanted_to_go(client, person):
    asked = client.get("/sertifikat/")
    assert asked["Location"] == "/masuk/?next=/sertifikat/"

    response = client.post(
        asked["Location"],
        {"login": NIP, "password": PASSWORD, "next": "/sertifikat/"},
    )

    assert response["Location"] == "/sertifikat/"


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example/"])
def test_signing_in_leads_to_no_other_site(client, person, elsewhere):
    response = client.post(
        "/masuk/", {"login": NIP, "password": PASSWORD, "next": elsewhere}
    )

    assert response["Location"] == "/"


def test_whoever_was_stopped_while_sending_a_form_comes_back_to_a_page(client, person):
    # A session that ended under the person: a form's address answers POST only.
    response = client.post(
        "/kursus/contoh/ikuti/", headers={"referer": "http://testserver/kursus/contoh/"}
    )

    assert response["Location"] == "/masuk/?next=/kursus/contoh/"


@pytest.mark.parametrize("referer", ["", "https://jahat.example/kursus/", "::"])
def test_a_stopped_form_from_nowhere_leads_home(client, db, referer):
    response = client.post("/kursus/contoh/ikuti/", headers={"referer": referer})

    assert response["Location"] == "/masuk/?next=/"


def test_signing_out_takes_a_post(client, person):
    sign_in(client, NIP)

    client.get("/keluar/")
    assert is_signed_in(client)

    response = client.post("/keluar/")
    assert response["Location"] == "/masuk/"
    assert not is_signed_in(client)


def test_nobody_can_sign_up(client, db):
    response = client.post(
        "/daftar/", {"username": NIP, "password1": PASSWORD, "nip": NIP}
    )

    assert response.status_code == 200
    assert User.objects.count() == 0


# --- a forgotten password ----------------------------------------------------------
def ask_for_reset(client, email: str):
    """Send the form of the page for a forgotten password."""
    return client.post("/sandi/lupa/", {"email": email})


def test_a_forgotten_password_is_replaced_by_mail(client, person):
    ask_for_reset(client, "budi.contoh@contoh.example")
    (message,) = mail.outbox
    assert message.to == ["budi.contoh@contoh.example"]
    link = re.search(r"http://[^/]+(/sandi/baru/\S+)", message.body).group(1)

    form = client.get(link, follow=True)
    new = "kereta-baru-jendela"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    client.logout()
    sign_in(client, NIP, new)
    assert is_signed_in(client)


def test_a_new_person_makes_her_first_password_by_mail(client, world, now):
    make_person(unit=world.office, now=now, email="baru@contoh.example")

    ask_for_reset(client, "baru@contoh.example")

    (message,) = mail.outbox
    assert "/sandi/baru/" in message.body


def test_asking_for_an_unknown_address_looks_the_same(client, person):
    known = ask_for_reset(client, "budi.contoh@contoh.example")
    unknown = ask_for_reset(client, "siapa@contoh.example")

    assert (known.status_code, known["Location"]) == (302, "/sandi/lupa/terkirim/")
    assert (unknown.status_code, unknown["Location"]) == (302, "/sandi/lupa/terkirim/")
    # Nobody makes the site write to strangers.
    assert [message.to for message in mail.outbox] == [["budi.contoh@contoh.example"]]


def test_a_mailbox_is_not_filled_with_requests(client, person):
    answers = [
        ask_for_reset(client, "Budi.contoh@contoh.example").status_code
        for _ in range(6)
    ]

    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


# --- the second factor -------------------------------------------------------------
def test_staff_are_asked_for_a_second_factor_where_the_site_demands_one(
    world, client_of, settings
):
    settings.ELEARNING_STAFF_MFA = True
    hr = client_of(world.people["hr"])

    assert hr.get("/kursus/")["Location"] == "/langkah-kedua/"
    assert hr.get("/tampilan/").status_code == 200


def test_learners_are_never_asked_for_a_second_factor(world, client_of, settings):
    settings.ELEARNING_STAFF_MFA = True

    assert client_of(world.people["learner"]).get("/sertifikat/").status_code == 200
