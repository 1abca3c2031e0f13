"""What other editors take and this site cannot show: cells without a heading, and code
inside lists and quotations.
"""

import re
from collections.abc import Iterator

from lib.markdown.masking import Source
from lib.markdown.other_editors import cells_in, rows_of_tables
from lib.markdown.problems import MarkdownProblem

_QUOTE = re.compile(r"^(?:[ ]{0,3}>[ ]?)+")
_FENCE = re.compile(
    r"(?:[ \t>]+|[ \t>]*(?:[-*+•]|\d{1,9}[.)])[ \t]+)(?:`{3,}|~{3,})\w*[ \t]*"
)


def check_tables(source: Source) -> Iterator[MarkdownProblem]:
    """Yield the rows of tables whose last cells stand below no heading."""
    lines = [_QUOTE.sub("", line) for line in source.masked_lines]
    for cells, rows in rows_of_tables(lines):
        for at in rows:
            count = cells_in(lines[at])
            if count > cells:
                yield MarkdownProblem(
                    at + 1,
                    f"Baris tabel ini berisi {count} sel, judulnya hanya {cells}.",
                    "Tambahkan judul kolom, atau tulis \\| untuk tanda | di dalam sel.",
                )


def check_other_editors(source: Source) -> Iterator[MarkdownProblem]:
    """Yield code that does not begin where a line begins."""
    lines = source.masked_lines
    is_open = False
    for number, line in enumerate(lines, start=1):
        fence = _FENCE.fullmatch(line)
        if fence and is_open:
            is_open = False
        elif fence:
            is_open = True
            yield MarkdownProblem(
                number,
                "Blok kode di sini tidak berada di awal baris.",
                "Taruh di luar daftar dan kutipan, tanpa spasi di depannya.",
            )
