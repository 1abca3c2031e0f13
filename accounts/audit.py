"""The audit trail: what was done, by whom, when; sealed in batches.

The trail is appended without a chain, so that writers never wait for each other.
Beat seals what is there with a hash that includes the previous seal.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Count, Max, Sum

from accounts.models.audit import AuditRecord, AuditSeal
from lib.written_once import append

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User

# Rows this young may still be inside another open transaction with a smaller id.
SETTLE = timedelta(minutes=15)
_PERSON = "accounts.user"
# What a row without a person of its own may hang on.
_ABOVE = ("enrollment", "certificate", "attempt", "outside", "accommodation")


def record(
    verb: str,
    obj: "Model | None",
    *,
    by: "User | None",
    now: datetime,
    **detail: Any,
) -> AuditRecord:
    """Append that `by` (None: the system) did `verb` to `obj`.

    `verb` is `app.noun.past`. `detail` must be JSON and hold no personal data but
    internal ids.
    """
    row = AuditRecord(
        at=now,
        actor_id=by.pk if by else None,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        subject_id=subject_of(obj),
        detail=detail,
    )
    append(row)
    return row


def subject_of(obj: "Model | None") -> int | None:
    """Return whom `obj` is about, as far as it says so without a query.

    That is the person herself, the one whose row it is, or whom what it hangs on and
    is at hand is about.
    """
    if obj is None:
        return None
    if obj._meta.label_lower == _PERSON:
        return obj.pk
    if (person_id := getattr(obj, "person_id", None)) is not None:
        return int(person_id)
    at_hand = (obj._state.fields_cache.get(name) for name in _ABOVE)
    return next((subject_of(above) for above in at_hand if above is not None), None)


def record_in(alias: str, verb: str, *, now: datetime, **detail: Any) -> AuditRecord:
    """Append in another database that the system did `verb`; else as `record`."""
    return AuditRecord.objects.using(alias).create(at=now, verb=verb, detail=detail)


def digest(previous: str, records: "list[AuditRecord]") -> str:
    """Return the SHA-256 of the canonical JSON of `records` after `previous`."""
    hasher = hashlib.sha256(previous.encode())
    for row in records:
        line = [
            row.pk,
            row.at.isoformat(),
            row.actor_id,
            row.verb,
            row.object_type,
            row.object_id,
            row.detail,
        ]
        hasher.update(json.dumps(line, sort_keys=True).encode())
    return hasher.hexdigest()


@transaction.atomic
def seal(*, now: datetime, limit: int = 10_000) -> AuditSeal | None:
    """Seal the settled records that no seal covers yet; None when there are none.

    Stops at the first record that has not settled: ids and times need not have the
    same order, and a seal covers its ids without a gap. Two runs at once end with one
    seal: `first_id` is unique.
    """
    last = AuditSeal.objects.order_by("-last_id").first()
    unsealed = AuditRecord.objects.filter(pk__gt=last.last_id if last else 0)
    rows = list(
        takewhile(lambda row: row.at < now - SETTLE, unsealed.order_by("pk")[:limit])
    )
    if not rows:
        return None
    return AuditSeal.objects.create(
        first_id=rows[0].pk,
        last_id=rows[-1].pk,
        count=len(rows),
        sha256=digest(last.sha256 if last else "", rows),
        sealed_at=now,
    )


def broken_seals(using: str = DEFAULT_DB_ALIAS) -> list[AuditSeal]:
    """Return the seals whose records no longer give their hash; none is right."""
    broken = []
    previous = ""
    for seal_row in AuditSeal.objects.using(using).order_by("last_id"):
        rows = list(
            AuditRecord.objects.using(using)
            .filter(pk__gte=seal_row.first_id, pk__lte=seal_row.last_id)
            .order_by("pk")
        )
        if digest(previous, rows) != seal_row.sha256:
            broken.append(seal_row)
        previous = seal_row.sha256
    return broken


@dataclass(frozen=True)
class SealState:
    """How many seals and records there are, and the ranges that no longer hold."""

    seals: int
    sealed: int
    unsealed: int
    broken: list[tuple[int, int]]


def seal_state() -> SealState:
    """Compute every seal again; in the memory of the records of one seal."""
    sums = AuditSeal.objects.aggregate(
        seals=Count("pk"), sealed=Sum("count"), last=Max("last_id")
    )
    return SealState(
        seals=sums["seals"],
        sealed=sums["sealed"] or 0,
        unsealed=AuditRecord.objects.filter(pk__gt=sums["last"] or 0).count(),
        broken=[(seal.first_id, seal.last_id) for seal in broken_seals()],
    )
