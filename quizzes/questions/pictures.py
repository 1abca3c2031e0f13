"""Pictures that come inside files: known by their content, never by their name."""

import re

from lib.pictures import digest_of
from lib.svg import find_svg_problems

MAX_PICTURE = 1_000_000
MAX_DRAWING = 100_000
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<svg\b", re.DOTALL
)
PICTURE_PATH = re.compile(r"gambar/soal/(?P<name>[0-9a-f]{64}\.(?:png|jpg|gif|svg))")
"""How a stem writes the address of its picture."""


class NotAPicture(Exception):
    """The bytes are none of the pictures that may stand in a question."""


def path_of(data: bytes) -> str:
    """Return the address by which a stem shows this picture.

    PNG, JPEG and GIF are told by their first bytes, SVG must be a plain drawing.
    Raises NotAPicture with the reason and what to do.
    """
    kind = next((kind for sign, kind in _SIGNATURES if data.startswith(sign)), "")
    if not kind and _SVG.match(data[:4096]):
        kind = "svg"
    if not kind:
        raise NotAPicture("bukan PNG, JPG, GIF, atau SVG. Simpan ulang sebagai PNG.")
    if len(data) > (MAX_DRAWING if kind == "svg" else MAX_PICTURE):
        raise NotAPicture("terlalu besar. Perkecil sampai 1 MB (SVG 100 KB).")
    if kind == "svg":
        for problem in find_svg_problems(data):
            raise NotAPicture(
                f"tidak dapat dipakai. {problem.message} {problem.remedy}"
            )
    return f"gambar/soal/{digest_of(data)}.{kind}"


def address_of(path: str) -> str:
    """Return where a picture of a stem is served.

    Raises LookupError for what is no picture of a question.
    """
    if not PICTURE_PATH.fullmatch(path):
        raise LookupError(path)
    return f"/{path}"
