"""Pictures in the site's storage, and how they are sent."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

from lib.pictures import CONTENT_TYPES


@dataclass(frozen=True)
class PictureStore:
    """The pictures below one folder of the storage.

    Names come from code and from what it has checked, never from a person as she
    typed them: they become paths.
    """

    folder: str

    def keep(self, name: str, data: bytes) -> None:
        """Store a picture whose name holds its hash; one already there is left.

        What lies there under the name with other bytes was cut short once, and is
        mended.
        """
        self.replace(name, data)

    def replace(self, name: str, data: bytes) -> None:
        """Store a picture under a name that may mean another picture tomorrow."""
        known = self.read(name)
        if known == data:
            return
        if known is not None:
            default_storage.delete(self._path(name))
        default_storage.save(self._path(name), ContentFile(data))

    def read(self, name: str) -> bytes | None:
        """Return a picture, None where there is none."""
        try:
            with default_storage.open(self._path(name)) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def read_whole(self, name: str) -> bytes | None:
        """Return a picture whose name is its hash; None for one that was cut short.

        Its address is kept for ever by whoever has seen it, so half of it is worse
        than nothing.
        """
        data = self.read(name)
        if data is None or hashlib.sha256(data).hexdigest() != PurePath(name).stem:
            return None
        return data

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the pictures that lie in a folder of this one."""
        try:
            _folders, names = default_storage.listdir(self._path(folder))
        except FileNotFoundError:
            return []
        return sorted(names)

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}"


def picture_response(data: bytes | None, *, ending: str) -> HttpResponse:
    """Send a picture that was found by its hash; None is answered with 404.

    Whoever asked may keep it for ever. It can run and fetch nothing, also where it is
    opened alone.
    """
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type=CONTENT_TYPES[ending],
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
