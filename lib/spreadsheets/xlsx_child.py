"""Reads one XLSX from standard input in a process of its own.

A workbook of a few kilobytes can name cells so far apart, or repeat a text so
often, that reading it needs more memory than there is; the reader then ends its
process. Therefore this one has limits and nothing to lose, and knows nothing of
the site: it is started by ``lib.spreadsheets.reading`` as a script.

Writes a line of JSON for the name of the sheet, then one for each row that is not
empty: its number from 1, its cells as text, and by column those that hold no value:
an error, a formula without a result, or any formula where none is taken. Asked to
tell types, it also names by column what is no plain text, with a number as "format,
tab, value", and last, in an object, the other visible sheets that hold anything, the
cells that are merged, and the rows and columns that are hidden.
Exit code 0: read; 3: an array formula without results that fills several cells; any
other: not.

calamine gives such a cell as "", like an empty one. Therefore they are found in the
XML first and given to it as marked text, so that where a cell stands is decided in
one place, whatever the file leaves out.
"""

import contextlib
import json
import re
import secrets
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO, Literal, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

# From here on a double no longer holds every whole number.
_ROUNDED = 1e15

UNCERTAIN_ARRAY = 3
_MOST_FAULTS = 1_000_000
_MOST_MERGED = 50_000
_HIDDEN = re.compile(
    rb"""<(?:\w+:)?(row|col)\s[^>]*?\bhidden\s*=\s*["'](?:1|true)["'][^>]*>"""
)
_PLACES = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")
# What no sheet without a formula or an error contains.
_SUSPICIOUS = re.compile(rb"""[<:]f[\s/>]|=\s*["']e["']""")
_ENCODINGS = frozenset({"UTF-8", "US-ASCII", "ASCII"})
_HAS_CELLS = re.compile(rb"[<:]c[\s>]")
# What Excel has from the start; from 14 on days and times, calamine's business.
_FORMATS = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    48: "##0.0E+0",
    49: "@",
}
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\[(?![hmsHMS]+\])[^\]]*\]')
_UNKNOWN = "?"
_SHOWN = {"uncalculated": "#BELUM_DIHITUNG", "formula": "#RUMUS"}

Fault = Literal["error", "uncalculated", "formula", "number", "rich"]
Value = float | str | bool | date | datetime | time | timedelta
_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((int, float), "number"),
    ((bool,), "boolean"),
    ((date, datetime), "date"),
    ((time, timedelta), "time"),
)


def limit(memory: int, seconds: int, output: int) -> None:
    """Bound what this process may use: bytes, seconds of work, bytes written."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))


def text_of(value: Value) -> str:
    """Return a cell as it is meant: whole numbers plain, dates as ISO 8601.

    A number too long to have survived is written as ``1.990012E+17``, so that
    nobody takes the zeros at its end for digits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= _ROUNDED:
            return f"{value:E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _OtherContent(Exception):
    """The document is no sheet."""


def _refuse_dtd(*_said: object) -> NoReturn:
    raise ValueError


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.upper() not in _ENCODINGS:
        raise ValueError


