"""A Word document as the text of a lesson; plain Python.

Headings, lists and tables become Markdown. What does not come along is told with its
paragraph; nothing of the document disappears without a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from lib.documents import (
    Document,
    DocumentTable,
    Found,
    Paragraph,
    Run,
    runs_html,
)
from quizzes.exchange.formats import line_of_html, markdown_of_html

_SHALLOWEST, _DEEPEST = 2, 4
_BULLET = re.compile(r"[•·▪◦o*–-][ \t]+(?=\S)")
_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)][ \t]+(?=\S)")
_TOLD = {
    "insertion": "perubahan terlacak: sisipan “{words}” dibaca sebagai isi.",
    "deletion": "perubahan terlacak: “{words}” sudah dihapus dan tidak ikut.",
    "formula": "rumus “{words}” menjadi teks biasa. Periksa, atau unggah gambarnya.",
    "textbox": "kotak teks “{words}” tidak ikut. Salin isinya ke tempat yang tepat.",
    "footnote": "catatan kaki tidak ikut. Tulis sebagai sumber atau di dalam kalimat.",
    "comment": "komentar tidak ikut.",
    "symbol": "tanda dari huruf khusus (Symbol, Wingdings) tidak ikut. Ketik ulang.",
    "hidden": "teks tersembunyi “{words}” tidak ikut.",
    "object": "objek tertanam, bagan, atau SmartArt {words} tidak ikut. Unggah sebagai "
    "gambar.",
    "ruby": "teks kecil di atas huruf tidak ikut.",
    "unknown": "bagian yang tidak dikenal ({words}) tidak ikut. Tulis ulang.",
}


@dataclass
class WordText:
    """The Markdown of a document, its title if it has one, and what is missing."""

    text: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _ListItem:
    """A paragraph of a list: how deep, numbered or not, its runs."""

    level: int
    is_numbered: bool
    runs: Sequence[Run]
    is_first: bool = False

    def follows(self, before: Sequence["_ListItem"]) -> bool:
        """Whether it goes on with a list rather than begins another one."""
        if not before or self.level > before[0].level:
            return True
        return self.is_numbered == before[0].is_numbered and not self.is_first


def text_of(document: Document) -> WordText:
    """Return a document as a lesson's text."""
    found = WordText()
    if document.margins:
        words = "; ".join(document.margins)[:120]
        found.notes.append(f"Kepala dan kaki halaman tidak ikut: {words}.")
    levels = _levels(document, found)
    pieces: list[str] = []
    items: list[_ListItem] = []
    for block in document.blocks:
        item = _list_item(block, items) if isinstance(block, Paragraph) else None
        if items and (item is None or not item.follows(items)):
            pieces.append(_list_text(items, found.notes))
            items = []
        if isinstance(block, DocumentTable):
            pieces.append(_table(block, found.notes))
            continue
        found.notes += _told(block)
        if item is not None:
            items.append(item)
        elif block.heading and block.words.strip():
            pieces.append(_heading(block, levels, found))
        else:
            pieces.append(_paragraph(block, found.notes))
    if items:
        pieces.append(_list_text(items, found.notes))
    found.text = "\n\n".join(filter(None, pieces))
    found.notes = list(dict.fromkeys(found.notes))
    return found


def _levels(document: Document, found: WordText) -> dict[int, int]:
    """Return the level in a lesson of each level in the document.

    A first heading that stands alone above all others is the title of the lesson.
    """
    headings = [
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.heading and block.words.strip()
    ]
    used = sorted({one.heading for one in headings})
    is_title = len(used) > 1 and [one.heading for one in headings].count(used[0]) == 1
    if is_title and headings[0].heading == used[0]:
        found.title = " ".join(headings[0].words.split())
        used = used[1:]
    return {level: min(_SHALLOWEST + at, _DEEPEST) for at, level in enumerate(used)}


def _heading(block: Paragraph, levels: dict[int, int], found: WordText) -> str:
    level = levels.get(block.heading)
    words = line_of_html(escape(" ".join(block.words.split())), found.notes)
    if level is None:
        found.notes.append(
            f"Judul dokumen “{found.title[:60]}” tidak masuk ke isi: judul pelajaran "
            "ditulis di kotaknya sendiri."
        )
        return ""
    return f"{'#' * level} {words}"


