"""What a provider says is taken only where it speaks of one person and proves her."""

import pytest

from accounts.single_sign_on.claims import (
    Claims,
    ClaimsRefused,
    proves,
    read_claims,
)
from tests.every_case import every_case

NIP = "198503012010011901"
TOKEN = {"iss": "https://a", "sub": "s-1"}


def claims(**said: object) -> Claims:
    return read_claims({"id_token": {**TOKEN, **said}}, nip_claim="nip")


def test_what_is_taken():
    said = {
        "id_token": TOKEN,
        "userinfo": {"sub": "s-1", "nip": "19850301 201001 1 901"},
    }

    assert read_claims(said, nip_claim="nip") == Claims("https://a", "s-1", nip=NIP)


@every_case(
    "said",
    [
        {},
        {"id_token": "x"},
        {"id_token": {"sub": "s-1"}},
        {"id_token": {"iss": "https://a"}},
        {"id_token": {"iss": "https://a", "sub": ""}},
        {"id_token": TOKEN, "userinfo": {"sub": "s-2"}},
        {"id_token": TOKEN, "userinfo": {"nip": NIP}},
        {"id_token": TOKEN, "userinfo": ["s-1"]},
    ],
)
def test_what_speaks_of_nobody_or_of_two_is_refused(said):
    with pytest.raises(ClaimsRefused):
        read_claims(said, nip_claim="nip")


def test_the_same_subject_at_another_provider_is_somebody_else():
    one, other = claims(), claims(iss="https://b")

    assert one.uid != other.uid
    assert one.uid == claims(name="Siti").uid


@every_case(
    ("verified", "taken"),
    [(True, "siti@a.id"), ("true", "siti@a.id"), (False, ""), ("yes", ""), (None, "")],
)
def test_only_a_verified_address_is_taken(verified, taken):
    said = claims(email="Siti@A.id", email_verified=verified)

    assert said.verified_email == taken


@every_case(
    ("said", "trusts_nip", "is_proof"),
    [
        ({"nip": NIP, "email": "siti@a.id", "email_verified": True}, False, True),
        ({"nip": NIP, "email": "siti@a.id", "email_verified": False}, False, False),
        ({"nip": NIP, "email": "budi@a.id", "email_verified": True}, False, False),
        ({"nip": NIP}, False, False),
        ({"nip": NIP}, True, True),
        ({"nip": NIP[:-1] + "2"}, True, False),
        ({"email": "siti@a.id", "email_verified": True}, True, False),
        ({"nip": 198503012010011901}, True, False),
    ],
)
def test_number_and_verified_address_prove_together(said, trusts_nip, is_proof):
    answer = proves(claims(**said), nip=NIP, email="Siti@a.id", trusts_nip=trusts_nip)

    assert answer is is_proof


def test_nobody_is_proven_where_nothing_is_known_of_either():
    assert not proves(claims(), nip="", email="", trusts_nip=True)
