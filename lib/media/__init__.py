"""Pictures, papers, sound and films that people upload: judged by what is in them.

`read_media` is the door: bytes in, what may be stored out, or a `MediaProblem` that
says what to do. Names and what a browser says of a file are never believed.
"""

from lib.media.drawings import MAX_DRAWING
from lib.media.kinds import MEDIA_TYPES, PICTURES, MediaKind, media_kind
from lib.media.picture_sizes import Rendition
from lib.media.problems import MediaProblem
from lib.media.reading import Media, kind_of, read_media

__all__ = [
    "MAX_DRAWING",
    "MEDIA_TYPES",
    "PICTURES",
    "Media",
    "MediaKind",
    "MediaProblem",
    "Rendition",
    "kind_of",
    "media_kind",
    "read_media",
]