def _paragraph(block: Paragraph, notes: list[str]) -> str:
    return markdown_of_html(
        f"<p>{runs_html(_without_pictures(block, notes))}</p>", notes
    )


def _without_pictures(block: Paragraph, notes: list[str]) -> list[Run]:
    for run in block.runs:
        if "p" in run.marks:
            name = f" (“{run.words[:60]}”)" if run.words else ""
            notes.append(
                f"Paragraf {block.number}: gambar{name} tidak ikut. Unggah gambarnya, "
                "lalu sisipkan di tempatnya."
            )
    return [run for run in block.runs if "p" not in run.marks]


def _told(block: Paragraph) -> Iterator[str]:
    for one in block.found:
        if one.kind in _TOLD and not _is_empty(one):
            said = _TOLD[one.kind].format(words=one.words[:60])
            yield f"Paragraf {block.number}: {said}"


def _is_empty(found: Found) -> bool:
    return found.kind in {"deletion", "insertion"} and not found.words


def _list_item(block: Paragraph, before: Sequence[_ListItem]) -> _ListItem | None:
    """Return a paragraph as an item of a list, whoever wrote its sign.

    A typed number begins a list with 1 alone: "2. Bab" elsewhere is a paragraph.
    """
    if block.heading or not block.words.strip():
        return None
    if block.label:
        shown = re.sub(r"[^0-9A-Za-z]", "", block.label.shown).lower()
        is_numbered = not block.label.is_bullet
        is_first = is_numbered and shown in {"1", "a", "i", "01"}
        return _ListItem(block.label.level, is_numbered, block.runs, is_first)
    words = block.words.lstrip()
    bullet, number = _BULLET.match(words), _NUMBER.match(words)
    follows = bool(before) and before[-1].is_numbered
    if number and (int(number["number"]) == 1 or follows):
        is_first = int(number["number"]) == 1
        return _ListItem(0, True, _without_sign(block, number.end()), is_first)
    if bullet:
        return _ListItem(0, False, _without_sign(block, bullet.end()))
    return None


def _without_sign(block: Paragraph, end: int) -> list[Run]:
    cut = end + len(block.words) - len(block.words.lstrip())
    kept = []
    for run in block.runs:
        if "p" not in run.marks and cut:
            kept.append(replace(run, words=run.words[cut:]))
            cut = max(0, cut - len(run.words))
        else:
            kept.append(run)
    return [run for run in kept if run.words or "p" in run.marks]


def _list_text(items: Sequence[_ListItem], notes: list[str]) -> str:
    """Return a list with the lists inside it."""
    lines: list[str] = []
    counts: dict[int, int] = {}
    lowest = min(item.level for item in items)
    deepest = -1
    for item in items:
        # A level that is left out is no level of its own.
        depth = min(item.level - lowest, deepest + 1)
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, 0) + 1
        deepest = depth
        mark = f"{counts[depth]}." if item.is_numbered else "-"
        words = line_of_html(
            runs_html([run for run in item.runs if "p" not in run.marks]), notes
        ).replace("\n", " ")
        lines.append(f"{'    ' * depth}{mark} {words}")
        if any("p" in run.marks for run in item.runs):
            notes.append(
                f"Gambar di daftar (“{words[:30]}”) tidak ikut. Unggah sendiri."
            )
    return "\n".join(lines)


def _table(table: DocumentTable, notes: list[str]) -> str:
    rows = []
    for number, row in enumerate(table.rows):
        tag = "td" if number else "th"
        cells = []
        for cell in row:
            said = []
            for block in cell.blocks:
                if isinstance(block, DocumentTable):
                    notes.append(
                        f"Paragraf {block.number}: tabel di dalam tabel menjadi teks."
                    )
                    words = [c.words for r in block.rows for c in r]
                    said.append(escape("; ".join(filter(None, words))))
                else:
                    notes += _told(block)
                    said.append(runs_html(_without_pictures(block, notes)))
            inside = "<br>".join(filter(None, said))
            if cell.is_merged:
                notes.append(
                    f"Tabel di paragraf {table.number}: sel yang digabung ke bawah "
                    "menjadi sel kosong. Periksa tabelnya."
                )
            cells.append(f'<{tag} colspan="{cell.span}">{inside}</{tag}>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return markdown_of_html(f"<table>{''.join(rows)}</table>", notes)
