"""Questions out of a workbook."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from lib.spreadsheets import SpreadsheetProblem, read_table
from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    ReadItem,
    UnreadableFile,
    check_size,
)
from quizzes.exchange.formats.keys import KeyMaker, letters
from quizzes.exchange.formats.xlsx import columns
from quizzes.exchange.formats.xlsx.columns import Column
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.tags import split_tags

_MAX_ROWS = 40_000
_MAX_SHEET = 50_000_000
_SHEET = "xl/worksheets/sheet1.xml"
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b')
_ROUNDED = re.compile(r"-?\d\.\d+E\+\d+")
_TITLES = {column.title.lower(): column for column in columns.COLUMNS}


@dataclass(frozen=True)
class _Row:
    """A row: its number in the sheet and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: Column) -> str:
        return self.cells.get(column.title, "")


@dataclass
class _Found:
    """The rows of one question and what is wrong with them."""

    rows: list[_Row]
    problems: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    def report(self, row: _Row, column: Column, message: str) -> None:
        """Note a problem of one cell."""
        self.problems.append(f"Baris {row.number}, kolom {column.title}: {message}")


def read(data: bytes) -> Reading:
    """Return the questions of the first sheet. Raises UnreadableFile."""
    check_size(data)
    try:
        table = read_table(BytesIO(data), "soal.xlsx", max_rows=_MAX_ROWS)
    except SpreadsheetProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    known = [_TITLES.get(title.lower()) for title in table.header]
    _check_titles(known)
    rows = [
        _Row(
            row.number,
            {
                column.title: cell
                for column, cell in zip(known, row.cells, strict=True)
                if column
            },
        )
        for row in table.rows
    ]
    formulas, keys, budget = _formulas(data), KeyMaker(), Budget()
    items = []
    for found in _questions(rows):
        budget.spend(found.rows[0].number)
        for row in found.rows:
            found.problems += _cell_problems(row, formulas.get(row.number, ()))
        items.append(_item(found, keys))
    unknown = [
        title
        for title, column in zip(table.header, known, strict=True)
        if title and column is None
    ]
    notes = [f"Kolom yang tidak dikenal tidak dibaca: {', '.join(unknown)[:200]}."]
    return Reading(items, notes if unknown else [])


def _check_titles(known: Sequence[Column | None]) -> None:
    missing = [
        column.title
        for column in (columns.TYPE, columns.STEM, columns.OPTION)
        if column not in known
    ]
    if missing:
        raise UnreadableFile(
            f"Kolom {', '.join(missing)} tidak ada di lembar pertama. "
            "Unduh templatnya, salin soal Anda ke sana, lalu unggah lagi."
        )


def _questions(rows: Sequence[_Row]) -> Iterator[_Found]:
    """Yield runs of rows: a question begins where there is a stem, type or key."""
    found: _Found | None = None
    for row in rows:
        begins = row[columns.STEM] or row[columns.TYPE] or row[columns.KEY]
        if begins and found:
            yield found
            found = None
        if found:
            found.rows.append(row)
        else:
            found = _Found([row])
    if found:
        yield found


