"""What the trail says of doors: who came in, who did not, and what was changed there.

A record names the person whose account it is about, where there is one; never what was
typed. Where it came from is a digest, so that many tries from one place can be seen
without keeping anybody's address.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from accounts import audit
from accounts.actions.tallies import tally_key

if TYPE_CHECKING:
    from accounts.models import AuditRecord, User

# What allauth tells people by mail, as the trail says it.
NOTICES = {
    "account/email/password_changed": "accounts.password.changed",
    "account/email/password_set": "accounts.password.set",
    "account/email/password_reset": "accounts.password.reset",
    "mfa/email/totp_activated": "accounts.second_factor.activated",
    "mfa/email/totp_deactivated": "accounts.second_factor.deactivated",
    "mfa/email/webauthn_added": "accounts.passkey.added",
    "mfa/email/webauthn_removed": "accounts.passkey.removed",
    "mfa/email/recovery_codes_generated": "accounts.recovery_codes.renewed",
}


def place_digest(network: str) -> str:
    """Return the same short word for the same place, which tells nobody where it is."""
    return tally_key("place", network)[:16]


def note_at_the_door(
    verb: str,
    person: "User | None",
    *,
    by: "User | None",
    network: str,
    now: datetime,
    **detail: object,
) -> "AuditRecord":
    """Append that something happened to the account of `person` (None: of nobody)."""
    place = place_digest(network)
    return audit.record(verb, person, by=by, now=now, place=place, **detail)


def note_mistake(
    person: "User | None", *, secret: str, waits: bool, network: str, now: datetime
) -> None:
    """Append that a password or code was wrong, and that a wait began with it."""
    verb = "accounts.sign_in.failed"
    note_at_the_door(verb, person, by=None, network=network, now=now, secret=secret)
    if waits:
        verb = "accounts.sign_in.delayed"
        note_at_the_door(verb, person, by=None, network=network, now=now, secret=secret)
