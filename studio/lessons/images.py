"""Pictures of courses in the site's storage.

A picture is served by the hash of its bytes, so its address may be kept for ever.
Beside it each course keeps the picture under the name its authors write, so that
Studio finds it when a draft is rendered.
"""

import re
from collections.abc import Mapping

from django.urls import reverse

from lib.picture_store import PictureStore
from lib.pictures import PICTURE_DIGEST, digest_of
from studio.lessons.pictures import ImageContent

_NAME = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.svg")
_STORE = PictureStore("course-images")


def address_of(digest: str) -> str:
    """Return the public address of the picture with this SHA-256."""
    return reverse("course_image", args=[digest])


def store_images(images: Mapping[str, ImageContent]) -> None:
    """Keep the pictures under their hashes; those already there are left alone."""
    for image in images.values():
        _STORE.keep(f"{image.digest}.svg", image.data)


def name_images(course_key: str, images: Mapping[str, ImageContent]) -> None:
    """Keep the pictures under the names that the course's authors write."""
    for name, image in images.items():
        _STORE.replace(f"{course_key}/{name}", image.data)


def read_image(digest: str) -> bytes | None:
    """Return the picture with this SHA-256, None where there is none."""
    if not PICTURE_DIGEST.fullmatch(digest):
        return None
    return _STORE.read(f"{digest}.svg")


def image_url(course_key: str, written: str) -> str:
    """Return the public address of a picture by the name authors write.

    Raises LookupError for a picture that the course does not have.
    """
    is_name = _NAME.fullmatch(written)
    data = _STORE.read(f"{course_key}/{written}") if is_name else None
    if data is None:
        raise LookupError(written)
    return address_of(digest_of(data))


def image_names(course_key: str) -> list[str]:
    """Return the names of the course's pictures, as authors write them."""
    return [f"images/{name}" for name in _STORE.names_in(f"{course_key}/images")]
