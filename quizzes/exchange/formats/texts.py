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


def line_of_words(text: str, losses: list[str]) -> str:
    """Return words that Moodle shows as they are, but for tags and entities in them."""
    if _TAG.search(text):
        return html_to_line(text, losses)
    return plain_to_line(text)


@dataclass
class KeptTexts:
    """Notes the Markdown of texts that would not come back from what is written.

    `texts` is what `TextReader.kept` wants, `losses` what cannot be kept apart.
    """

    texts: dict[str, str] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)

    def keep(self, text: str, words: str, again: str) -> str:
        """Return `words`, which stand for `text` and would be read as `again`."""
        mark = mark_of(words)
        if again != text:
            self.texts[mark] = text
        if self._seen.setdefault(mark, text) != text:
            self.losses.append(
                "Dua teks yang tampil sama ditulis dengan tanda berbeda. Bila diimpor "
                "kembali, keduanya memakai tanda yang sama."
            )
        return words


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

    def own(self, text: str) -> str:
        """Return what was exported from here as these words, else the words."""
        return self.kept.get(mark_of(text), text) if self.kept else text

    def block(
        self, text: str, format: str, images: Mapping[str, str] | None = None
    ) -> str:
        """Return a text of paragraphs, such as a stem.

        `images` came with this very text: two texts may have pictures of one name.
        """
        self.budget.check()
        if self.kept and mark_of(text) in self.kept:
            return self.kept[mark_of(text)]
        name = _NAMES.get(format, format)
        if name == "markdown":
            return text.strip()
        if name == "html" or (name != "plain" and _TAG.search(text)):
            lines = text if name == "html" else text.strip().replace("\n", "<br>\n")
            known = {**self.images, **(images or {})}
            return html_to_markdown(lines, self.losses, images=known)
        return plain_to_markdown(text)

    def line(self, text: str, format: str) -> str:
        """Return a line, such as an option or its feedback."""
        self.budget.check()
        if self.kept and mark_of(text) in self.kept:
            return self.kept[mark_of(text)]
        name = _NAMES.get(format, format)
        if name == "markdown":
            return text.strip()
        if name == "html":
            return html_to_line(text, self.losses)
        if name == "plain":
            return plain_to_line(text)
        return line_of_words(text, self.losses)