def _formulas(data: bytes) -> dict[int, list[str]]:
    """Return by row the cells of the first sheet that hold a formula."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if _SHEET not in archive.namelist():
            return {}
        with archive.open(_SHEET) as sheet:
            content = sheet.read(_MAX_SHEET)
    found: dict[int, list[str]] = {}
    for name in _FORMULA.findall(content):
        cell = name.decode()
        found.setdefault(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), []).append(
            cell
        )
    return found


def _cell_problems(row: _Row, formulas: Sequence[str]) -> Iterator[str]:
    for cell in formulas:
        yield (
            f"Sel {cell} berisi rumus. Salin, lalu tempel sebagai nilai, agar jelas "
            "apa yang dibaca."
        )
    for title, words in row.cells.items():
        if _ROUNDED.fullmatch(words):
            yield (
                f"Baris {row.number}, kolom {title}: angka ini sudah dibulatkan Excel. "
                "Ubah format selnya menjadi Teks, lalu ketik ulang."
            )


def _item(found: _Found, keys: KeyMaker) -> ReadItem:
    first = found.rows[0]
    name = first[columns.KEY] or first[columns.STEM][:60]
    type = columns.read_type(first[columns.TYPE])
    if type is None:
        found.report(
            first, columns.TYPE, "jenis soal tidak dikenal. Pilih dari daftar."
        )
        return ReadItem(None, name, first.number, [], found.problems)
    question, has_own_keys = _question(found, type)
    question = replace(question, key=_key(found, keys))
    problems = [*found.problems, *problems_of(question)]
    return ReadItem(
        question,
        name,
        first.number,
        found.losses,
        list(dict.fromkeys(problems)),
        has_own_keys,
    )


def _key(found: _Found, keys: KeyMaker) -> str:
    first = found.rows[0]
    said = first[columns.KEY]
    if not said:
        return keys.make(first[columns.STEM])
    if not keys.own(said):
        found.report(first, columns.KEY, "kode ini sudah dipakai di atas. Ganti.")
    return said


def _question(found: _Found, type: str) -> tuple[QuestionContent, bool]:
    first = found.rows[0]
    rows = [row for row in found.rows if _holds_option(row)]
    settings: dict[str, object] = {}
    if type == "dialogue":
        settings["scenes"] = [
            {"key": row[columns.OPTION_KEY], "text": row[columns.OPTION]}
            for row in rows
            if row[columns.GROUP].lower() == columns.SCENE_CELL
        ]
        rows = [row for row in rows if row[columns.GROUP].lower() != columns.SCENE_CELL]
    if first[columns.UNIT]:
        settings["unit"] = first[columns.UNIT]
    options = _options(found, type, rows)
    question = QuestionContent(
        key="",
        type=type,
        stem=first[columns.STEM],
        options=tuple(_paired(options) if type == "matching" else options),
        objective_key=first[columns.OBJECTIVE],
        level=first[columns.LEVEL].upper(),
        feedback=first[columns.DISCUSSION],
        scoring=columns.read_scoring(type, first[columns.SCORING]),
        source_keys=tuple(_listed(first[columns.SOURCES])),
        checked_on=_day(found, first),
        settings=settings,
        pillar=first[columns.PILLAR].lower(),
        tags=tuple(split_tags(first[columns.TAGS])),
    )
    return question, all(row[columns.OPTION_KEY] for row in rows)


def _holds_option(row: _Row) -> bool:
    return any(
        row[column] for column in (columns.OPTION, columns.OPTION_KEY, columns.MATCH)
    )


def _options(found: _Found, type: str, rows: Sequence[_Row]) -> list[OptionContent]:
    made = letters(len(rows))
    groups = {word: group for group, word in columns.GROUPS.items()}
    options = []
    for row, letter in zip(rows, made, strict=True):
        worth = columns.worth_of_cell(type, row[columns.WORTH])
        if worth is None:
            found.report(
                row,
                columns.WORTH,
                f"“{row[columns.WORTH][:20]}” tidak terbaca. {columns.WORTH.note}",
            )
        group = row[columns.GROUP]
        if type == "matching":
            group = groups.get(group.lower(), group)
        options.append(
            OptionContent(
                key=row[columns.OPTION_KEY] or letter,
                text=row[columns.OPTION],
                fraction=worth or Decimal(0),
                feedback=row[columns.FEEDBACK],
                group=group,
                match=row[columns.MATCH],
            )
        )
    return options


def _paired(options: Sequence[OptionContent]) -> list[OptionContent]:
    """Return rows and choices where the pairs were written as words.

    Without any row of the group “pilihan”, “Pasangan” holds the words themselves; a
    pair without a text belongs to no row.
    """
    if any(option.group == "choice" for option in options):
        return list(options)
    rows = [option for option in options if option.text]
    taken = {row.key for row in rows}
    free = (f"j{number}" for number in range(1, 10 * len(options) + 10))
    words = dict.fromkeys(option.match for option in options if option.match)
    key_of = {word: next(k for k in free if k not in taken) for word in words}
    return [
        *(replace(row, group="row", match=key_of.get(row.match, "")) for row in rows),
        *(OptionContent(key, word, group="choice") for word, key in key_of.items()),
    ]


def _listed(words: str) -> list[str]:
    return [word for word in map(str.strip, words.split(",")) if word]


def _day(found: _Found, row: _Row) -> date | None:
    words = row[columns.CHECKED]
    try:
        return date.fromisoformat(words[:10]) if words else None
    except ValueError:
        found.report(
            row, columns.CHECKED, "tanggal tidak terbaca. Tulis misalnya 2026-11-21."
        )
        return None
