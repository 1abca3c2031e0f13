"""Codes of the second factor: tolerance, waits, and each code once."""

import base64
import hashlib
import hmac
import struct
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from accounts import actions
from tests.accounts.test_login import NIP, PASSWORD, is_signed_in, sign_in
from tests.factories import make_person

SECRET = base64.b32encode(b"rahasia-uji-contoh-1").decode()
HALF_MINUTE = timedelta(seconds=30)


def code_of(moment) -> str:
    """Return the code that a phone shows at a moment (RFC 6238)."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"


@pytest.fixture
def person(world, now):
    """Somebody with a password and a second factor."""
    person = make_person(
        unit=world.office, now=now, nip=NIP, email="budi.contoh@contoh.example"
    )
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET}
    )
    return person


def send(client, code: str, **extra):
    """Send the second step of signing in."""
    return client.post("/langkah-kedua/masuk/", {"code": code}, **extra)


@pytest.mark.parametrize(
    ("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_go_wrong_by_half_a_minute(client, person, now, steps, is_taken):
    sign_in(client, NIP)

    send(client, code_of(now + steps * HALF_MINUTE))

    assert is_signed_in(client) is is_taken


@pytest.mark.parametrize("later", [0, 29, 31, 59])
@pytest.mark.parametrize("cache", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_code_works_once_as_long_as_it_is_taken(
    client, client_of, person, clock, now, settings, later, cache
):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache}"}}
    code = code_of(now + HALF_MINUTE)
    sign_in(client, NIP)
    send(client, code)
    assert is_signed_in(client)

    clock.move_to(now + timedelta(seconds=later))
    thief = client_of(None)
    sign_in(thief, NIP)
    refused = send(thief, f" {code[:3]}-{code[3:]} ")

    assert not is_signed_in(thief)
    assert "sudah dipakai" in refused.content.decode()


def test_codes_wait_after_five_mistakes_also_without_a_cache(
    client, person, now, settings
):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    sign_in(client, NIP)
    for _ in range(5):
        send(client, "000000")

    refused = send(client, code_of(now))

    assert "Tunggu 1 menit" in refused.content.decode()
    assert not is_signed_in(client)


def test_codes_guessed_from_many_places_wait_for_all_of_them(
    client_of, person, clock, now
):
    for number in range(20):
        there = f"203.0.113.{number}"
        guesser = client_of(None)
        guesser.post("/masuk/", {"login": NIP, "password": PASSWORD}, REMOTE_ADDR=there)
        send(guesser, "000000", REMOTE_ADDR=there)

    refused = send(guesser, code_of(now), REMOTE_ADDR=there)

    assert "Tunggu 1 menit" in refused.content.decode()


def test_the_code_that_set_a_phone_up_signs_nobody_in(client_of, world, now):
    person = make_person(unit=world.office, now=now, nip=NIP)
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    own = client_of(None)
    sign_in(own, NIP)
    own.post("/sandi/konfirmasi/", {"password": PASSWORD})
    own.get("/langkah-kedua/aktifkan/")
    session = own.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    own.post("/langkah-kedua/aktifkan/", {"code": code_of(now)})
    assert Authenticator.objects.filter(user=person, type="totp").exists()

    thief = client_of(None)
    sign_in(thief, NIP)
    send(thief, code_of(now))

    assert not is_signed_in(thief)
