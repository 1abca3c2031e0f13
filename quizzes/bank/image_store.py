"""Pictures of questions in the site's storage, by the hash of their bytes.

`quizzes.questions.pictures` decides what may come in; the same address always shows
the same picture, so a stored one is never changed.
"""

from collections.abc import Mapping

from lib.picture_store import PictureStore
from quizzes.questions.pictures import PICTURE_PATH as PATH

_STORE = PictureStore("question-images")


def store_images(images: Mapping[str, bytes]) -> None:
    """Keep pictures under the paths that stems write; known ones are left alone."""
    for path, data in images.items():
        if name := _name(path):
            _STORE.keep(name, data)


def read_image(path: str) -> bytes | None:
    """Return a picture by the path that a stem writes, None where there is none."""
    name = _name(path)
    return _STORE.read_whole(name) if name else None


def has_image(path: str) -> bool:
    """Whether there is a whole picture under the path that a stem writes."""
    return read_image(path) is not None


def _name(path: str) -> str:
    found = PATH.fullmatch(path)
    return found["name"] if found else ""
