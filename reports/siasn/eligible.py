"""Which completed courses SIASN is still to be told of."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from accounts.access import Policy, scope_q
from certificates.models import Certificate, CertificateFile
from reports.models import SiasnItem
from reports.units.reach import CAPABILITY

_HERS = Policy(unit="person__unit")


def eligible(user: Any, *, year: int) -> "QuerySet[Certificate]":
    """Return certificates that may be handed on now, by the number of the row.

    Valid ones with a file, of people about whom `user` holds the capability, for a
    course that brought JP in `year` and is neither with SIASN nor known to it.
    """
    standing = SiasnItem.objects.standing().filter(enrollment=OuterRef("enrollment"))
    files = CertificateFile.objects.filter(certificate=OuterRef("pk"))
    found: QuerySet[Certificate] = Certificate.objects.filter(
        scope_q(user, CAPABILITY, _HERS),
        ~Exists(standing),
        Exists(files),
        enrollment__jp_entry__year=year,
        enrollment__jp_entry__jp__gt=0,
        replaced_by__isnull=True,
        revocation__isnull=True,
    ).order_by("pk")
    return found


def year_of(user: Any, now: datetime) -> int:
    """Return the year that is reported when nobody asks for another one."""
    return now.astimezone(ZoneInfo(user.time_zone)).year
