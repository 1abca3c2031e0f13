"""QTI in: 1.2, 2.1, 2.2 and 3.0, as a package or a bare file.

What is no item (a test, its settings, a manifest) is left aside; an item that cannot be
marked here is refused by the name of what it asks.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    ReadItem,
    UnreadableFile,
    check_size,
)
from quizzes.exchange.formats.keys import KeyMaker, is_question_key
from quizzes.exchange.formats.moodle_xml.tree import line_of
from quizzes.exchange.formats.qti_in import items1, items2
from quizzes.exchange.formats.qti_in.item import NotTaken, ReadingItem
from quizzes.exchange.formats.qti_in.package import trees_of
from quizzes.exchange.formats.texts import TextReader
from quizzes.questions.content import QuestionContent

_Read = Callable[[ReadingItem], QuestionContent]
_MOST_NAMED = 8


def read(data: bytes, _said: Mapping[str, Any] | None = None) -> Reading:
    """Return the questions of a package or a file. Raises UnreadableFile."""
    check_size(data)
    package, trees = trees_of(data)
    keys, budget = KeyMaker(), Budget()
    items: list[ReadItem] = []
    aside: list[str] = []
    for file, tree in trees:
        if isinstance(tree, str):
            items.append(ReadItem(None, file, None, [], [tree]))
            continue
        found = list(_items_in(tree))
        if not found and _is_of_interest(tree):
            aside.append(file)
        for root, reader in found:
            budget.spend(line_of(root))
            texts = TextReader([], budget)
            item = ReadingItem(root, file, package, texts)
            items.append(_item(item, reader, keys))
    if not items:
        raise UnreadableFile(
            "Tidak ada soal QTI di berkas ini. Ekspor soalnya sebagai paket QTI 1.2, "
            "2.1, 2.2, atau 3.0."
        )
    return Reading(items, list(_notes(aside)), package.images)


def _items_in(root: Element) -> Iterator[tuple[Element, _Read]]:
    """Yield the items of a file with their reader."""
    if root.tag == "assessmentItem":
        yield root, items2.read_item_of_qti2
    elif root.tag == "questestinterop":
        for one in root.iter("item"):
            yield one, items1.read_item_of_qti1


def _is_of_interest(root: Element) -> bool:
    """Whether a file says something that people may miss: the composition of a test."""
    return root.tag in {"assessmentTest", "assessmentSection", "assessmentPassage"}


def _notes(aside: list[str]) -> Iterator[str]:
    if aside:
        yield (
            "Susunan tesnya tidak dibaca, soalnya saja: "
            f"{', '.join(aside[:_MOST_NAMED])[:200]}. Atur kuisnya di Studio."
        )


def _item(item: ReadingItem, reader: _Read, keys: KeyMaker) -> ReadItem:
    root = item.root
    said = root.get("identifier") or root.get("ident") or ""
    title = " ".join((root.get("title") or said).split())[:80]
    line = line_of(root)
    try:
        question = reader(item)
    except NotTaken as refusal:
        return ReadItem(None, title, line, item.losses, [refusal.message])
    # What an identifier says is kept where it can be a key and nobody has it.
    is_own = is_question_key(said) and keys.own(said)
    key = said if is_own else keys.make(title, question.stem)
    question = replace(question, key=key)
    problems = [*item.problems, *problems_of(question)]
    return ReadItem(
        question,
        title,
        line,
        list(dict.fromkeys(item.losses)),
        list(dict.fromkeys(problems)),
        has_own_keys=False,
    )
