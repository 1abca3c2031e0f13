"""Who may read metrics: whoever brings the token, or comes from a named network."""

import ipaddress
import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.guards import client_network

_BEARER = "Bearer "


def may_read(request: HttpRequest) -> bool:
    """Say whether metrics may be told to whoever asks; to nobody by default."""
    return _brings_token(request) or _comes_from_network(request)


def _brings_token(request: HttpRequest) -> bool:
    said = request.META.get("HTTP_AUTHORIZATION", "")
    token: str = settings.ELEARNING_METRICS_TOKEN
    if not token or not said.startswith(_BEARER):
        return False
    return secrets.compare_digest(said.removeprefix(_BEARER).encode(), token.encode())


def _comes_from_network(request: HttpRequest) -> bool:
    """Behind a proxy that nobody has counted everybody comes from this machine."""
    if not settings.ELEARNING_METRICS_NETWORKS:
        return False
    is_forwarded = "HTTP_X_FORWARDED_FOR" in request.META
    if is_forwarded and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    try:
        address = ipaddress.ip_address(client_network(request).partition("/")[0])
    except (ValueError, PermissionDenied):
        # Nobody knows where this comes from.
        return False
    return any(
        address in ipaddress.ip_network(network)
        for network in settings.ELEARNING_METRICS_NETWORKS
    )
