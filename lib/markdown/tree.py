"""From what Markdown says to the markup of a lesson.

Two passes over the tree of the document: one before inline marks are read, for
what authors write in braces, one after, for links, pictures, tables and citations.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTextInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from lib.markdown.blocks import KEY, TITLE_CLASS, Questions
from lib.markdown.checking import CITATION, FILE_PATH, image_problem
from lib.markdown.problems import MarkdownProblem
from lib.markdown.recordings import fill_recording
from lib.markdown.showing import fill_image, fill_link, wrap_large
from lib.markdown.shown import FindFile, ShownFile

_HEADINGS = frozenset({"h2", "h3", "h4"})
_KEY = re.compile(r"[ \t]+\{#(?P<key>" + KEY.pattern + r")\}[ \t]*#*[ \t]*$")
# Without the signs of the sentence around it. What was read before, such as a letter
# behind a backslash, stands there as \x02klzzwxh:…\x03.
_ADDRESS = (
    r"(?<![\w/.@-])https?://(?:[^\s<>\"\[\]“”\x02\x03]|\x02klzzwxh:\d+\x03)*"
    r"[^\s<>\"\[\]“”\x02\x03.,;:!?(){}'’*_~=|…]/?"
)
_STASHED = re.compile(r"\x02klzzwxh:(\d+)\x03")
_PONDER = re.compile(r"\n[ \t]*\{:[ \t]*\.renung[ \t]*\}[ \t]*$")


@dataclass(slots=True)
class RenderingTask:
    """One rendering: what it was given, and what it finds on its way."""

    text: str = ""
    citations: Collection[str] = ()
    image_url: FindFile | None = None
    heading_above: int = 2
    first_number: int = 1
    first_line: int = 1
    places: dict[str, list[str]] = field(default_factory=dict)
    """By key of a source, in order of first use: the ids where it is cited."""

    def find(self, address: str, what: str) -> str | ShownFile | None:
        """Return a file of the course, None where nothing is looked up.

        Raises MarkdownProblem with its line for one that there is not.
        """
        if self.image_url is None:
            return None
        try:
            return self.image_url(address)
        except LookupError:
            raise MarkdownProblem(
                self.line_of(address),
                f"{what} {address} tidak ditemukan.",
                "Taruh berkasnya di kursus ini, atau periksa ejaan namanya.",
            ) from None

    def line_of(self, wanted: str) -> int:
        """Return the line on which something is written, the first if nowhere."""
        position = max(self.text.find(wanted), 0)
        return self.first_line + self.text.count("\n", 0, position)


class LiteralStars(Extension):
    """Keep the stars of a product as they are: in 5*3*2 they are no marks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the pattern; marks are read at 60."""
        stars = SimpleTextInlineProcessor(r"(?<=\d)(\*+)(?=\d)")
        md.inlinePatterns.register(stars, "product_stars", 65)


class LessonMarkup(Extension):
    """The passes, all reading the job at hand."""

    def __init__(self) -> None:
        super().__init__()
        self.job = RenderingTask()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the passes; 20 is where inline marks are read."""
        md.inlinePatterns.register(_Citation(CITATION, md, self), "citation", 175)
        # Behind links and <…>, before marks inside words.
        md.inlinePatterns.register(_BareAddress(_ADDRESS, md), "address", 115)
        md.treeprocessors.register(_BeforeInline(md), "lesson_braces", 25)
        md.treeprocessors.register(_AfterInline(md, self), "lesson_markup", 15)


class _Citation(InlineProcessor):
    """``[^key]``: a raised number, given later when the order is known."""

    def __init__(self, pattern: str, md: Markdown, markup: LessonMarkup) -> None:
        super().__init__(pattern, md)
        self.markup = markup

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if m["key"] not in self.markup.job.citations:
            return None, None, None
        raised = Element("sup")
        SubElement(raised, "a", {"data-citation": m["key"]})
        return raised, m.start(), m.end()


