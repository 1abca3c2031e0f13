"""Counting tries (`accounts.tries` says what they lead to).

A try is counted *before* the secret is compared, and given back when it was right: a
hundred tries at the same moment count as a hundred.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.models import Tally
from accounts.tries import FORGOTTEN_AFTER, KNOWN_FOR, Patience, Rate
from lib.transactions import atomic_with_retry


def tally_key(*parts: object) -> str:
    """Return the key under which `parts` are counted; it tells nothing of them."""
    said = "\x1f".join(str(part) for part in parts)
    return salted_hmac("accounts.tally", said, algorithm="sha256").hexdigest()


def _lock(keys: Iterable[str], *, now: datetime) -> list[Tally]:
    """Return the rows of `keys` under lock, by key; made where they are missing."""
    wanted = sorted(keys)
    Tally.objects.bulk_create(
        [Tally(key=key, since=now, last_at=now, expires_at=now) for key in wanted],
        ignore_conflicts=True,
    )
    rows = Tally.objects.select_for_update(no_key=True).filter(key__in=wanted)
    return list(rows.order_by("key"))


@atomic_with_retry
def count_within(key: str, rate: Rate, *, now: datetime) -> bool:
    """Count one more; False, and nothing counted, once `rate` is used up."""
    (row,) = _lock([key], now=now)
    if not row.since <= now < row.since + rate.span:
        row.count, row.since = 0, now
    if row.count >= rate.amount:
        return False
    row.count += 1
    row.last_at, row.expires_at = now, row.since + rate.span
    row.save(update_fields=["count", "since", "last_at", "expires_at"])
    return True


@atomic_with_retry
def begin_try(
    patience: Mapping[str, Patience], *, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Count a try at a secret under every key of `patience`.

    Returns (until when to wait, None), nothing being counted, where an earlier mistake
    still has its wait; else (None, when the wait ends that a mistake now leads to, None
    where it leads to none).
    """
    rows = _lock(patience, now=now)
    for row in rows:
        if row.expires_at <= now:
            row.count, row.since = 0, now
    until = max(patience[r.key].ends(r.count, r.last_at, now) for r in rows)
    if until > now:
        return until, None
    for row in rows:
        row.count += 1
        row.last_at, row.expires_at = now, now + FORGOTTEN_AFTER
        row.save(update_fields=["count", "since", "last_at", "expires_at"])
    following = max(patience[r.key].ends(r.count, now, now) for r in rows)
    return None, following if following > now else None


def give_back(*keys: str) -> None:
    """Take back one try under each of `keys`: it was none, or it was right."""
    for key in sorted(keys):
        Tally.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def forget_tries(*keys: str) -> None:
    """Forget every try under `keys`: the secret was right."""
    Tally.objects.filter(key__in=keys).delete()


def use_once(key: str, *, lasts: timedelta, now: datetime) -> bool:
    """Say whether `key` is used for the first time within `lasts`.

    Of two at the same moment one is the first: the key is unique.
    """
    Tally.objects.filter(key=key, expires_at__lte=now).delete()
    try:
        with transaction.atomic():
            Tally.objects.create(
                key=key, count=1, since=now, last_at=now, expires_at=now + lasts
            )
    except IntegrityError:
        return False
    return True


def remember_address(key: str, *, now: datetime) -> None:
    """Keep that somebody has signed in from an address, for `KNOWN_FOR`."""
    until = now + KNOWN_FOR
    if not Tally.objects.filter(key=key).update(last_at=now, expires_at=until):
        use_once(key, lasts=KNOWN_FOR, now=now)


def is_remembered(key: str, *, now: datetime) -> bool:
    """Say whether `remember_address` was called for the key of late."""
    return Tally.objects.filter(key=key, expires_at__gt=now).exists()


def sweep_tallies(*, now: datetime) -> int:
    """Delete tallies that are worth nothing any more; return how many."""
    deleted, _by_model = Tally.objects.filter(expires_at__lte=now).delete()
    return deleted
