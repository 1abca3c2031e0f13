"""Probes for supervisors and load balancers."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.exceptions import OperationalError

from accounts.stamps import public
from elearning.celery import app


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site serves."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers; the broker is reported beside it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "down"
    status = 200 if database == "ok" else 503
    return JsonResponse(
        {"database": database, "broker": _broker(), "mode": settings.ELEARNING_MODE},
        status=status,
    )


def _broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=1) as connection_to_broker:
            connection_to_broker.ensure_connection(max_retries=0)
    except (OSError, OperationalError):
        return "down"
    return "ok"