def _parse(content: bytes, parser: expat.XMLParserType) -> None:
    """Parse without a DTD, in an encoding where positions are those of bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.XmlDeclHandler = _check_encoding
    parser.Parse(content, True)


@dataclass(slots=True)
class _Cell:
    """A cell while it is read."""

    start: int
    name: str
    type: str
    style: str = ""
    has_formula: bool = False
    is_large_array: bool = False
    is_bare: bool = True
    value: str | None = None

    def kind(self, *, takes_formulas: bool, is_stale: bool) -> Fault | None:
        """Return why the cell holds no value; None when it does.

        A text without letters is a result (`=""`); a 0 in a workbook that says that
        it was never calculated is what libraries write in its place.
        """
        if self.has_formula and not takes_formulas:
            return "formula"
        if self.type == "e":
            return "error"
        if not self.has_formula:
            return None
        is_empty = not self.value and (self.value is None or self.type != "str")
        is_placeholder = is_stale and self.value == "0" and self.type in {"", "n"}
        return "uncalculated" if is_empty or is_placeholder else None


@dataclass(frozen=True, slots=True)
class _Book:
    """What holds for all sheets of a workbook.

    `styles` are the formats of numbers by the style of a cell, "" for a day or time;
    `rich` the shared texts with raised, lowered or crossed out letters. Both are
    None where types are not told.
    """

    takes_formulas: bool
    is_stale: bool
    styles: list[str] | None = None
    rich: dict[str, str] | None = None

    def told(self, cell: _Cell) -> tuple[Fault, str] | None:
        """Return kind and words of a cell with a value that is no plain text."""
        if self.styles is None or self.rich is None or not cell.value:
            return None
        if cell.type == "s" and cell.value.strip() in self.rich:
            return "rich", self.rich[cell.value.strip()]
        if cell.type not in {"", "n"}:
            return None
        at = int(cell.style) if cell.style.isdecimal() else 0
        code = self.styles[at] if at < len(self.styles) else _UNKNOWN
        return ("number", f"{code}\t{cell.value}") if code else None


@dataclass(slots=True)
class _Sheet:
    """Finds the cells of one sheet that hold no value, or none of plain text.

    `found` says from which byte to which each stands, and what to read instead.
    """

    content: bytes
    mark: str
    book: _Book
    found: list[tuple[int, int, bytes]] = field(default_factory=list)
    _cell: _Cell | None = None
    _is_value: bool = False
    _has_root: bool = False

    def find(self) -> list[tuple[int, int, bytes]]:
        """Return the cells that hold no value, in their order; no sheet has none."""
        parser = expat.ParserCreate()

        def start(name: str, attributes: dict[str, str]) -> None:
            self._start(_local(name), attributes, parser.CurrentByteIndex)

        def end(name: str) -> None:
            self._end(_local(name), parser.CurrentByteIndex)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = self._text
        with contextlib.suppress(_OtherContent):
            _parse(self.content, parser)
        return self.found

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        if not self._has_root and name != "worksheet":
            raise _OtherContent
        self._has_root = True
        if name == "c":
            self._cell = _Cell(
                *(at, attributes.get("r", ""), attributes.get("t", "")),
                attributes.get("s", ""),
            )
        elif self._cell is not None:
            self._start_inside(self._cell, name, attributes)

    def _start_inside(self, cell: _Cell, name: str, attributes: dict[str, str]) -> None:
        cell.is_bare = False
        if name == "f":
            cell.has_formula = True
            is_array = attributes.get("t") == "array"
            cell.is_large_array = is_array and ":" in attributes.get("ref", "")
        elif name == "v":
            self._is_value = True
            cell.value = cell.value or ""

    def _text(self, text: str) -> None:
        if self._is_value and self._cell:
            self._cell.value = (self._cell.value or "") + text

    def _end(self, name: str, at: int) -> None:
        if name == "v":
            self._is_value = False
        if name != "c" or self._cell is None:
            return
        cell, self._cell = self._cell, None
        kind = cell.kind(
            takes_formulas=self.book.takes_formulas, is_stale=self.book.is_stale
        )
        told = None if kind else self.book.told(cell)
        if told:
            kind = told[0]
        if kind is None:
            return
        if cell.is_large_array and kind != "error":
            # Which other cells have no result stands nowhere else.
            sys.exit(UNCERTAIN_ARRAY)
        if len(self.found) == _MOST_FAULTS:
            raise ValueError
        shown = told[1] if told else _SHOWN.get(kind) or cell.value or "#N/A"
        place = f" r={quoteattr(cell.name)}" if cell.name else ""
        text = escape(f"{self.mark}{kind} {shown}")
        instead = f'<c{place} t="str"><v>{text}</v></c>'
        self.found.append((cell.start, self._end_of(cell, at), instead.encode()))

    def _end_of(self, cell: _Cell, at: int) -> int:
        """Return where the cell ends: expat is past `<c/>`, but before `</c>`."""
        if cell.is_bare and self.content[at - 2 : at] == b"/>":
            return at
        return self.content.index(b">", at) + 1


def _is_stale(content: bytes) -> bool:
    """Whether the workbook says of itself that results of formulas are missing."""
    said: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "calcPr":
            said.update(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    _parse(content, parser)
    return said.get("fullCalcOnLoad", "0") in {"1", "true"} or said.get(
        "calcCompleted", "1"
    ) in {"0", "false"}


@dataclass(slots=True)
class _Styles:
    """Reads the formats of numbers, by style, out of the styles of a workbook."""

    codes: dict[int, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    _is_cell_style: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take what a style says of numbers."""
        name = _local(name)
        number = int(attributes.get("numFmtId", "0") or 0)
        if name == "numFmt":
            self.codes[number] = attributes.get("formatCode", _UNKNOWN)
        elif name == "cellXfs":
            self._is_cell_style = True
        elif name == "xf" and self._is_cell_style:
            self.styles.append(self._code(number))

    def end(self, name: str) -> None:
        """Leave the styles of cells."""
        if _local(name) == "cellXfs":
            self._is_cell_style = False

    def _code(self, number: int) -> str:
        code = self.codes.get(number) or _FORMATS.get(number, _UNKNOWN)
        letters = _NOT_LETTERS.sub("", code)
        is_general = "general" in letters.lower()
        is_day = not is_general and re.search("[dmyhs]", letters, re.IGNORECASE)
        return "" if number in _DATES or is_day else code


