"""Pictures of questions in the site's storage, by the hash of their bytes.

`quizzes.questions.pictures` decides what may come in; the same address always shows
the same picture, so a stored one is never changed.
"""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from quizzes.questions.pictures import PICTURE_PATH as PATH

_FOLDER = "question-images"
CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml; charset=utf-8",
}


def store_images(images: Mapping[str, bytes]) -> None:
    """Keep pictures under the paths that stems write; known ones are left alone."""
    for path, data in images.items():
        place = _place(path)
        if place and not default_storage.exists(place):
            default_storage.save(place, ContentFile(data))


def read_image(path: str) -> bytes | None:
    """Return a picture by the path that a stem writes, None where there is none."""
    place = _place(path)
    try:
        if place:
            with default_storage.open(place) as file:
                return bytes(file.read())
    except FileNotFoundError:
        pass
    return None


def has_image(path: str) -> bool:
    """Whether there is a picture under the path that a stem writes."""
    place = _place(path)
    return bool(place) and default_storage.exists(place)


def _place(path: str) -> str:
    found = PATH.fullmatch(path)
    return f"{_FOLDER}/{found['name']}" if found else ""
