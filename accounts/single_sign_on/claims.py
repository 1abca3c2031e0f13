"""What a provider says of somebody, and whether it proves who she is. Plain Python."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.nip import normalise_nip


class ClaimsRefused(Exception):
    """What the provider says can be believed of nobody."""


@dataclass(frozen=True)
class Claims:
    """What is taken of what a provider says; "" for what it does not say.

    `verified_email` is empty for an address that the provider has not verified.
    """

    issuer: str
    subject: str
    session: str = ""
    nip: str = ""
    name: str = ""
    verified_email: str = ""

    @property
    def uid(self) -> str:
        """The person at that provider, and at no other that says the same subject."""
        return digest_at(self.issuer, self.subject)

    @property
    def agency_session(self) -> str:
        """The session there that she came with, "" where the provider names none."""
        return digest_at(self.issuer, self.session) if self.session else ""


def digest_at(issuer: str, name: str) -> str:
    """Return what is kept of a name that means something at its issuer alone."""
    return hashlib.sha256(f"{issuer}\n{name}".encode()).hexdigest()


def read_claims(said: Mapping[str, Any], *, nip_claim: str) -> Claims:
    """Return what an ID token, and userinfo where it was asked for, say together.

    Raises ClaimsRefused where they speak of two people, or of nobody.
    """
    token, info = said.get("id_token"), said.get("userinfo", {})
    if not isinstance(token, Mapping) or not isinstance(info, Mapping):
        raise ClaimsRefused("There is no ID token.")
    issuer, subject = token.get("iss"), token.get("sub")
    if not isinstance(issuer, str) or not isinstance(subject, str) or not subject:
        raise ClaimsRefused("The ID token names nobody.")
    if info and info.get("sub") != subject:
        raise ClaimsRefused("The ID token and userinfo speak of two people.")
    both = {**token, **info}
    return Claims(
        issuer=issuer,
        subject=subject,
        session=_text(token, "sid"),
        nip=normalise_nip(_text(both, nip_claim)),
        name=_text(both, "name"),
        verified_email=_text(both, "email").lower() * _is_verified(both),
    )


def _text(both: Mapping[str, Any], name: str) -> str:
    value = both.get(name)
    return value.strip() if isinstance(value, str) else ""


def _is_verified(both: Mapping[str, Any]) -> bool:
    # Some say it in letters; everything else is no.
    return both.get("email_verified") in (True, "true")


def proves(claims: Claims, *, nip: str, email: str, trusts_nip: bool) -> bool:
    """Say whether `claims` prove that she is the person of `nip` and `email`.

    The number must be hers. It is proof alone only where `trusts_nip`: people cannot
    write it themselves at the provider. Elsewhere the provider must have verified the
    address that HR has noted.
    """
    if not claims.nip or claims.nip != nip:
        return False
    is_her_mailbox = bool(email) and claims.verified_email == email.lower()
    return trusts_nip or is_her_mailbox
