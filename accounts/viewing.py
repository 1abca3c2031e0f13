"""That somebody looked at somebody else's data is on the trail, once for some minutes.

Called by pages about one person that are not her own. A page that is loaded again, or
left and opened again, is the same look.
"""

from datetime import datetime, timedelta

from accounts import audit
from accounts.models import AuditRecord, User

VIEWED = "accounts.person.viewed"
ONE_LOOK = timedelta(minutes=10)


def note_view(person: User, *, page: str, by: User, now: datetime) -> bool:
    """Append that `by` looked at this page about `person`; True when that is new.

    Looking at one's own is no entry. One query where nothing is new.
    """
    if person.pk == by.pk:
        return False
    looks = AuditRecord.objects.filter(
        subject_id=person.pk, actor_id=by.pk, verb=VIEWED, at__gt=now - ONE_LOOK
    )
    if any(
        detail.get("page") == page for detail in looks.values_list("detail", flat=True)
    ):
        return False
    audit.record(VIEWED, person, by=by, now=now, page=page)
    return True
