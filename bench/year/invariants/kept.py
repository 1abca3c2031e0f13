"""Facts are added and never edited; time that was given is never taken back."""

import hashlib

from accounts.models import AuditRecord
from bench.year.oracle import Facts, Memory, Problems
from lib.facts import Fact

# Sealed, and compared with its seals.
_ELSEWHERE = {AuditRecord}


def facts_are_only_added(facts: Facts, memory: Memory) -> Problems:
    """Every row of a fact is still there and still says what it said."""
    for model in sorted(Fact.__subclasses__(), key=lambda one: one.__name__):
        if model in _ELSEWHERE:
            continue
        last, known = memory.prefixes.get(model.__name__, (0, ""))
        hasher = hashlib.md5(usedforsecurity=False)
        before = hasher.hexdigest() if last == 0 else ""
        newest = last
        for row in model.objects.order_by("pk").values_list():
            if row[0] > last and not before:
                before = hasher.hexdigest()
            hasher.update(repr(row).encode())
            newest = row[0]
        if known and (before or hasher.hexdigest()) != known:
            yield model.__name__, "a row was edited or is gone"
        memory.prefixes[model.__name__] = (newest, hasher.hexdigest())


def time_given_is_never_taken_back(facts: Facts, memory: Memory) -> Problems:
    """The deadline of an attempt only ever moves to later."""
    for attempt in facts.attempts.values():
        known = memory.attempts.get(attempt["id"])
        if known is None:
            continue
        # Without a deadline there is all the time there is.
        before, after = known["deadline_at"], attempt["deadline_at"]
        if after is not None and (before is None or after < before):
            place = facts.places[attempt["enrollment_id"]]
            yield facts.about(place), f"a deadline moved from {before} to {after}"
