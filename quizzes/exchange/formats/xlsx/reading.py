"""Questions out of a workbook."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from lib.spreadsheets import (
    SpreadsheetProblem,
    Table,
    TableRow,
    TypedCell,
    read_table,
)
from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    ReadItem,
    UnreadableFile,
    check_size,
)
from quizzes.exchange.formats.keys import KeyMaker, letters
from quizzes.exchange.formats.sheet_cells import not_as_text, some_places
from quizzes.exchange.formats.xlsx import columns
from quizzes.exchange.formats.xlsx.columns import Column
from quizzes.questions.composition import Composition, Expected
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.tags import split_tags

_MAX_ROWS = 40_000
# A mark that opens and closes inside a word: "a*b*c" would show as "abc".
_INSIDE_WORDS = re.compile(r"\w(?P<mark>\*{1,3})[^\s*](?:[^\n*]*[^\s*])?(?P=mark)\w")
# Stars between digits are no marks (lib.markdown).
_PRODUCT = re.compile(r"(?<=\d)\*+(?=\d)")
_OWN_SHEETS = {columns.GUIDE, columns.LISTS}
# A number there is a number, not a text.
_NUMBERS = {columns.WORTH.title}
_MARKDOWN = tuple(
    column.title
    for column in (columns.STEM, columns.OPTION, columns.FEEDBACK, columns.DISCUSSION)
)
_TITLES = {column.title.lower(): column for column in columns.COLUMNS}


@dataclass(frozen=True)
class _Row:
    """A row: its number in the sheet, its cells by column, and what is wrong there.

    `typed` are the cells that are no plain text. `is_apart` where rows above are empty.
    """

    number: int
    cells: Mapping[str, str]
    faults: Mapping[str, str]
    typed: Mapping[str, TypedCell] = field(default_factory=dict)
    is_apart: bool = False

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
        table = read_table(
            BytesIO(data),
            "soal.xlsx",
            max_rows=_MAX_ROWS,
            takes_formulas=False,
            tells_types=True,
        )
    except SpreadsheetProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    known = [_TITLES.get(title.lower()) for title in table.header]
    _check_titles(known)
    rows = [
        _row_of(row, known, before)
        for row, before in zip(table.rows, (None, *table.rows), strict=False)
    ]
    keys, budget = KeyMaker(), Budget()
    items = []
    for found in _questions(rows):
        budget.spend(found.rows[0].number)
        for row in found.rows:
            found.problems += _cell_problems(row)
        found.problems += _torn(found)
        found.losses += _announced(found.rows)
        items.append(_item(found, keys))
    return Reading(items, list(_notes(table, known)))


def _notes(table: Table, known: Sequence[Column | None]) -> Iterator[str]:
    """Say what of the workbook is not read."""
    unknown = [
        title
        for title, column in zip(table.header, known, strict=True)
        if title and column is None
    ]
    if unknown:
        yield f"Kolom yang tidak dikenal tidak dibaca: {', '.join(unknown)[:200]}."
    others = [name for name in table.other_sheets if name not in _OWN_SHEETS]
    if others:
        yield (
            f"Hanya lembar “{table.sheet}” yang dibaca, tidak "
            f"{', '.join(others)[:200]}. Impor lembar lain sebagai berkas sendiri."
        )
    if table.has_pictures:
        yield (
            "Gambar di dalam lembar Excel tidak ikut. Impor soal bergambar dari Moodle "
            "XML, atau ceritakan isinya."
        )


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


def _row_of(
    row: TableRow, known: Sequence[Column | None], before: TableRow | None
) -> _Row:
    cells, faults, typed = {}, {}, {}
    for at, (column, cell) in enumerate(zip(known, row.cells, strict=True)):
        if column and at in row.faults:
            faults[column.title] = row.faults[at]
        elif column:
            cells[column.title] = cell
            if at in row.typed:
                typed[column.title] = row.typed[at]
    is_apart = before is not None and row.number > before.number + 1
    return _Row(row.number, cells, faults, typed, is_apart)


def _cell_problems(row: _Row) -> Iterator[str]:
    for title, fault in row.faults.items():
        yield f"Baris {row.number}, kolom {title}: {fault}"
    for title, cell in row.typed.items():
        if not _is_as_shown(title, cell):
            words = row.cells[title]
            said = not_as_text(cell, words)
            yield f"Baris {row.number}, kolom {title}: {said}"


def _is_as_shown(title: str, cell: TypedCell) -> bool:
    """Whether what is read of a cell is what Excel shows, or what the column holds."""
    if title == columns.CHECKED.title:
        return cell.kind in {"date", "rich"}
    if cell.kind == "boolean":
        return title == columns.WORTH.title
    return cell.shown is not None


def _torn(found: _Found) -> Iterator[str]:
    """Refuse options below an empty row: they may belong to a question without stem."""
    for row in found.rows[1:]:
        if row.is_apart:
            yield (
                f"Baris {row.number}: di atas baris ini ada baris kosong, tetapi kolom "
                "Soal dan Jenis kosong. Isi keduanya bila ini soal baru, atau hapus "
                "baris kosongnya bila ini pilihan soal di atas."
            )


def _announced(rows: Sequence[_Row]) -> Iterator[str]:
    """Say what was read where a cell is no plain text, or where signs become marks."""
    read = [
        f"baris {row.number} kolom {title} “{row.cells[title][:20]}”"
        for row in rows
        for title, cell in row.typed.items()
        if cell.kind == "number" and cell.shown and title not in _NUMBERS
    ]
    if read:
        yield (
            f"Sel angka dibaca sebagai teks: {some_places(read)}. Periksa; bila bukan "
            "itu yang dimaksud, ubah format selnya menjadi Teks dan ketik ulang."
        )
    rich = [
        f"baris {row.number} kolom {title}"
        for row in rows
        for title, cell in row.typed.items()
        if cell.kind == "rich"
    ]
    if rich:
        yield (
            "Huruf naik, turun, atau dicoret menjadi huruf biasa: "
            f"{some_places(rich)}. Tulis misalnya m² dengan tanda ²."
        )
    for row in rows:
        for title in _MARKDOWN:
            words = _PRODUCT.sub("×", row.cells.get(title, ""))
            found = _INSIDE_WORDS.search(words)
            if found:
                yield (
                    f"Baris {row.number}, kolom {title}: tanda di “{found[0][:20]}” "
                    "menjadi huruf miring atau tebal. Bila maksudnya kali, pakai ×, "
                    "atau tulis \\*."
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
        composition=Composition(
            _expected(found, first),
            tuple(sorted(set(_listed(first[columns.ENEMIES])))),
        ),
    )
    return question, all(row[columns.OPTION_KEY] for row in rows)


def _expected(found: _Found, first: _Row) -> Expected | None:
    said = first[columns.EXPECTED].replace("%", "").replace(" ", "")
    if not said:
        return None
    untrained, _slash, trained = said.partition("/")
    if not (untrained.isdecimal() and trained.isdecimal() and len(said) <= 9):
        found.report(
            first, columns.EXPECTED, "tidak terbaca. Tulis dua persen, seperti 40/82."
        )
        return None
    return Expected(int(untrained), int(trained))


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
