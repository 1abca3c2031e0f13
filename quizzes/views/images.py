"""Pictures of questions, by the hash of their bytes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.stamps import public
from quizzes.bank.image_store import CONTENT_TYPES, read_image


@require_safe
@public
def question_image(request: HttpRequest, name: str) -> HttpResponse:
    """Send a picture to whoever knows its hash; it can run and fetch nothing."""
    data = read_image(f"gambar/soal/{name}")
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type=CONTENT_TYPES[name.rpartition(".")[2]],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
