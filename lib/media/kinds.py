"""What a file is, told by its first bytes. Plain Python."""

import re
from collections.abc import Callable
from enum import StrEnum

from lib.media.problems import MediaProblem

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml; charset=utf-8",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
"""By the ending of a name: these kinds of files there are."""


class MediaKind(StrEnum):
    """What a page does with a file."""

    PICTURE = "picture"
    DOCUMENT = "document"
    AUDIO = "audio"
    VIDEO = "video"


PICTURES = frozenset({"png", "jpg", "webp", "svg"})
_KINDS = {
    **dict.fromkeys(PICTURES, MediaKind.PICTURE),
    "pdf": MediaKind.DOCUMENT,
    **dict.fromkeys(("mp3", "m4a", "ogg"), MediaKind.AUDIO),
    **dict.fromkeys(("mp4", "webm"), MediaKind.VIDEO),
}
HEAD = 4096
"""So many bytes tell what a file is."""
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?"
    rb"(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:\w+:)?svg\b",
    re.DOTALL,
)
# MPEG 1, 2 or 2.5, layer III, a known rate of bits and of samples.
_MP3_FRAME = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xeb]", re.DOTALL)
_SIGNATURES: tuple[tuple[str, Callable[[bytes], object]], ...] = (
    ("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("jpg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("pdf", lambda head: head.startswith(b"%PDF-")),
    ("mp4", lambda head: head[4:8] == b"ftyp"),
    ("mp3", lambda head: head.startswith(b"ID3") or _MP3_FRAME.match(head)),
    (
        "ogg",
        lambda head: (
            head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head)
        ),
    ),
    (
        "webm",
        lambda head: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64],
    ),
    ("svg", _SVG.match),
)
_OFFERED = "PNG, JPEG, WebP, SVG, PDF, MP3, M4A, OGG, MP4, atau WebM"


def media_kind(ending: str) -> MediaKind:
    """Return what a page does with files of this ending."""
    return _KINDS[ending]


def ending_of(head: bytes) -> str:
    """Return the ending that fits the first bytes of a file; "mp4" also for sound.

    Raises MediaProblem for what is none of ours.
    """
    for ending, fits in _SIGNATURES:
        if fits(head):
            return ending
    raise MediaProblem(*_refusal(head))


def _refusal(head: bytes) -> tuple[str, str]:
    """Say what a foreign file is, where people often take it for one of ours."""
    if not head:
        return "Berkas ini kosong.", "Pilih berkas lain."
    if head.startswith(b"GIF8"):
        return "GIF tidak dipakai.", "Simpan sebagai PNG, atau sebagai video MP4."
    if head.startswith((b"BM", b"II*\x00", b"MM\x00*")):
        return "BMP dan TIFF tidak dipakai.", "Simpan sebagai PNG atau JPEG."
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return (
            "Dokumen Office dan arsip ZIP tidak dapat ditaruh di pelajaran.",
            "Simpan dokumennya sebagai PDF, lalu unggah.",
        )
    return f"Isi berkas ini bukan {_OFFERED}.", "Simpan ulang sebagai salah satunya."
