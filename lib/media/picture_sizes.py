"""A picture in its sizes, as values."""

from dataclasses import dataclass

from lib.pictures import digest_of


@dataclass(frozen=True)
class Rendition:
    """A WebP of a picture, `width` pixels wide."""

    width: int
    height: int
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 under which it is kept and served."""
        return digest_of(self.data)


@dataclass(frozen=True)
class SizedPicture:
    """A picture without metadata, and its renditions, the smallest first."""

    ending: str
    width: int
    height: int
    data: bytes
    renditions: tuple[Rendition, ...]
