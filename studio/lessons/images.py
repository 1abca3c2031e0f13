"""Pictures of courses in the site's storage.

A picture is served by the hash of its bytes, so its address may be kept for ever.
Beside it each course keeps the picture under the name its authors write, so that
Studio finds it when a draft is rendered.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from studio.lessons.pictures import ImageContent

_FOLDER = "course-images"
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.svg")
DIGEST = re.compile(r"[0-9a-f]{64}")


def address_of(digest: str) -> str:
    """Return the public address of the picture with this SHA-256."""
    return reverse("course_image", args=[digest])


def store_images(images: Mapping[str, ImageContent]) -> None:
    """Keep the pictures under their hashes; those already there are left alone."""
    for image in images.values():
        path = f"{_FOLDER}/{image.digest}.svg"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(image.data))


def name_images(course_key: str, images: Mapping[str, ImageContent]) -> None:
    """Keep the pictures under the names that the course's authors write."""
    for name, image in images.items():
        path = _named(course_key, name)
        known = _read(path)
        if known == image.data:
            continue
        if known is not None:
            default_storage.delete(path)
        default_storage.save(path, ContentFile(image.data))


def read_image(digest: str) -> bytes | None:
    """Return the picture with this SHA-256, None where there is none."""
    if not DIGEST.fullmatch(digest):
        return None
    return _read(f"{_FOLDER}/{digest}.svg")


def image_url(course_key: str, written: str) -> str:
    """Return the public address of a picture by the name authors write.

    Raises LookupError for a picture that the course does not have.
    """
    data = _read(_named(course_key, written)) if _NAME.fullmatch(written) else None
    if data is None:
        raise LookupError(written)
    return address_of(sha256(data).hexdigest())


def image_names(course_key: str) -> list[str]:
    """Return the names of the course's pictures, as authors write them."""
    folder = f"{_FOLDER}/{course_key}/images"
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(f"images/{name}" for name in names)


def _named(course_key: str, written: str) -> str:
    return f"{_FOLDER}/{course_key}/{written}"


def _read(path: str) -> bytes | None:
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None
