"""The frame of a QTI 2.1 item, its texts, and the expressions that mark it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, TreeBuilder

import nh3

from lib import markdown
from lib.markdown import MarkdownProblem
from quizzes.questions.content import QuestionContent
from quizzes.questions.pictures import address_of
from quizzes.questions.rendering import stem_html

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_PLACE = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
CONTENT_FOLDER = "../"
"""From an item to the pictures beside it."""

# What an itemBody may hold; the words of anything else stay.
_TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h3", "h4", "hr", "img", "li"),
    *("ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul"),
}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_VOID = frozenset({"br", "hr", "img"})
RESPONSE, SCORE = "RESPONSE", "SCORE"
COUNT = "BENAR"
"""The outcome that counts whole points while a score is being worked out."""


def identifier(key: str) -> str:
    """Return a key as QTI writes identifiers: never with a digit or a dash first."""
    return f"o-{key}"


def new_item(name: str, title: str) -> Element:
    """Return an empty item; parts are added in the order of the standard."""
    return Element(
        "assessmentItem",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": _PLACE,
            "identifier": name,
            "title": title,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )


def declare_response(
    item: Element,
    name: str,
    cardinality: str,
    base_type: str,
    correct: Iterable[str],
    mapping: Mapping[str, Decimal] | None = None,
    **attributes: str,
) -> None:
    """Add a response variable, what is correct, and what each value earns.

    `attributes` go to the entries of the mapping. A mapping is kept within 0 and 1.
    """
    declaration = SubElement(
        item,
        "responseDeclaration",
        identifier=name,
        cardinality=cardinality,
        baseType=base_type,
    )
    values = list(correct)
    if values:
        right = SubElement(declaration, "correctResponse")
        for value in values:
            SubElement(right, "value").text = value
    if mapping:
        table = SubElement(
            declaration, "mapping", defaultValue="0", lowerBound="0", upperBound="1"
        )
        for key, share in mapping.items():
            entry = {"mapKey": key, "mappedValue": number(share), **attributes}
            # Engines differ where it is left out.
            entry.setdefault("caseSensitive", "true")
            SubElement(table, "mapEntry", entry)


def declare_outcome(
    item: Element, name: str, cardinality: str, base_type: str, default: str = ""
) -> None:
    """Add an outcome variable."""
    outcome = SubElement(
        item,
        "outcomeDeclaration",
        identifier=name,
        cardinality=cardinality,
        baseType=base_type,
    )
    if default:
        SubElement(SubElement(outcome, "defaultValue"), "value").text = default


def number(value: Decimal) -> str:
    """Return a number as XML Schema writes doubles, to twelve places."""
    text = f"{value:.12f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def base_value(parent: Element, base_type: str, value: str) -> Element:
    """Add a constant."""
    constant = SubElement(parent, "baseValue", baseType=base_type)
    constant.text = value
    return constant


def add_stem(parent: Element, question: QuestionContent) -> list[str]:
    """Add the stem as XHTML, with its gaps by number; return what was lost."""
    try:
        return _add_html(parent, stem_html(question))
    except MarkdownProblem:
        return _add_html(parent, nh3.clean_text(question.stem))


def add_block(parent: Element, text: str) -> list[str]:
    """Add Markdown paragraphs as XHTML; return what was lost."""
    try:
        html = markdown.render(text, citations={}, image_url=address_of).html
    except MarkdownProblem:
        html = nh3.clean_text(text)
    return _add_html(parent, html)


def add_line(parent: Element, text: str) -> None:
    """Add a line of Markdown as XHTML."""
    try:
        html = markdown.render_inline(text)
    except MarkdownProblem:
        html = nh3.clean_text(text)
    _add_html(parent, html)


def _add_html(parent: Element, html: str) -> list[str]:
    plain = html.replace("<mark>", "<strong>").replace("</mark>", "</strong>")
    cleaned = nh3.clean(plain, tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=None)
    builder = _Builder()
    builder.feed(cleaned)
    builder.close()
    root = builder.root()
    for image in root.iter("img"):
        source = image.get("src", "")
        image.set("src", f"{CONTENT_FOLDER}{source.lstrip('/')}")
    _move(root, parent)
    return ["Teks yang dicoret menjadi biasa."] if "<del>" in html else []


def _move(source: Element, target: Element) -> None:
    """Append words and elements behind whatever the target has."""
    words = source.text or ""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + words
    else:
        target.text = (target.text or "") + words
    target.extend(list(source))


class _Builder(HTMLParser):
    """Builds elements of clean, balanced HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._tree = TreeBuilder()
        self._tree.start("div", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._tree.end(tag)

    def handle_data(self, data: str) -> None:
        self._tree.data(data)

    def root(self) -> Element:
        """Return what was built."""
        self._tree.end("div")
        return self._tree.close()
