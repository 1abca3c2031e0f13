"""Pictures of questions, by the hash of their bytes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.stamps import public
from lib.picture_store import picture_response
from quizzes.bank.image_store import read_image


@require_safe
@public
def question_image(request: HttpRequest, name: str) -> HttpResponse:
    """Send a picture to whoever knows its hash; it can run and fetch nothing."""
    data = read_image(f"gambar/soal/{name}")
    return picture_response(data, ending=name.rpartition(".")[2])
