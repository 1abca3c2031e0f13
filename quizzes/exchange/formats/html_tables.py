"""Tables of HTML as tables of Markdown: every cell stays, in its row and column.

Cells are converted one by one, before their table; until then marks that no text
holds say where each row and cell begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

# The private use area: taken out of what is read.
_ROW, _CELL, _SAID = "\ue100", "\ue101", "\ue102"
MARKS = re.compile(f"[{_ROW}{_CELL}{_SAID}]")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_PIPE = re.compile(r"(?<!\\)\|")
_MOST_COLUMNS = 50
_MOST_ROWS = 500
_MOST_CELLS = 20_000
_REMEDY = "Periksa tampilannya setelah diimpor."


def marked_row(words: str, *, is_head: bool) -> str:
    """Return the cells of a row, for `table_of`."""
    return f"{_ROW}{'h' if is_head else 'b'}{words}"


def marked_cell(words: str, *, is_head: bool, columns: str, rows: str) -> str:
    """Return a cell with how many columns and rows it spans, for `table_of`."""
    wide, high = _span(columns, _MOST_COLUMNS), _span(rows, _MOST_ROWS)
    return f"{_CELL}{'h' if is_head else 'b'},{wide},{high}{_SAID}{words.strip()}"


def _span(words: str, most: int) -> int:
    number = int(words) if words.isdecimal() and len(words) < 5 else 1
    return max(1, min(most, number))


@dataclass
class _Grid:
    """The cells by row and column; `taken` says how far cells above reach down."""

    rows: list[list[str]] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    has_spans: bool = False

    def add(self, cells: Sequence[tuple[str, int, int]]) -> None:
        """Add a row of cells, each beside those that reach into it."""
        row: list[str] = []
        for words, wide, high in cells:
            self._step_over(row)
            self.has_spans = self.has_spans or wide > 1 or high > 1
            for at in range(len(row), len(row) + wide):
                self.taken[at] = high - 1
            row += [words, *[""] * (wide - 1)]
        self._step_over(row)
        # What still reaches below a row that ended before it.
        for at in [at for at in self.taken if at > len(row)]:
            self.taken[at] = max(0, self.taken[at] - 1)
        self.rows.append(row)

    def _step_over(self, row: list[str]) -> None:
        while self.taken.get(len(row), 0) > 0:
            self.taken[len(row)] -= 1
            row.append("")


def table_of(marked: str, losses: list[str]) -> str:
    """Return the rows as Markdown, and add to `losses` what is no longer as it was."""
    rows = marked.split(_ROW)[1:]
    parsed = [[_parsed(cell, losses) for cell in row.split(_CELL)[1:]] for row in rows]
    grid = _Grid()
    for cells in parsed:
        grid.add([(words, wide, high) for _head, words, wide, high in cells])
    if grid.has_spans:
        losses.append(
            f"Sel tabel yang digabung dipisah lagi, dan sisanya kosong. {_REMEDY}"
        )
    width = max(map(len, grid.rows), default=0)
    if width * len(grid.rows) > _MOST_CELLS:
        losses.append(f"Tabel yang terlalu besar menjadi baris teks. {_REMEDY}")
        lines = (" ".join(filter(None, row)) for row in grid.rows)
        return "\n\n" + "  \n".join(filter(None, lines)) + "\n\n"
    heads = [
        row.startswith("h") or (bool(cells) and all(head for head, *_rest in cells))
        for row, cells in zip(rows, parsed, strict=True)
    ]
    return "\n\n" + "\n".join(_lines(grid.rows, width, heads)) + "\n\n"


def _parsed(cell: str, losses: list[str]) -> tuple[bool, str, int, int]:
    said, _mark, words = cell.partition(_SAID)
    kind, wide, high = said.split(",")
    if "\n" in words.strip():
        losses.append(f"Beberapa baris di satu sel tabel menjadi satu baris. {_REMEDY}")
    return kind == "h", _in_cell(" ".join(words.split())), int(wide), int(high)


def _in_cell(words: str) -> str:
    """Return the words so that no bar in them ends the cell; code keeps its bars."""
    pieces, done = [], 0
    for code in _CODE.finditer(words):
        pieces += [_PIPE.sub(r"\\|", words[done : code.start()]), code[0]]
        done = code.end()
    return "".join(pieces) + _PIPE.sub(r"\\|", words[done:])


def _lines(
    rows: Sequence[Sequence[str]], width: int, heads: Sequence[bool]
) -> Iterator[str]:
    """Yield the lines of a table; without a heading its place stays empty."""
    body = list(rows)
    head = body.pop(0) if heads and heads[0] else []
    for row in (head, ["---"] * width, *body):
        yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"
