"""Words of an action for the person who asked for it, on the page she sees next."""

from django.contrib import messages
from django.http import HttpRequest

from lib.refusals import ActionRefused


def warn_of_refusal(request: HttpRequest, refusal: ActionRefused) -> None:
    """Show why an action was refused, and what to do, on the next page."""
    messages.warning(request, refusal.message)
