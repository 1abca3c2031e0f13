"""Markdown as other editors take it, for a parser that asks for more.

Python-Markdown wants an empty line above a list or a table and four spaces for what
belongs to an item; most people's editors follow CommonMark (https://spec.commonmark.org
5.2, 5.3) and want neither. Sources are adapted before they are parsed and kept as they
were written; one that the parser takes already is left as it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_ITEM = re.compile(
    r"(?P<indent> *)(?P<mark>[-*+•]|(?P<number>\d{1,9})[.)])[ \t]+(?P<rest>\S.*)"
)
_RULE = re.compile(r" *([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}> ?(?P<inside>.*)")
_NO_PARAGRAPH = re.compile(r"#{1,6}(?:[ \t]|$)|/{3,}|\{:|>")
_DELIMITER = re.compile(r":?-+:?")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\[\n]*)\](?=\()")
_PIPE = re.compile(r"(?<!\\)\|")
_DEEPEST = 8


def adapt(text: str) -> str:
    """Return the source as the parser asks for it. Linear in its length."""
    return "\n".join(_adapted(text.split("\n"), depth=0))


def is_table_head(line: str, below: str) -> bool:
    """Whether a table begins with this line and the one below."""
    if "|" not in line or "|" not in below or not set(below) <= set("|:- \t"):
        return False
    words = below.strip().removeprefix("|").removesuffix("|")
    return all(_DELIMITER.fullmatch(word.strip()) for word in words.split("|"))


def with_whole_alt_texts(line: str) -> str:
    """Return a line of a table in which no bar of a picture's words ends a cell."""
    return _PICTURE.sub(lambda found: _PIPE.sub(r"\\|", found[0]), line)


def _adapted(lines: list[str], depth: int) -> list[str]:
    adapter = _Adapter()
    at = 0
    while at < len(lines):
        end = at
        while not adapter.fence and depth < _DEEPEST and end < len(lines):
            if _QUOTE.fullmatch(lines[end]) is None:
                break
            end += 1
        if end > at:
            adapter.take_quote(lines[at:end], depth)
            at = end
        else:
            below = lines[at + 1] if at + 1 < len(lines) else ""
            adapter.take(lines[at], below)
            at += 1
    return adapter.out


@dataclass
class _Adapter:
    """Takes the lines of a source, or of the inside of a quotation, one by one.

    `items` are the columns of the marks of the items that are open, outermost first.
    """

    out: list[str] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)
    fence: str = ""
    is_table: bool = False
    is_below: bool = False
    """Whether the lines before are a further paragraph of an item."""

    @property
    def _before(self) -> str:
        return self.out[-1] if self.out else ""

    def take(self, line: str, below: str) -> None:
        """Take a line outside quotations; `below` is the next one."""
        opening = _FENCE.match(line)
        if self.fence or opening:
            self._take_code(line, opening)
            return
        item = None if _RULE.fullmatch(line) else _ITEM.fullmatch(_expanded(line))
        self.is_table = bool(line.strip()) and (
            self.is_table or is_table_head(line, below)
        )
        if item and not (self.is_table and "|" in line):
            self._take_item(line, item)
        elif line.strip():
            self._take_text(line, below)
        else:
            self.out.append(line)

    def take_quote(self, lines: list[str], depth: int) -> None:
        """Take a quotation; what is inside is adapted by itself."""
        inside = [found["inside"] for found in map(_QUOTE.fullmatch, lines) if found]
        adapted = _adapted(inside, depth + 1)
        if adapted == inside:
            self.out += lines
        else:
            self.out += [f"> {line}".rstrip() for line in adapted]
        self.items, self.kinds = [], []

    def _take_code(self, line: str, opening: re.Match[str] | None) -> None:
        if not self.fence and opening:
            self.fence = opening["fence"]
            self.items, self.kinds = [], []
        elif line.rstrip() == self.fence:
            self.fence = ""
        self.out.append(line)

    def _take_item(self, line: str, item: re.Match[str]) -> None:
        if not self.items and self._is_in_paragraph():
            if item["number"] not in {None, "1"}:
                # As in "… tahun⏎2026. Lalu": only the first item interrupts.
                self.out.append(line)
                return
            self.out.append("")
        column, is_number = len(item["indent"]), item["number"] is not None
        kind = is_number
        while self.items and column < self.items[-1] + 2:
            self.items.pop()
            kind = self.kinds.pop()
        if (kind != is_number or self.is_below) and self._before.strip():
            self.out.append("")
        self.is_below = False
        self.items.append(column)
        self.kinds.append(is_number)
        self.out.append(self._item_line(line, item))

    def _item_line(self, line: str, item: re.Match[str]) -> str:
        mark = f"{item['number']}." if item["number"] else item["mark"]
        mark = "-" if mark == "•" else mark
        level = len(self.items) - 1
        if len(item["indent"]) == 4 * level and mark == item["mark"]:
            return line
        return f"{'    ' * level}{mark} {item['rest']}"

    def _take_text(self, line: str, below: str) -> None:
        if self.items and not self._before.strip():
            self._take_below_item(line)
            return
        if self.is_table:
            if is_table_head(line, below) and self._is_in_paragraph():
                self.out.append("")
            line = with_whole_alt_texts(line)
        self.out.append(line)

    def _take_below_item(self, line: str) -> None:
        """Take a paragraph below an empty line: of an item, or the end of the list."""
        words = _expanded(line)
        column = len(words) - len(words.lstrip())
        while self.items and column < self.items[-1] + 2:
            self.items.pop()
            self.kinds.pop()
        self.is_below = bool(self.items)
        depth = 4 * len(self.items)
        is_right = depth <= column < depth + 4
        self.out.append(line if is_right else f"{' ' * depth}{words.strip()}")

    def _is_in_paragraph(self) -> bool:
        before = self._before
        return bool(before.strip()) and not (
            _NO_PARAGRAPH.match(before.strip())
            or _RULE.fullmatch(before)
            or _FENCE.match(before)
        )


def _expanded(line: str) -> str:
    """Return a line whose indentation is of spaces."""
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)].expandtabs(4) + words


def rows_of_tables(lines: Iterable[str]) -> list[tuple[int, list[int]]]:
    """Return each table: the cells of its heading, and the lines of its rows."""
    found: list[tuple[int, list[int]]] = []
    listed = list(lines)
    at = 0
    while at < len(listed) - 1:
        if not is_table_head(listed[at], listed[at + 1]):
            at += 1
            continue
        rows: list[int] = []
        cells, at = cells_in(listed[at]), at + 2
        while at < len(listed) and listed[at].strip():
            rows.append(at)
            at += 1
        found.append((cells, rows))
    return found


def cells_in(line: str) -> int:
    """Return how many cells a line of a table has."""
    words = with_whole_alt_texts(line).strip()
    words = words.removeprefix("|")
    if not words.endswith("\\|"):
        words = words.removesuffix("|")
    return len(_PIPE.findall(words)) + 1
