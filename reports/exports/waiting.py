"""How many exports wait for a worker, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from reports.models import ExportJob


@dataclass(frozen=True)
class WaitingExports:
    """How many, and how long the oldest has waited."""

    count: int
    oldest: timedelta


def waiting_exports(*, now: datetime) -> WaitingExports:
    """Return what nobody works on; one statement."""
    said = ExportJob.objects.waiting(now).aggregate(
        count=Count("pk"), oldest=Min("asked_at")
    )
    return WaitingExports(said["count"], now - (said["oldest"] or now))
