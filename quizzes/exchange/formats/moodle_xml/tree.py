"""XML from strangers as a tree whose elements know their lines.

Document types are refused before anything in them takes effect: no entity is ever
expanded and nothing outside the file is ever fetched (defusedxml).
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from quizzes.exchange.formats.decoding import decode
from quizzes.exchange.formats.exchange import UnreadableFile, check_size

_LINE = "\N{DOWNWARDS ARROW}line"
_DEEPEST = 100
_VOID = frozenset({"br", "hr", "img"})
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


class _Builder(TreeBuilder):
    """Notes the line of every element; refuses a tree that is too deep."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self._depth = 0
        self._program = program
        # The expat parser at work, known once it is made.
        self.expat: Any = None

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableFile(
                "Susunan XML di berkas ini terlalu dalam. Ekspor ulang dari "
                f"{self._program}."
            )
        element = super().start(tag, attrs)
        element.set(_LINE, str(self.expat.CurrentLineNumber))
        return element

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)


def read_tree(data: bytes, program: str = "Moodle") -> tuple[Element, list[str]]:
    """Return the outermost element and what was assumed of the encoding.

    `program` is where such files come from. Raises UnreadableFile: broken, too large,
    or with a document type.
    """
    check_size(data)
    try:
        return _parsed(data, program), []
    except ParseError as error:
        if "invalid token" not in str(error) and "encoding" not in str(error):
            raise _broken(error, program) from error
    text, notes = decode(data)
    try:
        return _parsed(_DECLARATION.sub("", text).encode(), program), notes
    except ParseError as error:
        raise _broken(error, program) from error


def _parsed(data: bytes, program: str) -> Element:
    builder = _Builder(program)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise UnreadableFile(
            "Berkas ini memuat DOCTYPE atau entitas, yang dapat merusak situs. "
            f"Ekspor ulang dari {program}, atau hapus baris <!DOCTYPE …>."
        ) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFile(
            "Pengodean huruf berkas XML ini tidak dikenal. Simpan ulang sebagai UTF-8."
        ) from error
    return root


def _broken(error: ParseError, program: str) -> UnreadableFile:
    line = error.position[0]
    return UnreadableFile(
        f"XML rusak di baris {line}. Ekspor ulang dari {program}, atau perbaiki tanda "
        "< dan > di baris itu.",
        line,
    )


def inner_text(element: Element) -> str:
    """Return what an element holds as it was written: its words and its markup."""
    pieces = [element.text or ""]
    if len(element):
        pieces = [escape(element.text or "")]
        for child in element:
            pieces.append(markup_of(child))
    return "".join(pieces)


def markup_of(element: Element) -> str:
    """Return an element as markup, with the words behind it."""
    said = [
        f" {name}={quoteattr(value)}"
        for name, value in element.attrib.items()
        if name != _LINE
    ]
    inside = escape(element.text or "") + "".join(map(markup_of, element))
    start = f"<{element.tag}{''.join(said)}>"
    end = "" if element.tag in _VOID else f"</{element.tag}>"
    return f"{start}{inside}{end}{escape(element.tail or '')}"


def line_of(element: Element) -> int:
    """Return the line on which an element begins."""
    return int(element.get(_LINE, "1"))