def _styles(content: bytes) -> list[str]:
    styles, parser = _Styles(), expat.ParserCreate()
    parser.StartElementHandler = styles.start
    parser.EndElementHandler = styles.end
    _parse(content, parser)
    return styles.styles or ["General"]


@dataclass(slots=True)
class _Texts:
    """Finds the shared texts whose letters are not all as they are typed."""

    rich: dict[str, str] = field(default_factory=dict)
    _count: int = 0
    _words: list[str] = field(default_factory=list)
    _is_rich: bool = False
    _is_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text or note how a run of it looks."""
        name = _local(name)
        if name == "si":
            self._words, self._is_rich = [], False
        is_raised = name == "vertAlign" and attributes.get("val") != "baseline"
        is_crossed = name == "strike" and attributes.get("val", "1") not in {
            "0",
            "false",
        }
        self._is_rich = self._is_rich or is_raised or is_crossed
        self._is_text = name == "t"

    def text(self, words: str) -> None:
        """Take a piece of a text."""
        if self._is_text:
            self._words.append(words)

    def end(self, name: str) -> None:
        """End a text; they are counted from 0."""
        self._is_text = False
        if _local(name) != "si":
            return
        if self._is_rich:
            self.rich[str(self._count)] = "".join(self._words)
        self._count += 1


def _rich_texts(content: bytes) -> dict[str, str]:
    texts, parser = _Texts(), expat.ParserCreate()
    parser.StartElementHandler = texts.start
    parser.EndElementHandler = texts.end
    parser.CharacterDataHandler = texts.text
    _parse(content, parser)
    return texts.rich


def _book(
    archive: zipfile.ZipFile, *, takes_formulas: bool, tells_types: bool
) -> _Book:
    is_stale = _is_stale(archive.read("xl/workbook.xml"))
    if not tells_types:
        return _Book(takes_formulas, is_stale)
    names = set(archive.namelist())
    styles, texts = "xl/styles.xml", "xl/sharedStrings.xml"
    return _Book(
        takes_formulas,
        is_stale,
        _styles(archive.read(styles)) if styles in names else ["General"],
        _rich_texts(archive.read(texts)) if texts in names else {},
    )


def marked(
    workbook: bytes, mark: str, *, takes_formulas: bool, tells_types: bool = False
) -> IO[bytes]:
    """Return the workbook with marked text in place of the cells without a value.

    And, to tell types, in place of those that are no plain text.
    """
    found = {}
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names):
            raise ValueError
        book = _book(archive, takes_formulas=takes_formulas, tells_types=tells_types)
        for member in archive.infolist():
            content = archive.read(member)
            has_cells = tells_types and member.filename.endswith(".xml")
            if _SUSPICIOUS.search(content) or (
                has_cells and _HAS_CELLS.search(content)
            ):
                found[member.filename] = _Sheet(content, mark, book).find()
            del content
        if not any(found.values()):
            return BytesIO(workbook)
        return _rewritten(archive, found)


def _rewritten(
    archive: zipfile.ZipFile, found: dict[str, list[tuple[int, int, bytes]]]
) -> IO[bytes]:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - read until the process ends
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for member in archive.infolist():
            content = memoryview(archive.read(member))
            with copy.open(member.filename, "w") as file:
                written = 0
                for start, end, instead in found.get(member.filename, ()):
                    file.write(content[written:start])
                    file.write(instead)
                    written = end
                file.write(content[written:])
    target.seek(0)
    return target


def hidden_in(content: bytes) -> dict[str, list[list[int]]]:
    """Return the hidden rows and columns of a sheet, as first and last, from 1."""
    found: dict[str, list[list[int]]] = {"rows": [], "columns": []}
    for one in _HIDDEN.finditer(content):
        said = {name: int(number) for name, number in _PLACES.findall(one[0])}
        first, last = said.get(b"min", said.get(b"r")), said.get(b"max", said.get(b"r"))
        if first is None or last is None:
            continue
        runs = found["columns" if one[1] == b"col" else "rows"]
        if runs and runs[-1][1] + 1 == first:
            runs[-1][1] = last
        else:
            runs.append([first, last])
    return found


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Return which member of the archive a sheet is; None where that is not told."""
    wanted: list[str] = []
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        said = {_local(key): value for key, value in attributes.items()}
        if _local(name) == "sheet" and said.get("name") == sheet:
            wanted.append(said.get("id", ""))
        elif _local(name) == "Relationship":
            targets[said.get("Id", "")] = said.get("Target", "")

    names = set(archive.namelist())
    for member in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if member not in names:
            return None
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        _parse(archive.read(member), parser)
    target = targets.get(wanted[0], "") if wanted else ""
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return path if path in names else None


