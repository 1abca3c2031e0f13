"""Pages that only inform."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.stamps import public


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which personal data are kept, why and for how long (UU PDP art. 5)."""
    return render(request, "privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, and whom to tell when something does not."""
    return render(request, "accessibility.html")


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer the questions that people ask most."""
    return render(request, "help.html")
