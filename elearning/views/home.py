"""The home page: one obvious next step."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.stamps import SignedInRequest, signed_in
from elearning.home_page import home_page


@require_GET
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Greet the person, and show what comes next."""
    page = home_page(request.user, now=timezone.now())
    return render(request, "home.html", {"page": page})
