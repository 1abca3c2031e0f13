"""How often something may be tried: rates for requests, waits for secrets.

Pure rules; `accounts.actions.tallies` counts, in the database, so that they hold while
the cache is away and are one and the same for all processes.

A *rate* refuses what comes too often within a span. A *patience* is for secrets that
could be guessed (passwords, codes): some mistakes are free, and after each further one
comes a wait that doubles. Nobody is locked out: a wait ends by itself, and mistakes
count for account and address together, so that a stranger elsewhere delays herself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Rate:
    """At most `amount` times within `span`."""

    amount: int
    span: timedelta


@dataclass(frozen=True)
class Patience:
    """How many mistakes are free, and how the wait after each further one grows.

    Mistakes are forgotten a day after the last one.
    """

    free: int
    first: timedelta = MINUTE
    longest: timedelta = HOUR

    def wait_after(self, mistakes: int) -> timedelta:
        """Return how long one waits after the last of so many mistakes."""
        if mistakes < self.free:
            return timedelta(0)
        # Beyond this many doublings every wait is the longest one.
        doublings = min(mistakes - self.free, 20)
        return min(self.first * 2**doublings, self.longest)

    def ends(self, mistakes: int, last_at: datetime, now: datetime) -> datetime:
        """Return when the next try is taken; a clock set back prolongs no wait."""
        return min(last_at, now) + self.wait_after(mistakes)


FORGOTTEN_AFTER = timedelta(days=1)
# An address from which somebody has signed in is hers, and tries of strangers from
# elsewhere do not make her wait there.
KNOWN_FOR = timedelta(days=30)

RATES = {
    # A training room signs in behind one address; one person's mistakes count apart.
    "login": Rate(300, MINUTE),
    # Wrong passwords and codes of whatever accounts.
    "mistakes": Rate(60, MINUTE),
    "signup": Rate(20, MINUTE),
    # Each asks the provider of single sign-on; a room comes from one address here, too.
    "sso": Rate(300, MINUTE),
    # A challenge for a key, or a key: nothing that could be guessed.
    "passkey": Rate(300, MINUTE),
    # The provider tells of everybody from one address.
    "sso_told": Rate(3000, MINUTE),
    # Each of these sends a mail: by address, by the two together, by mailbox.
    "reset_password": Rate(20, MINUTE),
    "reset_mail": Rate(5, HOUR),
    "reset_mailbox": Rate(20, HOUR),
    "reset_password_from_key": Rate(20, MINUTE),
    "change_password": Rate(5, MINUTE),
    "reauthenticate": Rate(10, MINUTE),
    # Public look-ups of certificates.
    "verify": Rate(60, MINUTE),
}
PATIENCE = {
    # By account and address together.
    "password": Patience(free=5),
    "code": Patience(free=5),
    # By account, for tries from addresses that are not known to be its person's:
    # whoever guesses from many places at once is slowed down all the same. A code has
    # six digits, and whoever tries one knows the password already.
    "password_anywhere": Patience(free=100, longest=timedelta(minutes=5)),
    "code_anywhere": Patience(free=20),
    # By person and quiz.
    "quiz_password": Patience(free=5),
}
