"""Pictures of lessons, for everybody and for ever."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.stamps import public
from lib.picture_store import picture_response
from studio.lessons.images import read_image


@require_safe
@public
def course_image(request: HttpRequest, digest: str) -> HttpResponse:
    """Send a picture by its hash. It can run and fetch nothing, opened alone either."""
    return picture_response(read_image(digest), ending="svg")