class _BareAddress(InlineProcessor):
    """An address of the web as it is, outside links: a link to itself."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        inline: Any = self.md.treeprocessors["inline"]
        stash = inline.stashed_nodes
        if any(not isinstance(stash.get(at), str) for at in _STASHED.findall(m[0])):
            return None, None, None
        address = self.unescape(m[0])
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.end()


class _BeforeInline(Treeprocessor):
    """Take ``{#key}`` off headings and ``{: .renung }`` off paragraphs."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in _HEADINGS:
                self._take(element, _KEY)
            elif element.tag == "p":
                self._take(element, _PONDER)

    def _take(self, element: Element, mark: re.Pattern[str]) -> None:
        found = mark.search(element.text or "")
        if found is None:
            return
        element.text = (element.text or "")[: found.start()]
        if mark is _KEY:
            element.set("id", found["key"])
        else:
            element.set("class", "m-ponder")


class _AfterInline(Treeprocessor):
    """Give links, pictures, tables, titles and citations their final form."""

    def __init__(self, md: Markdown, markup: LessonMarkup) -> None:
        super().__init__(md)
        self.markup = markup

    def run(self, root: Element) -> None:
        job = self.markup.job
        parents = {child: parent for parent in root.iter() for child in parent}
        # Before the paragraphs around them: a figure asks how large its picture is.
        for image in root.iter("img"):
            _finish_image(image, job)
        for element in list(root.iter()):
            if element.tag == "table":
                _make_scrollable(element, parents[element])
            elif element.get("class") == Questions.CLASS:
                _make_questions(element, parents[element])
            else:
                _finish(element, job)


def _finish(element: Element, job: RenderingTask) -> None:
    """Give its final form to an element that stays where it is."""
    if element.tag == "a":
        _finish_link(element, job)
    elif element.tag == "p":
        _make_figure(element)
    elif element.tag == "figure":
        _finish_recording(element, job)
    elif element.get("class") == TITLE_CLASS and job.heading_above == 1:
        element.tag = "h2"


def _finish_link(link: Element, job: RenderingTask) -> None:
    key = link.attrib.pop("data-citation", None)
    if key is not None:
        _number_citation(link, key, job)
        return
    if FILE_PATH.fullmatch(link.get("href", "")):
        found = job.find(link.get("href", ""), "Berkas")
        if found is not None:
            fill_link(link, found)
        return
    try:
        is_external = bool(urlsplit(link.get("href", "")).netloc)
    except ValueError:
        is_external = True
    if is_external:
        link.set("rel", "noopener noreferrer")


def _number_citation(link: Element, key: str, job: RenderingTask) -> None:
    """Number the sources in the order of the text; one cited again keeps its own."""
    places = job.places.setdefault(key, [])
    number = job.first_number + list(job.places).index(key)
    place = f"kutipan-{number}" + (f"-{len(places) + 1}" if places else "")
    places.append(place)
    link.text = str(number)
    link.set("id", place)
    link.set("href", f"#rujukan-{number}")
    link.set("role", "doc-noteref")
    link.set("aria-label", f"Rujukan {number}")


def _finish_image(image: Element, job: RenderingTask) -> None:
    address = image.get("src", "")
    problem = image_problem(address, image.get("alt", ""))
    if problem:
        raise MarkdownProblem(job.line_of(address), *problem)
    image.set("loading", "lazy")
    found = job.find(address, "Gambar")
    if found is not None:
        fill_image(image, found)


def _finish_recording(figure: Element, job: RenderingTask) -> None:
    address = figure.attrib.pop("data-file", "")
    found = job.find(address, "Berkas") if address else None
    if found is not None:
        fill_recording(figure, found)


def _make_figure(paragraph: Element) -> None:
    """Turn a paragraph that holds a picture alone into a figure."""
    is_alone = len(paragraph) == 1 and paragraph[0].tag == "img"
    if not is_alone or (paragraph.text or "").strip():
        return
    image = paragraph[0]
    if (image.tail or "").strip():
        return
    paragraph.tag = "figure"
    paragraph.set("class", "m-figure")
    caption = image.get("title")
    waiting = wrap_large(image)
    if waiting is not None:
        waiting.tail, image.tail = image.tail, None
        paragraph[0] = waiting
    if caption:
        SubElement(paragraph, "figcaption").text = caption


def _make_scrollable(table: Element, parent: Element) -> None:
    """Let a wide table scroll by itself, also with the keyboard."""
    box = Element(
        "div",
        {
            "class": "m-scroll",
            "role": "group",
            "aria-label": "Tabel",
            "tabindex": "0",
        },
    )
    _replace(parent, table, box)
    box.append(table)
    for cell in table.iter("th"):
        cell.set("scope", "col")


def _make_questions(box: Element, parent: Element) -> None:
    """Put the class on the list itself; each item keeps its text in one box."""
    if [child.tag for child in box] != ["ol"]:
        return
    questions = box[0]
    questions.set("class", Questions.CLASS)
    for item in questions:
        inside = Element("div")
        inside.text, item.text = item.text, None
        inside.extend(list(item))
        item[:] = [inside]
    _replace(parent, box, questions)


def _replace(parent: Element, element: Element, other: Element) -> None:
    """Put ``other`` where ``element`` is, with the text that follows it."""
    other.tail, element.tail = element.tail, None
    parent[list(parent).index(element)] = other
