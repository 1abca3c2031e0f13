"""The site's addresses and one bare view to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.models import Unit, User
from courses.models import Course
from elearning.urls import urlpatterns as site_urlpatterns


def bare(request: HttpRequest) -> HttpResponse:
    """Session, user and three queries: the least a page does."""
    counts = [model.objects.count() for model in (Unit, User, Course)]
    return HttpResponse(f"{request.user}: {counts}")


urlpatterns = [path("bare/", bare), *site_urlpatterns]
