"""The rows of a table gathered into questions, each with what is wrong in its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lib.spreadsheets import Grid, TableRow
from quizzes.exchange.formats.sheet_cells import not_as_text
from quizzes.exchange.formats.table.layout import Layout
from quizzes.exchange.formats.table.roles import Role

_UNREAD: frozenset[Role] = frozenset({"", "number", "image"})


@dataclass
class FoundRows:
    """The rows of one question."""

    layout: Layout
    headings: Sequence[str]
    rows: list[TableRow]
    problems: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Return the row in which it begins."""
        return self.rows[0].number

    def first(self, role: Role) -> str:
        """Return the cell of a role in the first row."""
        return next((one for one in self.cells(role, self.rows[0])), "")

    def cells(self, role: Role, row: TableRow) -> list[str]:
        """Return the cells of a role in a row, left to right, empty ones too."""
        return [cell_at(row, at) for at in self.layout.places(role)]

    def place(self, row: TableRow, at: int) -> str:
        """Return how a cell is called in a message."""
        return place_of(self.headings, row.number, at)


def place_of(headings: Sequence[str], row: int, at: int) -> str:
    """Return row and column in words: "Baris 7, kolom Kunci (F)"."""
    letters = _column_letters(at)
    title = headings[at][:40] if at < len(headings) else ""
    return (
        f"Baris {row}, kolom {title} ({letters})"
        if title
        else (f"Baris {row}, kolom {letters}")
    )


def _column_letters(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_at(row: TableRow, at: int) -> str:
    """Return a cell, "" where the row is shorter."""
    return row.cells[at] if at < len(row.cells) else ""


def gathered(grid: Grid, layout: Layout, headings: Sequence[str]) -> list[FoundRows]:
    """Return the rows below the heading, those of one question together."""
    stem = layout.places("stem")[0]
    is_down = len(layout.places("option")) == 1 and not layout.places("right")
    numbers = layout.places("number")
    questions: list[FoundRows] = []
    for row in grid.rows:
        if row.number <= layout.header or not _holds_any(row, layout):
            continue
        is_numbered = any(cell_at(row, at) for at in numbers)
        continues = is_down and not cell_at(row, stem) and not is_numbered
        if continues and questions:
            found = questions[-1]
            if row.number != found.rows[-1].number + 1:
                found.problems.append(
                    f"Baris {row.number}: ada baris kosong di atas pilihan ini. Hapus "
                    "barisnya, atau isi soalnya bila ini soal baru."
                )
            found.rows.append(row)
        else:
            questions.append(FoundRows(layout, headings, [row]))
    for question in questions:
        question.problems += _cell_problems(question)
        question.losses += _told_cells(question)
    _tell_merged(questions, grid)
    return questions


def _holds_any(row: TableRow, layout: Layout) -> bool:
    """Whether a row says anything but a number: lists are numbered ahead."""
    return any(
        cell_at(row, at) for at, role in enumerate(layout.roles) if role not in _UNREAD
    )


def _used(found: FoundRows) -> Iterator[tuple[TableRow, int]]:
    for row in found.rows:
        for at, role in enumerate(found.layout.roles):
            if role not in _UNREAD:
                yield row, at


def _cell_problems(found: FoundRows) -> Iterator[str]:
    for row, at in _used(found):
        cell = row.typed.get(at)
        if at in row.faults:
            yield f"{found.place(row, at)}: {row.faults[at]}"
        elif cell and (cell.shown is None or cell.kind == "boolean"):
            yield f"{found.place(row, at)}: {not_as_text(cell, cell_at(row, at))}"


def _told_cells(found: FoundRows) -> Iterator[str]:
    for row, at in _used(found):
        cell = row.typed.get(at)
        if cell and cell.kind == "rich":
            yield (
                f"{found.place(row, at)}: huruf naik, turun, atau dicoret menjadi "
                "huruf biasa. Tulis misalnya m² dengan tanda ²."
            )
    for row in found.rows:
        if any(found.cells("image", row)):
            yield f"Baris {row.number}: gambarnya tidak ikut. Ceritakan isinya di soal."


def _tell_merged(questions: Sequence[FoundRows], grid: Grid) -> None:
    """Refuse questions that share a merged cell: it holds a value in one row alone."""
    by_row = {row.number: one for one in questions for row in one.rows}
    for top, left, bottom, right in grid.merged:
        roles = {_role_at(questions, at - 1) for at in range(left, right + 1)}
        touched = list(
            {
                id(one): one for n in range(top, bottom + 1) if (one := by_row.get(n))
            }.values()
        )
        across = left != right and len(roles - _UNREAD) > 0
        if not roles - _UNREAD or (len(touched) < 2 and not across):
            continue
        where = f"{_column_letters(left - 1)}{top}:{_column_letters(right - 1)}{bottom}"
        for one in touched:
            one.problems.append(
                f"Sel {where} digabung, jadi tidak jelas isinya milik baris atau kolom "
                "yang mana. Pisahkan selnya (Unmerge), lalu isi satu per satu."
            )


def _role_at(questions: Sequence[FoundRows], at: int) -> Role:
    roles = questions[0].layout.roles if questions else ()
    return roles[at] if at < len(roles) else ""
