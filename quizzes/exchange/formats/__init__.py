"""Files of questions, in and out.

`FORMATS` is the whole registry. Each format reads with `read(data)` into a `Reading`
and writes with `render(questions, image)` into a `Rendering`; both are plain Python
and tell of every question what was lost and what is wrong.
"""

from quizzes.exchange.formats.exchange import (
    MAX_BYTES,
    MAX_ITEMS,
    ImageReader,
    Reading,
    ReadItem,
    Rendering,
    UnreadableFile,
)
from quizzes.exchange.formats.registry import FORMATS, READABLE, Format, format_of
from quizzes.exchange.formats.xlsx.format import template
from quizzes.exchange.formats.yaml.format import read_questions

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_ITEMS",
    "READABLE",
    "Format",
    "ImageReader",
    "ReadItem",
    "Reading",
    "Rendering",
    "UnreadableFile",
    "format_of",
    "read_questions",
    "template",
]
