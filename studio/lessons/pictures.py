"""A picture of a course."""

from dataclasses import dataclass

from lib.pictures import digest_of


@dataclass(frozen=True)
class ImageContent:
    """A picture: its path in the folder and its bytes, checked."""

    path: str
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 under which it is stored and served."""
        return digest_of(self.data)
