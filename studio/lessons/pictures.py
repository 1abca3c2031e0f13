"""A picture of a course."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class ImageContent:
    """A picture: its path in the folder and its bytes, checked."""

    path: str
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 under which it is stored and served."""
        return sha256(self.data).hexdigest()
