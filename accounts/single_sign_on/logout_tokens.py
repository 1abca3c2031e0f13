"""Does a token tell that somebody is out at the provider, just now? No Django.

OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.single_sign_on.claims import digest_at
from accounts.single_sign_on.id_tokens import LEEWAY, IdTokenRefused, signed

EVENT = "http://schemas.openid.net/event/backchannel-logout"
# How old a token may be; as long is remembered that it came.
LASTS = timedelta(minutes=5)
_NEEDS = ["aud", "events", "iat", "iss", "jti"]
_LONGEST_TOKEN = 16_384


@dataclass(frozen=True)
class ToldLogout:
    """Who is out, or which session: digests as `Claims` has them, "" for not said."""

    token_id: str
    uid: str
    agency_session: str


def read_logout(
    token: str, *, keys: dict[str, Any], issuer: str, audience: str, now: datetime
) -> ToldLogout:
    """Return what a logout token says. Raises IdTokenRefused.

    Whether it came before is not seen here: ask for its `token_id` once.
    """
    if len(token) > _LONGEST_TOKEN:
        raise IdTokenRefused("Too long.")
    said = signed(token, keys=keys, issuer=issuer, audience=audience, needs=_NEEDS)
    events = said["events"]
    if not isinstance(events, Mapping) or not isinstance(events.get(EVENT), Mapping):
        raise IdTokenRefused("Tells of something else.")
    # An ID token has one where the site asked for it; a logout token never.
    if "nonce" in said:
        raise IdTokenRefused("An ID token.")
    age = now.timestamp() - float(said["iat"])
    if not -LEEWAY <= age <= LASTS.total_seconds() + LEEWAY:
        raise IdTokenRefused("Too old, or of a time to come.")
    names = [said.get("jti"), said.get("sub", ""), said.get("sid", "")]
    if not all(isinstance(name, str) for name in names) or not any(names[1:]):
        raise IdTokenRefused("Names nobody.")
    token_id, subject, session = names
    return ToldLogout(
        token_id=digest_at(issuer, token_id),
        uid=digest_at(issuer, subject) if subject else "",
        agency_session=digest_at(issuer, session) if session else "",
    )
