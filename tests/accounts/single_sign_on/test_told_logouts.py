"""The provider says that somebody is out there, and she is out here."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from accounts.models import AuditRecord, KnownSession, User
from accounts.single_sign_on.logout_tokens import EVENT
from tests.accounts.single_sign_on.signing_provider import SigningProvider
from tests.factories import make_world

TOLD = "/masuk/sso/keluar/"


@pytest.fixture
def siti(db, signing, settings) -> User:
    """A person whom the provider knows as kc-1, in a world whose clock runs."""
    settings.ELEARNING_SSO_TRUSTS_NIP = True
    person = make_world(now=timezone.now()).people["learner"]
    signing.people["kc-1"] = {"nip": person.nip}
    return person


def come(signing: SigningProvider, session: str | None = None) -> Client:
    """Sign in there as kc-1, in a session of that name, and come back."""
    signing.people["kc-1"]["sid"] = session
    browser = Client()
    leaving = urlsplit(browser.get("/masuk/sso/")["Location"])
    state = parse_qs(leaving.query)["state"][0]
    browser.get("/masuk/sso/kembali/", {"code": "kc-1", "state": state})
    assert is_in(browser)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/akun/").status_code == 200


def tell(token: str):
    return Client(enforce_csrf_checks=True).post(TOLD, {"logout_token": token})


def test_a_session_there_ends_the_ones_here_that_came_of_it(signing, siti):
    first, second, old = come(signing, "s-1"), come(signing, "s-2"), come(signing)
    own = Client()
    own.force_login(siti)
    assert "s-1" not in str(KnownSession.objects.values())

    answer = tell(signing.logout_token(sub="kc-1", sid="s-1"))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    # Nobody knows which session there the old one came of.
    assert [is_in(one) for one in (first, second, old, own)] == [
        False,
        True,
        False,
        True,
    ]
    record = AuditRecord.objects.get(verb="accounts.sso.sessions_ended")
    assert (record.object_id, record.detail["count"]) == (siti.pk, 2)


def test_she_is_found_by_her_name_alone_and_by_a_session_alone(signing, siti):
    first, second = come(signing, "s-1"), come(signing, "s-2")
    tell(signing.logout_token(sid="s-1"))
    assert [is_in(first), is_in(second)] == [False, True]

    tell(signing.logout_token(sub="kc-1"))
    assert not is_in(second)


def test_keys_that_were_changed_count_and_those_of_before_do_not(signing, siti):
    browser, before = come(signing, "s-1"), signing.key
    assert tell(signing.logout_token(sub="x")).status_code == 200
    asked = len(signing.asked)
    assert tell(signing.logout_token(sub="y")).status_code == 200
    assert len(signing.asked) == asked, "Keys are kept for a minute."

    signing.change_keys()
    assert tell(signing.logout_token(before, sub="kc-1")).status_code == 400
    # Asked for anew every few seconds at most.
    from django.core.cache import cache

    cache.delete("sso-keys-asked")
    assert tell(signing.logout_token(sub="kc-1")).status_code == 200
    assert not is_in(browser)


def test_what_does_not_count_ends_nothing_and_tells_nothing(signing, siti):
    browser, now = come(signing, "s-1"), int(time.time())
    right = {"sub": "kc-1", "sid": "s-1"}
    used = signing.logout_token(sub="nobody")
    assert tell(used).status_code == 200
    stranger = ec.generate_private_key(ec.SECP256R1())
    wrong = {
        "came before": used,
        "nothing": "",
        "no token": "a.b.c",
        "long": "a" * 20_000,
        "signed by another": signing.logout_token(stranger, **right),
        "for another site": signing.logout_token(**right, aud="lain"),
        "of another provider": signing.logout_token(**right, iss="https://x.example"),
        "old": signing.logout_token(**right, iat=now - 1000),
        "of tomorrow": signing.logout_token(**right, iat=now + 1000),
        "over": signing.logout_token(**right, exp=now - 1000),
        "without a moment": signing.logout_token(**right, iat=None),
        "without an id": signing.logout_token(**right, jti=None),
        "a number for an id": signing.logout_token(**right, jti=7),
        "an ID token": signing.logout_token(**right, nonce="n"),
        "without events": signing.logout_token(**right, events=None),
        "another event": signing.logout_token(**right, events={"x": {}}),
        "no object": signing.logout_token(**right, events={EVENT: True}),
        "no events": signing.logout_token(**right, events=[EVENT]),
        "nobody": signing.logout_token(),
        "a list of names": signing.logout_token(sub=["kc-1"]),
    }

    told = {name: tell(token) for name, token in wrong.items()}

    assert {name for name, answer in told.items() if answer.status_code != 400} == set()
    assert told["old"].json() == {"error": "invalid_request"}
    assert is_in(browser)
    assert tell(signing.logout_token(**right)).status_code == 200


def test_a_provider_that_is_away_is_a_refusal_and_no_fault(signing, siti):
    token = signing.logout_token(sub="kc-1")
    signing.stop()

    assert tell(token).status_code == 400


def test_a_provider_that_speaks_for_another_or_sends_elsewhere_is_not_believed(
    signing, siti, monkeypatch
):
    assert Client().get("/masuk/sso/").status_code == 302
    honest = signing.answer

    def lying(path, sent):
        said = honest(path, sent)
        return {**said, "issuer": "https://x.example"} if "issuer" in said else said

    monkeypatch.setattr(signing, "answer", lying)
    assert Client().get("/masuk/sso/").status_code == 503
    assert tell(signing.logout_token(sub="kc-1")).status_code == 400

    monkeypatch.setattr(signing, "answer", honest)
    monkeypatch.setattr(signing, "moved_to", f"{signing.issuer}/lain")
    assert Client().get("/masuk/sso/").status_code == 503
