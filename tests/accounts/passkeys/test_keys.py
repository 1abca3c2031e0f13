"""Keys on a telephone: made, named, taken away, and what lets in and what does not."""

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from accounts import actions
from accounts.models import AuditRecord
from accounts.passkeys.forms import MOST_KEYS
from tests.accounts.passkeys.device import Device
from tests.accounts.test_login import NIP, PASSWORD, is_signed_in, sign_in
from tests.factories import make_person

KEYS, DOOR = "/langkah-kedua/kunci-sandi/", "/masuk/kunci-sandi/"
STEP = "/langkah-kedua/masuk/"


@pytest.fixture
def person(world, now):
    """Somebody with a password and no second factor."""
    person = make_person(
        unit=world.office, now=now, nip=NIP, email="budi.contoh@contoh.example"
    )
    actions.set_password(person=person, password=PASSWORD, by=None, now=now)
    return person


@pytest.fixture
def secure(client_of):
    """Return a browser that speaks https, as keys demand."""

    def make(person=None):
        browser = client_of(person)
        browser.defaults["wsgi.url_scheme"] = "https"
        return browser

    return make


def options_in(response) -> dict:
    (said,) = re.findall(r'data-options="([^"]+)"', response.content.decode())
    return json.loads(html.unescape(said))


def asked_at_the_door(browser) -> dict:
    answer = browser.get(DOOR, headers={"X-Requested-With": "XMLHttpRequest"})
    return answer.json()["request_options"]


def send(browser, address, credential, **more):
    return browser.post(address, {"credential": json.dumps(credential), **more})


def make_key(browser, device, name="HP saya"):
    credential = device.create(options_in(browser.get(KEYS)))
    return send(browser, KEYS, credential, name=name)


@pytest.fixture
def her(secure, person):
    """Her own browser, where she has just said her password again."""
    browser = secure()
    sign_in(browser, NIP)
    browser.post("/sandi/konfirmasi/", {"password": PASSWORD})
    return browser


@pytest.fixture
def device(her):
    """Her telephone with a key for her account."""
    device = Device()
    assert make_key(her, device)["Location"] == "/langkah-kedua/kode-cadangan/"
    return device


def verbs(person) -> list[str]:
    rows = AuditRecord.objects.filter(object_id=person.pk, verb__contains="passkey")
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_a_key_is_made_named_and_taken_away_and_she_is_told(her, person, device):
    key = Authenticator.objects.get(user=person, type="webauthn")
    page = her.get("/langkah-kedua/").content.decode()
    assert "HP saya" in page
    assert NIP not in json.dumps(key.data)

    named = her.post(f"{KEYS}{key.pk}/nama/", {"name": "Samsung"})
    assert named["Location"] == "/langkah-kedua/"
    assert "Samsung" in her.get("/langkah-kedua/").content.decode()
    warning = her.get(f"{KEYS}{key.pk}/hapus/").content.decode()
    assert "langkah kedua Anda yang terakhir" in warning
    her.post(f"{KEYS}{key.pk}/hapus/")

    # Recovery codes alone are no second factor.
    assert not Authenticator.objects.filter(user=person).exists()
    assert verbs(person) == [
        "accounts.passkey.added",
        "accounts.passkey.renamed",
        "accounts.passkey.removed",
    ]
    assert {"Kunci sandi ditambahkan", "Kunci sandi dihapus"} <= {
        message.subject for message in mail.outbox
    }


