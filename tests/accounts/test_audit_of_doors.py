"""What happens at the door is on the trail, and its person is told by mail."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts import actions
from accounts.models import AuditRecord
from tests.accounts.test_login import NIP, PASSWORD, ask_for_reset, sign_in, wrong
from tests.accounts.test_second_factor import SECRET, code_of, send
from tests.factories import make_person

NEW = "kereta-baru-jendela"


@pytest.fixture
def person(world, now):
    """Somebody with a password and an address."""
    person = make_person(
        unit=world.office, now=now, nip=NIP, email="budi.contoh@contoh.example"
    )
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    return person


def verbs(*rooms: str) -> list[str]:
    """Return what the trail says was done at the door since the beginning."""
    rooms = rooms or ("sign_in", "second_factor", "recovery_codes", "password")
    return [
        row.verb
        for row in AuditRecord.objects.order_by("pk")
        if row.verb.split(".")[1] in rooms and row.verb != "accounts.person.created"
    ]


def last(verb: str) -> AuditRecord:
    """Return the newest record of a verb."""
    return AuditRecord.objects.filter(verb=verb).latest("pk")


def test_coming_and_going_is_recorded(client, person):
    sign_in(client, NIP)
    client.post("/keluar/")

    assert verbs() == ["accounts.sign_in.succeeded", "accounts.sign_in.ended"]
    assert last("accounts.sign_in.succeeded").actor_id == person.pk


def test_mistakes_and_the_waits_that_they_lead_to_are_recorded(client, person):
    for _ in range(6):
        wrong(client)

    failed, delayed = "accounts.sign_in.failed", "accounts.sign_in.delayed"
    assert verbs() == [failed] * 5 + [delayed]
    row = last(delayed)
    assert (row.actor_id, row.object_id) == (None, person.pk)
    assert row.detail["secret"] == "password"


def test_a_mistake_with_nobodys_number_is_recorded_without_the_number(client, person):
    wrong(client, "199001182015041902")

    row = last("accounts.sign_in.failed")
    assert (row.actor_id, row.object_id) == (None, None)
    assert "1990" not in str(row.detail)


def test_a_place_is_told_apart_and_not_told(client, person):
    for there in ("203.0.113.9", "203.0.113.9", "203.0.113.10"):
        wrong(client, REMOTE_ADDR=there)

    places = [row.detail["place"] for row in AuditRecord.objects.order_by("-pk")[:3]]
    assert places[1] == places[2] != places[0]
    assert not any("203" in place and "." in place for place in places)


def test_a_reset_is_recorded_and_its_person_is_told(client, person):
    ask_for_reset(client, "budi.contoh@contoh.example")
    link = re.search(r"http://[^/]+(/sandi/baru/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert verbs() == ["accounts.password.reset_asked", "accounts.password.reset"]
    notice = mail.outbox[1]
    assert notice.to == ["budi.contoh@contoh.example"]
    assert notice.subject == "Kata sandi baru dibuat"
    for words in ("Sabtu, 21 November 2026, 08.30 WIB", "127.0.0.1", "Melek"):
        assert words in notice.body


def test_asking_for_a_strangers_address_leaves_no_trace_of_it(client, person):
    ask_for_reset(client, "siapa@contoh.example")

    assert verbs() == []


def test_a_changed_password_is_recorded_and_told(client_of, person):
    her = client_of(person)
    her.post("/sandi/ubah/", {"oldpassword": "salah"})
    her.post(
        "/sandi/ubah/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert verbs() == ["accounts.sign_in.failed", "accounts.password.changed"]
    assert [one.subject for one in mail.outbox] == ["Kata sandi Anda diubah"]


def test_a_notice_that_cannot_be_sent_undoes_nothing(
    client_of, person, monkeypatch, settings
):
    def refuse(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    answer = client_of(person).post(
        "/sandi/ubah/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_everything_about_the_second_factor_is_recorded_and_told(
    client_of, transactional_db, now, clock
):
    from tests.factories import make_world

    world = make_world(now=now)
    person = make_person(
        unit=world.office, now=now, nip=NIP, email="budi.contoh@contoh.example"
    )
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    her = client_of(None)
    sign_in(her, NIP)
    her.post("/sandi/konfirmasi/", {"password": PASSWORD})
    her.get("/langkah-kedua/aktifkan/")
    session = her.session
    session["mfa.totp.secret"] = SECRET
    session.save()

    her.post("/langkah-kedua/aktifkan/", {"code": "000000"})
    her.post("/langkah-kedua/aktifkan/", {"code": code_of(now)})
    her.get("/langkah-kedua/kode-cadangan/")
    her.get("/langkah-kedua/kode-cadangan/unduh/")
    her.post("/langkah-kedua/kode-cadangan/baru/")
    her.post("/langkah-kedua/nonaktifkan/")

    assert verbs() == [
        "accounts.sign_in.succeeded",
        "accounts.sign_in.failed",
        "accounts.second_factor.activated",
        "accounts.recovery_codes.shown",
        "accounts.recovery_codes.downloaded",
        "accounts.recovery_codes.renewed",
        "accounts.second_factor.deactivated",
    ]
    assert [one.subject for one in mail.outbox] == [
        "Verifikasi dua langkah aktif",
        "Kode cadangan baru dibuat",
        "Verifikasi dua langkah nonaktif",
    ]


def test_a_wrong_code_is_recorded_and_the_right_one_signs_in(client, person, now):
    Authenticator.objects.create(user=person, type="totp", data={"secret": SECRET})
    sign_in(client, NIP)

    send(client, "000000")
    send(client, code_of(now))

    assert verbs() == ["accounts.sign_in.failed", "accounts.sign_in.succeeded"]
    assert last("accounts.sign_in.failed").detail["secret"] == "code"


def test_a_session_of_staff_that_ended_is_recorded(client_as, clock, now, settings):
    settings.ELEARNING_STAFF_SESSION = timedelta(hours=12)
    staff = client_as("hr")
    staff.get("/akun/")
    clock.move_to(now + timedelta(hours=13))

    staff.get("/akun/")

    assert verbs() == ["accounts.sign_in.ended"]
