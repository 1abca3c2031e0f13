"""Who has moved lately, as the audit trail tells it."""

from datetime import datetime

from accounts.models import AuditRecord

_VERBS = (
    "accounts.person.moved",
    "accounts.person.activated",
    "accounts.person.deactivated",
    "accounts.person.anonymised",
)


def units_of_moved_people(since: datetime) -> dict[int, set[int]]:
    """Return the units whose counts a person's move touches, by person id."""
    touched: dict[int, set[int]] = {}
    records = AuditRecord.objects.filter(verb__in=_VERBS, at__gte=since)
    for person_id, detail in records.values_list("object_id", "detail"):
        units = {detail.get(name) for name in ("before", "after", "unit")} - {None}
        touched.setdefault(person_id, set()).update(units)
    return touched
