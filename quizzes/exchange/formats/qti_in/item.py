"""One item of QTI while it is read: its words, its pictures, what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from quizzes.exchange.formats.moodle_xml.tree import markup_of
from quizzes.exchange.formats.qti_in.package import Package
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.pictures import NotAPicture
from quizzes.questions.types.shares import stored_share

Replace = Callable[[Element], str | None]
"""Gives the HTML that stands for an element, None to go on inside it."""
_VOID = frozenset({"br", "hr", "img"})
_SOURCE = re.compile(r"<img\b[^>]*?\bsrc=\"(?P<source>[^\"]*)\"", re.IGNORECASE)


class NotTaken(Exception):
    """The item cannot become a question: why, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class ReadingItem:
    """An item: its root, the file it stands in, and what is noted of it."""

    root: Element
    file: str
    package: Package
    texts: TextReader
    problems: list[str] = field(default_factory=list)

    @property
    def losses(self) -> list[str]:
        """Return what does not come along."""
        return self.texts.losses

    def block(self, html: str) -> str:
        """Return HTML as Markdown of paragraphs, its pictures kept."""
        return self.texts.block(html, "html", self._pictures(html))

    def line(self, html: str) -> str:
        """Return HTML as a line of Markdown."""
        return self.texts.line(html, "html")

    def _pictures(self, html: str) -> dict[str, str]:
        found = {}
        for one in _SOURCE.finditer(html):
            source = (
                one["source"]
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&quot;", '"')
            )
            try:
                found[source] = self.package.picture(source, self.file)
            except NotAPicture as reason:
                self.problems.append(f"Gambar {source[:60]}: {reason}")
        return found


def inside(element: Element, replace: Replace) -> str:
    """Return what stands inside an element as HTML, some of it replaced."""
    pieces = [escape(element.text or "")]
    for child in element:
        pieces.append(_one(child, replace))
        pieces.append(escape(child.tail or ""))
    return "".join(pieces)


def _one(element: Element, replace: Replace) -> str:
    instead = replace(element)
    if instead is not None:
        return instead
    if not len(element):
        tail, element.tail = element.tail, None
        try:
            return markup_of(element)
        finally:
            element.tail = tail
    attributes = "".join(
        f' {key}="{escape(value, {chr(34): "&quot;"})}"'
        for key, value in element.attrib.items()
        if key.isascii()
    )
    end = "" if element.tag in _VOID else f"</{element.tag}>"
    return f"<{element.tag}{attributes}>{inside(element, replace)}{end}"


def number_of(words: str | None, otherwise: str = "0") -> Decimal:
    """Return a number that a file writes; raises NotTaken for another word."""
    try:
        number = Decimal((words or otherwise).strip())
    except InvalidOperation as error:
        raise NotTaken(
            f"Nilai “{(words or '')[:20]}” bukan angka. Periksa soalnya di sistem asal."
        ) from error
    if not number.is_finite() or abs(number) > Decimal(10) ** 9:
        raise NotTaken("Nilai di soal ini terlalu besar. Periksa di sistem asal.")
    return number


def shares_of(
    points: Mapping[str, Decimal], most: Decimal | None
) -> dict[str, Decimal]:
    """Return points as shares of the most that can be had; 1 is everything."""
    earned = most or sum((one for one in points.values() if one > 0), Decimal(0))
    if earned <= 0:
        raise NotTaken(
            "Tidak ada pilihan yang bernilai. Tandai kuncinya di sistem asal."
        )
    return {
        key: stored_share(max(Decimal(-1), min(Decimal(1), one / earned)))
        for key, one in points.items()
    }


def question_of(
    type: str, stem: str, options: list[OptionContent], scoring: str = ""
) -> QuestionContent:
    """Return a question without a key of its own yet."""
    return QuestionContent(
        key="", type=type, stem=stem, options=tuple(options), scoring=scoring
    )
