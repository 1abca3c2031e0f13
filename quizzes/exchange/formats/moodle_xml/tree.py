"""XML from strangers as a tree whose elements know their lines.

Document types are refused before anything in them takes effect: no entity is ever
expanded and nothing outside the file is ever fetched (defusedxml).
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import UnreadableFile, check_size

_LINE = "\N{DOWNWARDS ARROW}line"
_DEEPEST = 100
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


class _Builder(TreeBuilder):
    """Notes the line of every element; refuses a tree that is too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        # The expat parser at work, known once it is made.
        self.expat: Any = None

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile(
                "Susunan XML di berkas ini terlalu dalam. Ekspor ulang dari Moodle."
            )
        element = super().start(tag, attrs)
        element.set(_LINE, str(self.expat.CurrentLineNumber))
        return element

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)


def read_tree(data: bytes) -> tuple[Element, list[str]]:
    """Return the outermost element and what was assumed of the encoding.

    Raises UnreadableFile: broken, too large, or with a document type.
    """
    check_size(data)
    try:
        return _parsed(data), []
    except ParseError as error:
        if "invalid token" not in str(error) and "encoding" not in str(error):
            raise _broken(error) from error
    text, notes = decode(data)
    try:
        return _parsed(_DECLARATION.sub("", text).encode()), notes
    except ParseError as error:
        raise _broken(error) from error


def _parsed(data: bytes) -> Element:
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise UnreadableFile(
            "Berkas ini memuat DOCTYPE atau entitas, yang dapat merusak situs. "
            "Ekspor ulang dari Moodle, atau hapus baris <!DOCTYPE …>."
        ) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFile(
            "Pengodean huruf berkas XML ini tidak dikenal. Simpan ulang sebagai UTF-8."
        ) from error
    return root


def _broken(error: ParseError) -> UnreadableFile:
    line = error.position[0]
    return UnreadableFile(
        f"XML rusak di baris {line}. Ekspor ulang dari Moodle, atau perbaiki tanda "
        "< dan > di baris itu.",
        line,
    )


def line_of(element: Element) -> int:
    """Return the line on which an element begins."""
    return int(element.get(_LINE, "1"))