def test_nobody_touches_the_key_of_somebody_else(device, person, world, secure):
    key = Authenticator.objects.get(user=person, type="webauthn")
    other = secure(world.people["hr"])

    for what in ("nama", "hapus"):
        address = f"{KEYS}{key.pk}/{what}/"
        assert other.get(address).status_code == 404
        assert other.post(address, {"name": "x"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data == key.data


def test_after_the_password_the_key_lets_in_and_a_recovery_code_too(
    secure, person, device
):
    by_key, by_code = secure(), secure()
    sign_in(by_key, NIP)
    assert not is_signed_in(by_key)
    send(by_key, STEP, device.get(options_in(by_key.get(STEP))))
    assert is_signed_in(by_key)

    sign_in(by_code, NIP)
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
    by_code.post(STEP, {"code": codes.get_unused_codes()[0]})
    assert is_signed_in(by_code)


def test_a_key_lets_in_alone_to_where_she_wanted(secure, person, device):
    browser = secure()

    answer = send(browser, DOOR, device.get(asked_at_the_door(browser)), next="/akun/")

    assert answer["Location"] == "/akun/"
    assert is_signed_in(browser)


def test_nobody_is_let_in_by_anything_else(
    secure, person, device, world, now, settings
):
    def tried(made) -> bool:
        browser = secure()
        made(browser)
        return is_signed_in(browser)

    def unverified(browser):
        weak = Device(private=device.private, handle=device.handle, is_verifying=False)
        send(browser, DOOR, weak.get(asked_at_the_door(browser)))

    def foreign_key(browser):
        foreign = Device(handle=device.handle)
        send(browser, DOOR, foreign.get(asked_at_the_door(browser)))

    def foreign_site(browser):
        site = Device("https://jahat.example", private=device.private)
        site.handle = device.handle
        send(browser, DOOR, site.get(asked_at_the_door(browser)))

    def heard_elsewhere(browser):
        other = secure()
        heard = device.get(asked_at_the_door(other))
        send(other, DOOR, heard)
        asked_at_the_door(browser)
        send(browser, DOOR, heard)

    def never_asked(browser):
        send(browser, DOOR, device.get(asked_at_the_door(secure())))

    def closed(browser):
        person.is_active = False
        person.save(update_fields=["is_active"])
        send(browser, DOOR, device.get(asked_at_the_door(browser)))

    wrong = (
        unverified,
        foreign_key,
        foreign_site,
        heard_elsewhere,
        never_asked,
        closed,
    )
    assert [made.__name__ for made in wrong if tried(made)] == []
    failed = AuditRecord.objects.filter(verb="accounts.sign_in.failed")
    assert failed.count() == len(wrong) - 1

    settings.ELEARNING_PASSKEY_SIGN_IN = False
    assert secure().get(DOOR).status_code == 404
    assert "kunci-sandi" not in secure().get("/masuk/").content.decode()


def test_what_no_browser_brings_is_a_sentence_and_no_fault(secure, her, device):
    good = device.create(options_in(her.get(KEYS)))
    used = device.get(asked_at_the_door(secure()))
    spoilt = ["", "{", "[]", '"x"', "1", "null", "{}", "[" * 5000, "9" * 20_000]
    for whole in (good, used):
        for name in whole:
            spoilt.append(json.dumps({**whole, name: None}))
            spoilt.append(json.dumps({**whole, name: "\x00"}))
        for part in whole["response"]:
            for bad in (None, 1, "", "\x00", "AAAA", "é"):
                response = {**whole["response"], part: bad}
                spoilt.append(json.dumps({**whole, "response": response}))

    for text in spoilt:
        browser = secure()
        asked_at_the_door(browser)
        at_the_door = browser.post(DOOR, {"credential": text})
        assert at_the_door.status_code == 302, text
        assert not is_signed_in(browser), text
        assert her.post(KEYS, {"credential": text}).status_code == 200, text


def test_what_is_kept_is_what_was_understood(her, person):
    said = Device().create(options_in(her.get(KEYS)))
    said["clientExtensionResults"] = {"x": "\x00", "y": "z" * 9000}

    send(her, KEYS, {**said, "more": "\x00"}, name="\x00 HP")
    send(her, KEYS, {**said, "more": "\x00"}, name="HP")

    (key,) = Authenticator.objects.filter(user=person, type="webauthn")
    assert key.data["credential"]["clientExtensionResults"] == {}
    assert set(key.data["credential"]) <= {*said, "authenticatorAttachment"}


def test_a_key_that_asks_nobody_is_made_only_where_it_lets_in_after_a_password(
    her, settings
):
    assert make_key(her, Device(is_verifying=False)).status_code == 200

    settings.ELEARNING_PASSKEY_SIGN_IN = False
    assert make_key(her, Device(is_verifying=False)).status_code == 302


def test_a_person_keeps_so_many_keys_and_no_more(her, person, device):
    row = Authenticator.objects.get(user=person, type="webauthn")
    for _ in range(MOST_KEYS - 1):
        Authenticator.objects.create(user=person, type="webauthn", data=row.data)

    refused = make_key(her, Device(key_id=b"satu lagi"))

    assert "Hapus satu" in refused.content.decode()


def test_a_key_confirms_before_something_that_matters(her, device):
    session = her.session
    session["account_authentication_methods"] = []
    session.save()

    asked = her.get(KEYS)
    assert asked.status_code == 302
    address = f"{KEYS}konfirmasi/?next={KEYS}"
    answer = send(her, address, device.get(options_in(her.get(address))), next=KEYS)

    assert answer["Location"] == KEYS
    assert her.get(KEYS).status_code == 200


def test_staff_are_content_with_a_key_where_a_second_factor_is_demanded(
    world, secure, settings
):
    settings.ELEARNING_STAFF_MFA = True
    hr = secure(world.people["hr"])
    assert hr.get("/sdm/")["Location"] == "/langkah-kedua/"

    make_key(hr, Device())

    assert hr.get("/sdm/").status_code == 200
