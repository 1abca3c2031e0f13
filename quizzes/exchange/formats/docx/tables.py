"""Tables of a document: options side by side, or a table that belongs to a stem."""

import html
from collections.abc import Iterator, Sequence

from lib.documents import DocumentCell, DocumentTable
from lib.documents.blocks import paragraphs_in
from quizzes.exchange.formats.choice_keys import letter_of
from quizzes.exchange.formats.docx.lines import Line, lines_of


def lines_in(table: DocumentTable) -> Iterator[Line]:
    """Yield the lines of all cells, row by row."""
    for row in table.rows:
        for cell in row:
            yield from _lines_of_cell(cell)


def _lines_of_cell(cell: DocumentCell) -> Iterator[Line]:
    for paragraph in paragraphs_in(cell.blocks):
        yield from lines_of(paragraph)


def options_in(table: DocumentTable) -> list[Line]:
    """Return the options of a table of nothing else, in the order of their letters.

    They may stand row by row or column by column, the letter in a cell of its own.
    """
    grid = [[list(_lines_of_cell(cell)) for cell in row] for row in table.rows]
    width = max((len(row) for row in grid), default=0)
    by_row = [lines for row in grid for lines in row]
    by_column = [
        row[at] if at < len(row) else [] for at in range(width) for row in grid
    ]
    for order in (by_row, by_column):
        lines = [line for cell in order for line in cell if not line.is_empty]
        joined = _with_letters(lines)
        said = [line.letter for line in joined]
        if len(said) > 1 and said == [letter_of(at) for at in range(len(said))]:
            return joined
    return []


def _with_letters(lines: Sequence[Line]) -> list[Line]:
    """Join a letter that stands alone with the words behind it."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.letter and not before.words and not line.letter:
            joined[-1] = Line(
                before.number,
                line.runs,
                letter=before.letter,
                has_star=before.has_star or line.has_star,
                found=[*before.found, *line.found],
            )
        else:
            joined.append(line)
    return joined


def table_html(table: DocumentTable) -> str:
    """Return a table as HTML, its first row as the heading."""
    rows = []
    for number, row in enumerate(table.rows):
        tag = "td" if number else "th"
        cells = [f'<{tag} colspan="{cell.span}">{_words(cell)}</{tag}>' for cell in row]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _words(cell: DocumentCell) -> str:
    said = []
    for line in _lines_of_cell(cell):
        mark = f"{line.count}. " if line.count is not None else ""
        mark = f"{line.letter}. " if line.letter else mark
        if not line.is_empty:
            said.append(f"{html.escape(mark)}{line.html()}")
    return "<br>".join(said)