def hidden_of(workbook: bytes, sheet: str) -> dict[str, list[list[int]]]:
    """Return what of one sheet is hidden; nothing where that cannot be told."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        member = _member_of(archive, sheet)
        return hidden_in(archive.read(member)) if member else {}


def rows_of(
    workbook: CalamineWorkbook,
    mark: str,
    *,
    tells_types: bool = False,
    wished: str = "",
    content: bytes = b"",
) -> Iterator[object]:
    """Yield the name of the first visible sheet that holds anything, and its rows.

    Or of the sheet that is wished for. Telling types, yield last the names of the
    other sheets that hold anything, which cells are merged, and, where the `content`
    of the file is given, what is hidden.
    """
    others: list[str] = []
    chosen: CalamineSheet | None = None
    for name in _visible(workbook):
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.iter_rows()
        if chosen is not None or (wished and name != wished):
            others += [name] * any(any(map(text_of, row)) for row in rows)
            continue
        for number, row in enumerate(rows, start=1):
            cells = [text_of(value) for value in row]
            if any(cells):
                if chosen is None:
                    yield name
                    chosen = sheet
                types = _types(row) if tells_types else {}
                yield [number, *_unmarked(cells, mark, types)]
        if chosen is not None and not tells_types:
            return
    if chosen is not None:
        yield from _about(chosen, others, content)


def _about(
    sheet: CalamineSheet, others: list[str], content: bytes
) -> Iterator[dict[str, object]]:
    """Yield what is to be known of a sheet beside its cells, if anything."""
    about: dict[str, object] = {"others": others, "merged": _merged(sheet)}
    hidden = hidden_of(content, sheet.name) if content else {}
    if any(hidden.values()):
        about["hidden"] = hidden
    if any(about.values()):
        yield about


def _merged(sheet: CalamineSheet) -> list[list[int]]:
    """Return merged cells as first row, first column, last row, last column, from 1."""
    ranges = sheet.merged_cell_ranges or []
    if len(ranges) > _MOST_MERGED:
        raise ValueError
    return [
        [top + 1, left + 1, bottom + 1, right + 1]
        for (top, left), (bottom, right) in ranges
    ]


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible
        and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _types(row: list[Value]) -> dict[int, str]:
    """Return by column what is no text, in calamine's words."""
    return {
        at: kind
        for at, value in enumerate(row)
        for types, kind in _KINDS
        if isinstance(value, types)
    }


def _unmarked(
    cells: list[str], mark: str, types: dict[int, str]
) -> tuple[list[str], dict[int, str]]:
    """Return the cells without marks, and the kinds of those that had one."""
    faults = types
    for at, cell in enumerate(cells):
        if faults.get(at) == "number":
            cells[at] = f"{_UNKNOWN}\t{cell}"
        if cell.startswith(mark):
            faults[at], _space, cells[at] = cell.removeprefix(mark).partition(" ")
    return cells, faults


def main(
    most_rows: int,
    memory: int,
    seconds: int,
    output: int,
    takes_formulas: int,
    tells_types: int,
    wished: str,
) -> None:
    """Read standard input and write at most so many rows."""
    limit(memory, seconds, output)
    mark = secrets.token_hex(16)
    content = sys.stdin.buffer.read()
    tells = bool(tells_types)
    file = marked(content, mark, takes_formulas=bool(takes_formulas), tells_types=tells)
    workbook = load_workbook(file)
    rows = rows_of(workbook, mark, tells_types=tells, wished=wished, content=content)
    for count, item in enumerate(rows):
        sys.stdout.write(f"{json.dumps(item)}\n")
        if count >= most_rows:
            break


if __name__ == "__main__":
    rows, memory, seconds, output, formulas, types = map(int, sys.argv[1:-1])
    main(rows, memory, seconds, output, formulas, types, sys.argv[-1])
