"""Interactions of QTI that stand inside the text: lists to choose from, passages."""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from xml.etree.ElementTree import Element, SubElement

from lib import markdown
from quizzes.exchange.formats.qti.writing import add_line, identifier
from quizzes.questions.content import OptionContent

_NUMBER = re.compile(r"\[\[([0-9]+)\]\]")


def put_choices(
    body: Element, places: Sequence[tuple[str, Sequence[OptionContent]]]
) -> None:
    """Put a list of options where `[[1]]`, `[[2]]` stand; each has its response."""

    def make(number: int) -> Element:
        name, options = places[number - 1]
        choice = Element(
            "inlineChoiceInteraction", responseIdentifier=name, shuffle="true"
        )
        for option in options:
            # Words only: the standard lets no marks in here.
            inline = SubElement(
                choice, "inlineChoice", identifier=identifier(option.key)
            )
            inline.text = markdown.plain_line(option.text)
        return choice

    _replace(body, make, len(places))


def put_passages(body: Element, options: Sequence[OptionContent]) -> None:
    """Put passages that may be marked where `[[1]]`, `[[2]]` stand."""

    def make(number: int) -> Element:
        passage = Element("hottext", identifier=identifier(options[number - 1].key))
        add_line(passage, options[number - 1].text)
        return passage

    _replace(body, make, len(options))


def _replace(root: Element, make: Callable[[int], Element], count: int) -> None:
    for element in list(root.iter()):
        before = _pieces(element.text, make, count)
        element.text = before[0]
        behind = [(child, _pieces(child.tail, make, count)) for child in list(element)]
        children = list(before[1])
        for child, (tail, new) in behind:
            child.tail = tail
            children += chain([child], new)
        element[:] = children


def _pieces(
    words: str | None, make: Callable[[int], Element], count: int
) -> tuple[str, list[Element]]:
    """Return the words before the first number, then an element for each."""
    first, *rest = _NUMBER.split(words or "")
    made = []
    for number, tail in zip(rest[::2], rest[1::2], strict=True):
        if 1 <= int(number) <= count:
            element = make(int(number))
            element.tail = tail
            made.append(element)
    return first, made
