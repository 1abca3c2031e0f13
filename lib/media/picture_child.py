"""Decodes one picture from standard input in a process of its own.

A picture of a few kilobytes can say that it is a hundred thousand pixels wide, and
decoders have had holes. Therefore this process has limits and nothing to lose, and
knows nothing of the site: `lib.media.children` starts it as a script.

Writes a line of JSON, then the bytes it tells the lengths of: the picture without
metadata, then its renditions in WebP. A picture that is clean already and not too
large is kept byte for byte, so that it can go from site to site; what pages show are
the renditions, which are always written anew. Exit code 0: read; 3: it moves; 4: it is
too large; any other: it is no picture.
"""

import contextlib
import json
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MOVES, TOO_LARGE = 3, 4
_FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA"})
_WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
# Tables, frames, restarts and scans; no comments and no application data but JFIF.
_JPEG_SEGMENTS = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD})
_JFIF = b"JFIF\0"
_LOSSY = {"quality": 80, "method": 4}
# A picture with more colours than this is a photograph.
_MOST_COLOURS = 4_096


def _limit(memory: int, seconds: int, output: int) -> None:
    """Bound what this process may use: bytes, seconds of work, bytes written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def is_clean(data: bytes, kind: str) -> bool:
    """Whether a file holds a picture and nothing else, up to its last byte."""
    return {"PNG": _is_clean_png, "JPEG": _is_clean_jpeg, "WEBP": _is_clean_webp}[kind](
        data
    )


def _is_clean_png(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        name = data[at + 4 : at + 8]
        if name not in _PNG_CHUNKS:
            return False
        at += 12 + int.from_bytes(data[at : at + 4])
        if name == b"IEND":
            return at == len(data)
    return False


def _is_clean_webp(data: bytes) -> bool:
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    at = 12
    while at + 8 <= len(data):
        if data[at : at + 4] not in _WEBP_CHUNKS:
            return False
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return at == len(data)


def _is_clean_jpeg(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xDA:
            at = _after_scan(data, at + 2 + size)
            if data[at : at + 2] == b"\xff\xd9":
                return at + 2 == len(data)
            continue
        is_jfif = marker == 0xE0 and size == 16 and data[at + 4 : at + 9] == _JFIF
        if not is_jfif and marker not in _JPEG_SEGMENTS:
            return False
        at += 2 + size
    return False


def _after_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands behind the data of a scan."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def decoded(
    data: bytes, max_pixels: int, max_side: int
) -> tuple[Image.Image, str, bool]:
    """Return the picture upright in plain colours, the name of its format, and whether
    its file is no larger than pictures are kept.
    """
    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(BytesIO(data), formats=tuple(_FORMATS))
    kind = picture.format or ""
    if getattr(picture, "n_frames", 1) > 1:
        sys.exit(MOVES)
    if picture.width * picture.height > max_pixels:
        sys.exit(TOO_LARGE)
    is_small = max(picture.size) <= max_side
    # A JPEG is decoded no larger than it is needed.
    picture.draft(None, (max_side, max_side))
    picture.load()
    return _plain(ImageOps.exif_transpose(picture)), kind, is_small


def _plain(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    has_alpha = picture.has_transparency_data
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("F").point(lambda value: value / 256)
        picture = picture.convert("L")
    elif profile:
        picture = _in_srgb(picture, profile)
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    plain.info.clear()
    return plain


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in the colours of the web; as it is for a broken profile."""
    if picture.mode in {"P", "LA", "PA"}:
        picture = picture.convert("RGBA")
    try:
        changed = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file without metadata."""
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def _master(picture: Image.Image, kind: str) -> bytes:
    if kind == "PNG":
        return encoded(picture, kind)
    if kind == "JPEG":
        return encoded(picture.convert("RGB"), kind, quality=88, progressive=True)
    return encoded(picture, kind, quality=88, method=4)


def _at_most(picture: Image.Image, side: int) -> Image.Image:
    sized = picture.copy()
    sized.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return sized


def _renditions(
    picture: Image.Image, widths: list[int]
) -> list[tuple[int, int, bytes]]:
    """Return a WebP of each width that is not larger, the smallest first."""
    wanted = [width for width in widths if width < picture.width]
    wanted.append(min(picture.width, widths[-1]))
    is_drawn = _at_most(picture, 800).getcolors(_MOST_COLOURS) is not None
    made = []
    for width in sorted(set(wanted), reverse=True):
        # Each from the one above it: a photograph is scaled down once.
        if width != picture.width:
            height = max(1, round(picture.height * width / picture.width))
            picture = picture.resize((width, height), Image.Resampling.LANCZOS)
        content = encoded(picture, "WEBP", **_LOSSY)
        if is_drawn:
            exact = encoded(picture, "WEBP", lossless=True, quality=60, method=3)
            content = min(content, exact, key=len)
        made.append((*picture.size, content))
    return made[::-1]


def _main(max_pixels: int, max_side: int, widths: list[int]) -> None:
    """Read a picture and write it in its sizes."""
    data = sys.stdin.buffer.read()
    picture, kind, is_small = decoded(data, max_pixels, max_side)
    shown = _at_most(picture, max_side)
    is_kept = is_small and is_clean(data, kind)
    master = data if is_kept else _master(shown, kind)
    made = _renditions(shown, widths)
    told = {
        "ending": _FORMATS[kind],
        "size": [*shown.size, len(master)],
        "renditions": [
            [width, height, len(content)] for width, height, content in made
        ],
    }
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + master)
    for _width, _height, content in made:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    said = [int(value) for value in sys.argv[1:]]
    _limit(*said[:3])
    warnings.simplefilter("ignore")
    _main(said[3], said[4], said[5:])
