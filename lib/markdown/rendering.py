"""Markdown to the HTML that is stored, once, when a version is published."""

import html
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from pymdownx.mark import MarkExtension
from pymdownx.saneheaders import SaneHeadersExtension
from pymdownx.tilde import DeleteSubExtension

from lib.markdown.blocks import CourseBlocks
from lib.markdown.checking import find_inline_problems, find_problems
from lib.markdown.masking import normalise
from lib.markdown.other_editors import adapt
from lib.markdown.outline import Heading, read_outline
from lib.markdown.problems import MarkdownProblem
from lib.markdown.sanitising import clean_line, clean_page
from lib.markdown.shown import FindFile
from lib.markdown.tree import LessonMarkup, LiteralStars, RenderingTask

RENDERER_VERSION = 3
"""Raised whenever the same source would give other HTML; stored beside it."""

_BLOCKS_OF_MARKDOWN = (
    *("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist"),
    *("quote", "reference"),
)
_BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text: sanitised HTML, and what search and progress need of it.

    ``references`` is the section of the cited sources, or "" without any, so that
    a page may gather it elsewhere; ``text`` and ``words`` leave it out.
    """

    body: str
    references: str
    text: str
    words: int
    check_keys: tuple[str, ...]
    headings: tuple[Heading, ...]

    @property
    def html(self) -> str:
        """The text and below it the section of its sources."""
        return self.body + self.references


class _Renderers(threading.local):
    """Markdown instances keep state while they work: one pair for each thread."""

    def __init__(self) -> None:
        self.markup = LessonMarkup()
        self.page = _make_page(self.markup)
        self.line = _make_line()


def _make_page(markup: LessonMarkup) -> Markdown:
    md = Markdown(
        extensions=[
            SaneListExtension(),
            SaneHeadersExtension(),
            TableExtension(use_align_attribute=True),
            FencedCodeExtension(),
            MarkExtension(),
            DeleteSubExtension(subscript=False),
            LiteralStars(),
            CourseBlocks(),
            markup,
        ]
    )
    # An underlined line is no heading here and an indented one no code: traps.
    md.parser.blockprocessors.deregister("setextheader")
    md.parser.blockprocessors.deregister("code")
    _remove_html(md)
    return md


def _make_line() -> Markdown:
    md = Markdown(
        extensions=[
            MarkExtension(),
            DeleteSubExtension(subscript=False),
            LiteralStars(),
        ]
    )
    for name in _BLOCKS_OF_MARKDOWN:
        md.parser.blockprocessors.deregister(name)
    md.inlinePatterns.deregister("image_link")
    _remove_html(md)
    return md


def _remove_html(md: Markdown) -> None:
    """Take every way for HTML, or for a picture by reference, out."""
    md.preprocessors.deregister("html_block")
    for name in ("html", "image_reference", "short_image_ref"):
        md.inlinePatterns.deregister(name)


_renderers = _Renderers()


def render(
    source: str,
    *,
    citations: Mapping[str, str],
    image_url: FindFile | None = None,
    heading_above: int = 2,
    first_number: int = 1,
    first_line: int = 1,
    is_sound: bool = False,
) -> Rendered:
    """Render a lesson, a part of it or a question.

    ``citations`` gives by key the text of a source, a line of Markdown.
    ``image_url`` turns the path of a picture, film or file into its address, or into
    how it is shown, and raises ``LookupError`` for one that does not exist.
    ``heading_above`` is 1 for a text that stands right under the title of the page, 2
    inside a part. Numbers of citations, which are also their ids, start at
    ``first_number``, so that the parts of a page can go on counting. Lines of problems
    start at ``first_line``. ``is_sound`` says that the caller has asked
    ``find_problems`` already.

    Raises the first ``MarkdownProblem`` of ``find_problems``, or one about a
    picture or file. What it returns is safe to show to anyone: no script, no style, no
    foreign picture, balanced tags. Costs some 20 ms a thousand words.
    """
    if not is_sound:
        for problem in find_problems(
            source,
            citations=citations,
            heading_above=heading_above,
            first_line=first_line,
        ):
            raise problem
    text = normalise(source)
    job = RenderingTask(
        text, citations, image_url, heading_above, first_number, first_line
    )
    _renderers.markup.job = job
    body = clean_page(_convert(_renderers.page, adapt(text), first_line))
    outline = read_outline(body)
    return Rendered(
        body=body,
        references=_references(job, citations),
        text=outline.text,
        words=outline.words,
        check_keys=outline.check_keys,
        headings=outline.headings,
    )


def render_inline(source: str) -> str:
    """Render a line of text, such as an option of a question or its feedback.

    Marks within the line work; lists, headings and blocks are shown as they were
    typed. An empty line becomes a line break. Raises ``MarkdownProblem``.
    """
    for problem in find_inline_problems(source):
        raise problem
    return _inline_html(source)


def plain_line(source: str) -> str:
    """Return the words of a line of Markdown, without marks; never fails."""
    return read_outline(_inline_html(source)).text.replace("\n", " ")


def _inline_html(source: str) -> str:
    paragraphs = _convert(_renderers.line, normalise(source), 1)
    return clean_line(_BETWEEN_PARAGRAPHS.sub("<br>", paragraphs)).strip()


def _convert(md: Markdown, text: str, first_line: int) -> str:
    md.reset()
    try:
        return md.convert(text)
    except RecursionError:
        raise MarkdownProblem(
            first_line,
            "Susunan teks ini terlalu dalam.",
            "Kurangi daftar, kutipan, atau blok yang bertumpuk.",
        ) from None


def _references(job: RenderingTask, citations: Mapping[str, str]) -> str:
    """Return the section of sources, each with links back to where it is cited."""
    if not job.places:
        return ""
    items = []
    for number, (key, places) in enumerate(job.places.items(), job.first_number):
        links = [
            f'<a href="#{place}" role="doc-backlink"'
            f' aria-label="{html.escape(_back_label(number, turn))}">↑</a>'
            for turn, place in enumerate(places, start=1)
        ]
        text = _inline_html(citations[key])
        items.append(f'<li id="rujukan-{number}">{text} {" ".join(links)}</li>')
    start = f' start="{job.first_number}"' if job.first_number > 1 else ""
    return clean_page(
        '<section class="m-references" role="doc-endnotes" aria-label="Rujukan">'
        f"<ol{start}>{''.join(items)}</ol></section>"
    )


def _back_label(number: int, turn: int) -> str:
    again = f", kemunculan ke-{turn}" if turn > 1 else ""
    return f"Kembali ke rujukan {number} dalam teks{again}"
