"""Is an ID token what the provider has signed for this site, just now? No Django.

allauth takes one without looking at its signature, and stumbles over a key without a
name, which OpenID Connect allows where there is one key.
"""

from typing import Any

import jwt

# Signed with a private key. What is signed with a shared secret, or not at all, is not.
ALGORITHMS = frozenset(
    f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512)
)
# Seconds by which clocks of two machines may differ.
LEEWAY = 60
_SAID = ["aud", "exp", "iat", "iss", "sub"]


class IdTokenRefused(Exception):
    """Nobody can tell that the provider has said this, for this site, just now."""


def verified(
    token: str, *, keys: dict[str, Any], issuer: str, audience: str
) -> dict[str, Any]:
    """Return what an ID token says. Raises IdTokenRefused.

    `keys` is the key set of the provider as it is now: keys that were changed are
    found, and those that are gone no longer count.
    """
    said = signed(token, keys=keys, issuer=issuer, audience=audience, needs=_SAID)
    if isinstance(said["aud"], list) and said.get("azp", audience) != audience:
        raise IdTokenRefused("Made for somebody else.")
    return said


def signed(
    token: str, *, keys: dict[str, Any], issuer: str, audience: str, needs: list[str]
) -> dict[str, Any]:
    """Return what a token says that `issuer` has signed for `audience`.

    Raises IdTokenRefused, also where one of `needs` is missing.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise IdTokenRefused("Not signed with a private key.")
        said: dict[str, Any] = jwt.decode(
            token,
            _key(keys, header.get("kid")).key,
            algorithms=[algorithm],
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": needs},
        )
    except (jwt.PyJWTError, TypeError, ValueError, KeyError, AttributeError) as wrong:
        raise IdTokenRefused(type(wrong).__name__) from wrong
    return said


def _key(keys: dict[str, Any], name: str | None) -> jwt.PyJWK:
    fitting = [
        key
        for key in jwt.PyJWKSet.from_dict(keys).keys
        if (name is None or key.key_id == name) and key.public_key_use in {None, "sig"}
    ]
    if len(fitting) != 1:
        raise IdTokenRefused("No key of the provider fits.")
    return fitting[0]
