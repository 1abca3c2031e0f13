"""Probes for supervisors and load balancers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from accounts.stamps import public
from elearning.backups.site import this_site
from elearning.celery import app
from elearning.watching.figures import files_answer
from elearning.watching.readers import may_read


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site serves."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers; broker and files stand beside it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "down"
    status = 200 if database == "ok" else 503
    said: dict[str, Any] = {
        "database": database,
        "broker": _broker(),
        "files": "ok" if files_answer() else "down",
        "mode": settings.ELEARNING_MODE,
    }
    if settings.ELEARNING_BACKUP_FOLDER:
        said["backup_age_hours"] = _backup_age()
    return JsonResponse(said, status=status)


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus how the site is, if it may ask; else there is no such page."""
    if not may_read(request):
        return HttpResponse(status=404)
    from elearning.watching.metrics import exposition

    return HttpResponse(
        exposition(now=timezone.now()),
        content_type="text/plain; version=0.0.4; charset=utf-8",
    )


def _backup_age() -> int | None:
    """Return how many hours ago the last good backup was made, None for never."""
    from elearning.backups.making import last_backup

    last = last_backup(this_site())
    if last is None:
        return None
    age = timezone.now() - datetime.fromisoformat(last["made_at"])
    return int(age.total_seconds() // 3600)


def _broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=1) as connection_to_broker:
            connection_to_broker.ensure_connection(max_retries=0)
    except (OSError, OperationalError):
        return "down"
    return "ok"
