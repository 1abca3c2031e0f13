"""The boxes of a lesson, written between ``///`` fences.

Each is a block of pymdown-extensions. The titles are headings of class ``m-title``
at level 3; ``lib.markdown.tree`` lifts them where the text stands higher.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from lib.markdown.recordings import (
    AUDIO,
    VIDEO,
    Recording,
    open_recording,
    read_recording,
)

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TITLE_CLASS = "m-title"
CHECK_CLASS = "m-check-slot"


class CourseBlock(Block):
    """A box with a class of its own and, where it has one, a title.

    ``ARGUMENT`` says whether the title after the bar must be there (``True``),
    must not (``False``) or may (``None``); ``DEFAULT_TITLE`` stands in for it.
    Attributes given by the author are refused: they could name any class.
    """

    NAME = ""
    ARGUMENT: bool | None = True
    OPTIONS: dict[str, Any] = {}
    TAG = "div"
    CLASS = ""
    CAPTION = ""
    DEFAULT_TITLE = ""
    INSIDE = ""

    def on_validate(self, parent: Element) -> bool:
        """Refuse attributes in a header of options."""
        return not self.options["attrs"]

    def on_create(self, parent: Element) -> Element:
        """Open the box with its caption and title."""
        box = SubElement(parent, self.TAG, {"class": self.CLASS})
        if not self.CLASS:
            del box.attrib["class"]
        if self.CAPTION:
            caption = SubElement(box, "p", {"class": f"{self.CLASS}-cap"})
            caption.text = self.CAPTION
        title = self.argument or self.DEFAULT_TITLE
        if title:
            SubElement(box, "h3", {"class": TITLE_CLASS}).text = title
        return box


class Case(CourseBlock):
    """A story to think about."""

    NAME = "kasus"
    TAG = "section"
    CLASS = "m-case"
    CAPTION = "Kasus"


class Comparison(CourseBlock):
    """Two columns side by side."""

    NAME = "banding"
    ARGUMENT = False
    CLASS = "m-compare"


class ComparedColumn(CourseBlock):
    """A column of a comparison."""

    NAME = "kolom"
    INSIDE = "banding"


class BetterColumn(ComparedColumn):
    """The column that shows the better way."""

    NAME = "kolom-ya"
    CLASS = "m-compare-yes"


class Questions(CourseBlock):
    """A numbered list of questions, each with its number in a petal."""

    NAME = "tanya"
    ARGUMENT = False
    CLASS = "m-questions"


class Steps(Questions):
    """A numbered list of steps, drawn as questions are."""

    NAME = "langkah"


class Note(CourseBlock):
    """A remark beside the text."""

    NAME = "catatan"
    ARGUMENT = None
    CLASS = "m-note"
    DEFAULT_TITLE = "Catatan"


class Recap(CourseBlock):
    """What to remember."""

    NAME = "rangkum"
    ARGUMENT = None
    TAG = "section"
    CLASS = "m-recap"
    DEFAULT_TITLE = "Ringkasan"


class Today(CourseBlock):
    """The one thing to do today."""

    NAME = "hari-ini"
    ARGUMENT = None
    TAG = "section"
    CLASS = "m-today"
    DEFAULT_TITLE = "Coba hari ini"


class Details(CourseBlock):
    """Text that opens when asked for."""

    NAME = "details"

    def on_create(self, parent: Element) -> Element:
        """Open the element with its summary."""
        details = SubElement(parent, "details")
        SubElement(details, "summary").text = self.argument
        return details


class Check(CourseBlock):
    """The place of a practice question, filled in when the page is shown."""

    NAME = "cek"

    def on_validate(self, parent: Element) -> bool:
        """Refuse what is not a question key."""
        is_key = KEY.fullmatch(self.argument) is not None
        return super().on_validate(parent) and is_key

    def on_create(self, parent: Element) -> Element:
        """Leave an empty element that names the question."""
        attributes = {"class": CHECK_CLASS, "data-question": self.argument}
        return SubElement(parent, "div", attributes)


class Sound(CourseBlock):
    """Something to listen to, with its transcript."""

    NAME = AUDIO

    def on_validate(self, parent: Element) -> bool:
        """Refuse a line that names nothing to play."""
        is_one = isinstance(read_recording(self.NAME, self.argument), Recording)
        return super().on_validate(parent) and is_one

    def on_create(self, parent: Element) -> Element:
        """Open the figure; what plays stands before the transcript."""
        recording = read_recording(self.NAME, self.argument)
        if not isinstance(recording, Recording):
            raise AssertionError("Such a block is not created.")
        return open_recording(parent, self.NAME, recording)

    def on_add(self, block: Element) -> Element:
        """Return the transcript: what stands in the block goes there."""
        return block[-1]


class Film(Sound):
    """Something to watch, with its transcript."""

    NAME = VIDEO


BLOCKS: Mapping[str, type[CourseBlock]] = MappingProxyType(
    {
        block.NAME: block
        for block in (
            Case,
            Check,
            Comparison,
            ComparedColumn,
            BetterColumn,
            Questions,
            Steps,
            Note,
            Recap,
            Today,
            Details,
            Sound,
            Film,
        )
    }
)


class CourseBlocks(BlocksExtension):
    """Make the boxes known to a Markdown instance."""

    def extendMarkdownBlocks(self, md: Any, block_mgr: Any) -> None:  # noqa: N802
        """Register every box; the name is the library's."""
        for block in BLOCKS.values():
            block_mgr.register(block, {})
