"""Pictures of lessons, for everybody and for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.stamps import public
from studio.lessons.images import read_image


@require_safe
@public
def course_image(request: HttpRequest, digest: str) -> HttpResponse:
    """Send a picture by its hash. It can run and fetch nothing, opened alone either."""
    data = read_image(digest)
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type="image/svg+xml; charset=utf-8",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
