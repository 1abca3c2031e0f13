"""Texts of other systems as Markdown, by the format that they say they have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from quizzes.exchange.formats.exchange import Budget
from quizzes.exchange.formats.html_to_markdown import html_to_line, html_to_markdown
from quizzes.exchange.formats.plain_text import plain_to_line, plain_to_markdown

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|[A-Za-z]+);")
# Moodle's names, and the numbers that stand for them in old files.
_NAMES = {"0": "moodle", "moodle_auto_format": "moodle", "1": "html", "4": "markdown"}
_NAMES |= {"2": "plain", "plain_text": "plain"}


def mark_of(text: str) -> str:
    """Return what tells a text from any other: it was not edited since."""
    return sha256(text.strip().encode()).hexdigest()[:16]


@dataclass
class TextReader:
    """Reads the texts of one question; `losses` is what did not come along.

    Raises UnreadableFile when the `budget` of the file is spent.

    `images` gives by address the path of a picture that came with the file, `kept`
    by `mark_of` the Markdown of a text that was exported from here.
    """

    losses: list[str]
    budget: Budget
    images: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)

    def block(self, text: str, format: str) -> str:
        """Return a text of paragraphs, such as a stem."""
        self.budget.check()
        if self.kept and mark_of(text) in self.kept:
            return self.kept[mark_of(text)]
        name = _NAMES.get(format, format)
        if name == "markdown":
            return text.strip()
        if name == "html" or (name != "plain" and _TAG.search(text)):
            lines = text if name == "html" else text.strip().replace("\n", "<br>\n")
            return html_to_markdown(lines, self.losses, images=self.images)
        return plain_to_markdown(text)

    def line(self, text: str, format: str) -> str:
        """Return a line, such as an option or its feedback."""
        self.budget.check()
        if self.kept and mark_of(text) in self.kept:
            return self.kept[mark_of(text)]
        name = _NAMES.get(format, format)
        if name == "markdown":
            return text.strip()
        if name == "html" or (name != "plain" and _TAG.search(text)):
            return html_to_line(text, self.losses)
        return plain_to_line(text)
