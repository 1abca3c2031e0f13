"""XML from strangers as a tree whose elements know their lines.

Document types are refused before anything in them takes effect: no entity is ever
expanded and nothing outside the file is ever fetched (defusedxml).
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from quizzes.formats.decoding import decode
from quizzes.formats.exchange import UnreadableFile, check_size

_LINE = "\N{DOWNWARDS ARROW}line"
_DEEPEST = 100
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


class _Parser(DefusedXMLParser):  # type: ignore[misc]
    """Notes the line of every element; refuses a tree that is too deep."""

    def __init__(self) -> None:
        super().__init__(forbid_dtd=True)
        self._depth = 0

    def _start(self, *args: Any) -> Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile(
                "Susunan XML di berkas ini terlalu dalam. Ekspor ulang dari Moodle."
            )
        element: Element = super()._start(*args)
        element.set(_LINE, str(self.parser.CurrentLineNumber))
        return element

    def _end(self, tag: str) -> Any:
        self._depth -= 1
        return super()._end(tag)


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
    parser = _Parser()
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
