"""Files of questions, in and out.

`FORMATS` is the whole registry. Each format reads with `read(data, said)` into a
`Reading`, where `said` is how its author says a table is laid out, and writes with
`render(questions, image)` into a `Rendering`; both are plain Python and tell of every
question what was lost and what is wrong.
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
from quizzes.exchange.formats.html_to_markdown import html_to_line as line_of_html
from quizzes.exchange.formats.html_to_markdown import (
    html_to_markdown as markdown_of_html,
)
from quizzes.exchange.formats.registry import (
    FORMATS,
    READABLE,
    WRITABLE,
    Format,
    format_of,
)
from quizzes.exchange.formats.table.format import Arranged
from quizzes.exchange.formats.table.roles import LABELS as COLUMN_LABELS
from quizzes.exchange.formats.xlsx.format import template
from quizzes.exchange.formats.yaml.format import read_questions, render_questions
from quizzes.exchange.formats.yaml.writing import as_yaml

__all__ = [
    "COLUMN_LABELS",
    "FORMATS",
    "MAX_BYTES",
    "MAX_ITEMS",
    "READABLE",
    "WRITABLE",
    "Arranged",
    "Format",
    "ImageReader",
    "ReadItem",
    "Reading",
    "Rendering",
    "UnreadableFile",
    "as_yaml",
    "format_of",
    "line_of_html",
    "markdown_of_html",
    "read_questions",
    "render_questions",
    "template",
]
