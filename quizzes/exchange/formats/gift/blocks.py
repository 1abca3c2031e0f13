"""A GIFT file as blocks: one question each, with its line and its comments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.untrusted_json import read_json

_COMMENT = re.compile(r"[ \t]*//(?P<words>.*)")
_CATEGORY = re.compile(r"[ \t]*\$CATEGORY:(?P<path>.*)", re.IGNORECASE)
_ID = re.compile(r"\[id:(?P<id>(?:[^\]\\]|\\.)+)\]")
_TAG = re.compile(r"\[tag:(?P<tag>(?:[^\]\\]|\\.)+)\]")
_EXTRAS = re.compile(r"\s*\[melek:(?P<json>\{.*\})\]\s*")


@dataclass(frozen=True)
class Block:
    """What stands between two empty lines, without its comments.

    `line` is that of its first word, `lines` that of each line of the text. `extras`
    are what an export from here added.
    """

    text: str
    line: int
    lines: tuple[int, ...] = ()
    idnumber: str = ""
    tags: tuple[str, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)


def read_blocks(text: str) -> Iterator[Block | str]:
    """Yield the questions in order, and the path of a category where one begins."""
    held: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        category = _CATEGORY.fullmatch(line)
        if line.strip() and not category:
            held.append((number, line))
            continue
        if held:
            yield from _block(held)
            held = []
        if category:
            yield category["path"].strip()


def _block(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield a block, or nothing where there are comments alone."""
    words = [(number, line) for number, line in lines if not _COMMENT.fullmatch(line)]
    comments = [found["words"] for _n, line in lines if (found := _comment(line))]
    if not words:
        return
    said = "\n".join(one for one in comments if not _EXTRAS.fullmatch(one))
    found = _ID.search(said)
    yield Block(
        text="\n".join(line for _number, line in words),
        line=words[0][0],
        lines=tuple(number for number, _line in words),
        idnumber=_unescaped(found["id"]) if found else "",
        tags=tuple(_unescaped(tag["tag"]) for tag in _TAG.finditer(said)),
        extras=_extras(comments),
    )


def _comment(line: str) -> re.Match[str] | None:
    return _COMMENT.fullmatch(line)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _extras(comments: list[str]) -> dict[str, Any]:
    for comment in comments:
        found = _EXTRAS.fullmatch(comment)
        if found is None:
            continue
        try:
            extras = read_json(found["json"])
        except ValueError:
            continue
        if isinstance(extras, dict):
            return extras
    return {}
