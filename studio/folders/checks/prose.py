"""Markdown without its marks: the words that people read.

Code, addresses, keys and citations leave nothing behind; the words around them stay as
they were, so that they can be found again in the file.
"""

import re
from collections.abc import Iterator

from lib.markdown.masking import normalise, read_source

# Longer runs of masked signs are code, whose letter stands for itself only here.
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)\s*$", re.MULTILINE | re.S)
_UNSEEN = re.compile(
    r"""
    \[\^[^\]\s]+\]                  # a citation
    | [ \t]\{\#[^{}]*\}             # the key of a heading
    | ^[ \t]*\{:[^}\n]*\}[ \t]*$    # an attribute of a paragraph
    | <[^<>\s]+>                    # an address
    | https?://\S+
    | \]\([^()\n]*\)                # the target of a link or picture
    | \[\[[^\[\]]*\]\]              # the place of a gap
    """,
    re.VERBOSE | re.MULTILINE,
)
_BLOCK = re.compile(r"^/{3,}[ ]*[\w-]*[ ]*\|?", re.MULTILINE)
_CHECK = re.compile(r"^/{3,}[ ]*cek[ ]*\|.*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\n]*\)")
_RULER = re.compile(r"^[ \t|:-]*-[ \t|:-]*$", re.MULTILINE)
_MARKS = re.compile(r"^[ \t>]*(?:#{1,6}|[-*+]|\d+[.)])[ \t]+|[|\\]+|!?\[", re.M)
_EMPHASIS = re.compile(r"[*_`~=]+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def prose(text: str) -> str:
    """Return what is read aloud, pictures by their text equivalent."""
    for unseen in (_FENCED, _CODE, _CHECK, _UNSEEN, _BLOCK, _RULER, _MARKS):
        text = unseen.sub(" ", text)
    return _EMPHASIS.sub("", text)


def plain(text: str) -> str:
    """Return a line as it is read, on one line."""
    return " ".join(prose(text).split())


def count_words(text: str) -> int:
    """Return how many words and numbers a lesson asks people to read.

    Titles of boxes and headings count, the text equivalents of pictures do not.
    """
    return len(re.findall(r"\w[\w.,’'/:%-]*", prose(_PICTURE.sub(" ", text))))


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text with the line, from 1, on which each begins."""
    for paragraph in read_source(normalise(text)).paragraphs():
        start, end = paragraph.span()
        yield text.count("\n", 0, start) + 1, text[start:end]
