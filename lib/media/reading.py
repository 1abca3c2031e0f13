"""From the bytes that somebody sent to what may be stored."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lib.media.children import check_document, read_picture
from lib.media.drawings import clean_drawing
from lib.media.films import clean_mp3, clean_mp4
from lib.media.kinds import HEAD, MediaKind, ending_of, media_kind
from lib.media.picture_sizes import Rendition
from lib.pictures import digest_of


@dataclass(frozen=True)
class Media:
    """A file that may be stored; `lost` names what of it could not be kept.

    Pictures but drawings have their size and smaller renditions, the smallest first.
    """

    ending: str
    data: bytes
    width: int = 0
    height: int = 0
    renditions: tuple[Rendition, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 under which it is kept."""
        return digest_of(self.data)

    @property
    def kind(self) -> MediaKind:
        """What a page does with it."""
        return media_kind(self.ending)


def read_media(data: bytes) -> Media:
    """Return what may be stored of a file, judged by its content alone.

    What this returns comes back unchanged when it is read again. Pictures are decoded
    and papers opened in a process of their own, with limits. Raises MediaProblem.
    """
    ending = ending_of(data[:HEAD])
    return _READERS[ending](data)


def kind_of(data: bytes) -> MediaKind:
    """Return what a page does with a file, told by its first bytes.

    A film without pictures is taken for one with them. Raises MediaProblem.
    """
    return media_kind(ending_of(data[:HEAD]))


def _drawing(data: bytes) -> Media:
    plain, lost = clean_drawing(data)
    return Media("svg", plain, lost=lost)


def _picture(data: bytes) -> Media:
    picture = read_picture(data)
    return Media(
        picture.ending,
        picture.data,
        picture.width,
        picture.height,
        picture.renditions,
    )


def _document(data: bytes) -> Media:
    check_document(data)
    return Media("pdf", data)


def _film(data: bytes) -> Media:
    cleaned, ending = clean_mp4(data)
    return Media(ending, cleaned)


def _kept(ending: str) -> Callable[[bytes], Media]:
    return lambda data: Media(ending, data)


_READERS: dict[str, Callable[[bytes], Media]] = {
    **dict.fromkeys(("png", "jpg", "webp"), _picture),
    "svg": _drawing,
    "pdf": _document,
    "mp3": lambda data: replace(Media("mp3", b""), data=clean_mp3(data)),
    "mp4": _film,
    "ogg": _kept("ogg"),
    "webm": _kept("webm"),
}
