"""The papers that people hand in: judged by content, kept under their hash."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from certificates.exceptions import OutsideNotAccepted
from certificates.models import OutsideCertificate
from lib.media import read_media
from lib.media.kinds import HEAD, ending_of
from lib.media.problems import MediaProblem
from lib.picture_store import PictureStore

MOST_BYTES = 5_000_000
ENDINGS = frozenset({"pdf", "jpg", "png"})
_FOLDER = "outside-certificates"
_STORE = PictureStore(_FOLDER)
# Longer than any form takes from storing its paper to storing its row.
_UNNAMED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Paper:
    """A paper that is kept."""

    sha256: str
    ending: str
    byte_size: int


def keep_paper(data: bytes) -> Paper:
    """Judge a paper, keep it, and say what it is; the same one twice is kept once.

    Pictures are drawn anew without what cameras write into them; a PDF that is locked,
    cut short or does something by itself is refused. Raises OutsideNotAccepted.
    """
    try:
        if ending_of(data[:HEAD]) not in ENDINGS:
            raise MediaProblem(
                _("Berkas ini bukan PDF, JPEG, atau PNG."),
                _("Simpan ulang sebagai salah satunya, lalu unggah."),
            )
        media = read_media(data)
    except MediaProblem as problem:
        raise OutsideNotAccepted("paper", str(problem)) from problem
    _STORE.keep(_name(media.digest, media.ending), media.data)
    return Paper(media.digest, media.ending, len(media.data))


def keep_drawn(data: bytes, *, ending: str) -> Paper:
    """Keep a paper that the site has drawn itself: there is nothing to judge."""
    sha256 = hashlib.sha256(data).hexdigest()
    _STORE.keep(_name(sha256, ending), data)
    return Paper(sha256, ending, len(data))


def read_paper(outside: OutsideCertificate) -> bytes | None:
    """Return the paper as it was kept; None where it is gone or was cut short."""
    if not outside.sha256:
        return None
    return _STORE.read_whole(_name(outside.sha256, outside.ending))


def _name(sha256: str, ending: str) -> str:
    return f"{sha256}.{ending}"


def delete_unnamed(*, now: datetime) -> int:
    """Delete papers that no row names any more, or yet after a day; say how many."""
    deleted = 0
    for name in _STORE.names_in(""):
        sha256 = name.partition(".")[0]
        path = f"{_FOLDER}/{name}"
        is_young = default_storage.get_modified_time(path) > now - _UNNAMED_FOR
        if is_young or OutsideCertificate.objects.filter(sha256=sha256).exists():
            continue
        default_storage.delete(path)
        deleted += 1
    return deleted
