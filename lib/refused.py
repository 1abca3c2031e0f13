"""Telling people that an action was refused."""

from django.contrib import messages
from django.http import HttpRequest

from lib.refusals import ActionRefused


def tell(request: HttpRequest, refusal: ActionRefused) -> None:
    """Show the refusal's message on the next page."""
    messages.warning(request, refusal.message)
