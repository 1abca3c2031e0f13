"""An ID token counts where the provider signed it, for this site, just now."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from accounts.single_sign_on.id_tokens import IdTokenRefused, verified
from tests.every_case import every_case

KEY = rsa.generate_private_key(65537, 2048)
OTHER = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def public(key, name: str | None = None, **said: str) -> dict[str, str]:
    is_curve = isinstance(key, ec.EllipticCurvePrivateKey)
    kinds = jwt.algorithms
    kind = kinds.ECAlgorithm if is_curve else kinds.RSAAlgorithm
    named = {"kid": name} if name else {}
    return {**json.loads(kind.to_jwk(key.public_key())), **named, **said}


def token(key=KEY, *, name: str | None = None, alg: str = "RS256", **said) -> str:
    now = int(time.time())
    claims = {
        "iss": "https://a",
        "sub": "s-1",
        "aud": "melek",
        "iat": now,
        # Collected long before it is tried.
        "exp": now + 86_400,
        **said,
    }
    present = {key: value for key, value in claims.items() if value is not None}
    return jwt.encode(present, key, alg, headers={"kid": name} if name else {})


def judged(written: str, *keys: dict[str, str]) -> dict:
    known = {"keys": list(keys or [public(KEY)])}
    return verified(written, keys=known, issuer="https://a", audience="melek")


@every_case(
    ("written", "keys"),
    [
        (token(), [public(KEY)]),
        (token(name="k1"), [public(OTHER, "k0"), public(KEY, "k1")]),
        (token(), [public(KEY, "k1")]),
        (token(), [public(KEY), public(OTHER, use="enc")]),
        (token(CURVE, alg="ES256"), [public(CURVE)]),
        (token(aud=["melek", "x"], azp="melek"), [public(KEY)]),
        # Its clock is half a minute ahead.
        (token(iat=int(time.time()) + 30), [public(KEY)]),
    ],
)
def test_what_the_provider_signed_for_us_counts(written, keys):
    assert judged(written, *keys)["sub"] == "s-1"


@every_case(
    ("written", "keys"),
    [
        (token(OTHER), [public(KEY)]),
        (token(name="k2"), [public(KEY, "k1")]),
        # Two keys and no name: nobody says which one it is.
        (token(), [public(KEY), public(OTHER)]),
        (token(), []),
        (token("x" * 40, alg="HS256"), [public(KEY)]),
        (jwt.encode({"sub": "s-1"}, None, "none"), [public(KEY)]),
        (token(iss="https://b"), [public(KEY)]),
        (token(aud="other"), [public(KEY)]),
        (token(aud=["melek", "x"], azp="x"), [public(KEY)]),
        (token(exp=int(time.time()) - 120), [public(KEY)]),
        (token(iat=int(time.time()) + 6_000), [public(KEY)]),
        (token(sub=None), [public(KEY)]),
        (token(exp=None), [public(KEY)]),
        ("x.y.z", [public(KEY)]),
        ("", [public(KEY)]),
    ],
)
def test_everything_else_is_refused(written, keys):
    with pytest.raises(IdTokenRefused):
        verified(written, keys={"keys": keys}, issuer="https://a", audience="melek")


@every_case("keys", [{}, {"keys": None}, {"keys": [1]}, {"keys": [{"kty": "?"}]}, []])
def test_a_key_set_without_form_is_refused(keys):
    with pytest.raises(IdTokenRefused):
        verified(token(), keys=keys, issuer="https://a", audience="melek")
