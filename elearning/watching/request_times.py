"""Times of requests, counted where metrics are on and nowhere else."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

_Handler = Callable[[HttpRequest], HttpResponse]


def metrics_are_on() -> bool:
    """Say whether anybody may read metrics here."""
    return bool(settings.ELEARNING_METRICS_TOKEN or settings.ELEARNING_METRICS_NETWORKS)


def count_requests(get_response: _Handler) -> _Handler:
    """Count every answer by the name of its route, never by its address."""
    if not metrics_are_on():
        raise MiddlewareNotUsed
    from elearning.watching.metrics import count_request

    def handle(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        count_request(
            route=(match and match.view_name) or "none",
            status=response.status_code,
            seconds=time.perf_counter() - begun,
        )
        return response

    return handle
