"""How often something was tried of late. Written by `accounts.actions.tallies` only."""

from django.db import models


class Tally(models.Model):
    """So often was something tried since `since`, the last time at `last_at`.

    Neither fact nor derivation: a counter for rates, waits and codes that count once.
    Worth nothing after `expires_at`, and deleted then.

    Personal data: `key` is a digest of account and client address under the site's
    secret key, which nobody can turn back; kept for 30 days at most.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
