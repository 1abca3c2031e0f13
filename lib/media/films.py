"""Sound and films: what is in an MP4, and what is taken off before it is kept.

Phones write the place where something was filmed into the file. In an MP4 it stands in
boxes that can be blanked without moving a byte of the rest, in an MP3 before or behind
the sound. Plain Python.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.media.problems import MediaProblem

# Boxes that hold boxes we look into.
_OUTER = frozenset({b"moov", b"trak", b"mdia"})
# Who filmed what, when and where.
_TOLD = frozenset({b"udta", b"meta", b"uuid"})
_DEEPEST, _MOST_BOXES = 4, 10_000
_BROKEN = MediaProblem(
    "Berkas MP4 ini tidak utuh.", "Ekspor ulang sebagai MP4 (H.264), lalu unggah lagi."
)


@dataclass(frozen=True)
class _Box:
    name: bytes
    start: int
    inside: int
    end: int


def clean_mp4(data: bytes) -> tuple[bytes, str]:
    """Return the film without what tells of its maker, and "mp4" or "m4a".

    It is as long as before. Raises MediaProblem for a file that is cut short.
    """
    cleaned = bytearray(data)
    boxes = list(_boxes(data, 0, len(data), 0))
    names = {box.name for box in boxes}
    if not {b"ftyp", b"moov"} <= names:
        raise _BROKEN
    for box in boxes:
        if box.name in _TOLD:
            cleaned[box.start + 4 : box.start + 8] = b"free"
            cleaned[box.inside : box.end] = bytes(box.end - box.inside)
    tracks = {
        data[box.inside + 8 : box.inside + 12] for box in boxes if box.name == b"hdlr"
    }
    if b"vide" in tracks:
        return bytes(cleaned), "mp4"
    if b"soun" in tracks:
        return bytes(cleaned), "m4a"
    raise _BROKEN


def _boxes(data: bytes, start: int, end: int, depth: int) -> Iterator[_Box]:
    """Yield the boxes of a stretch, and of those inside that are looked into."""
    count = 0
    while start < end:
        size = int.from_bytes(data[start : start + 4])
        inside = start + 8
        if size == 1:
            size, inside = int.from_bytes(data[start + 8 : start + 16]), start + 16
        stop = end if size == 0 else start + size
        count += 1
        if inside > stop or stop > end or count > _MOST_BOXES:
            raise _BROKEN
        box = _Box(data[start + 4 : start + 8], start, inside, stop)
        yield box
        if box.name in _OUTER and depth < _DEEPEST:
            yield from _boxes(data, inside, stop, depth + 1)
        start = stop


def clean_mp3(data: bytes) -> bytes:
    """Return the sound without the tags before and behind it. Raises MediaProblem."""
    start = 0
    while data[start : start + 3] == b"ID3" and len(data) > start + 10:
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 0x7F
        has_footer = data[start + 5] & 0x10
        start += 10 + size + (10 if has_footer else 0)
    end = len(data) - 128 if data[-128:-125] == b"TAG" else len(data)
    # Some writers leave zeros between the tag and the sound.
    sound = data[start:end].lstrip(b"\0")
    if len(sound) < 4 or sound[0] != 0xFF or sound[1] & 0xE0 != 0xE0:
        raise MediaProblem(
            "Berkas MP3 ini tidak utuh.", "Ekspor ulang sebagai MP3, lalu unggah lagi."
        )
    return sound
