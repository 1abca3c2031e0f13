"""Questions out of somebody's own table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from lib.spreadsheets import Grid, SpreadsheetProblem, TableRow, read_grid
from quizzes.exchange.formats.checking import problems_of
from quizzes.exchange.formats.choice_keys import UnreadableKey, letter_of, read_key
from quizzes.exchange.formats.exchange import (
    Budget,
    Reading,
    ReadItem,
    UnreadableFile,
    check_size,
)
from quizzes.exchange.formats.keys import KeyMaker, letters
from quizzes.exchange.formats.plain_text import plain_to_line, plain_to_markdown
from quizzes.exchange.formats.table.kinds import AskedType, asked_for
from quizzes.exchange.formats.table.layout import (
    Layout,
    headings_of,
    layout_problem,
    width_of,
)
from quizzes.exchange.formats.table.rows import FoundRows, gathered, place_of
from quizzes.questions.content import LEVELS, OptionContent, QuestionContent
from quizzes.questions.tags import split_tags

_MAX_ROWS = 40_000
_ZIP = b"PK\x03\x04"
_MARKS = frozenset({"x", "v", "✓", "✔", "*", "benar", "true", "ya", "1"})
_TRUE = frozenset({"benar", "b", "true", "t", "ya"})
_FALSE = frozenset({"salah", "s", "false", "f", "tidak"})
_LETTERED = re.compile(r"(?P<letter>[A-Ja-j])\s*[.)]\s*(?P<words>\S.*)", re.DOTALL)
_MOST_OPTIONS = 26
_MOST_TOLD = 12


def grid_of(data: bytes, sheet: str = "") -> Grid:
    """Return a sheet of a workbook, or a CSV. Raises UnreadableFile."""
    check_size(data)
    name = "soal.xlsx" if data.startswith(_ZIP) else "soal.csv"
    # A name from a browser: what no workbook can have is not looked for.
    wished = sheet.replace("\x00", "")[:100]
    try:
        grid = read_grid(BytesIO(data), name, sheet=wished, max_rows=_MAX_ROWS)
    except SpreadsheetProblem as problem:
        raise UnreadableFile(str(problem)) from problem
    width_of(grid)
    return grid


def read_by(grid: Grid, layout: Layout) -> Reading:
    """Return the questions of a sheet that is laid out so. Raises UnreadableFile."""
    problem = layout_problem(layout)
    if problem:
        raise UnreadableFile(problem)
    headings = headings_of(grid, layout.header)
    found = gathered(grid, layout, headings)
    if not found:
        raise UnreadableFile(
            "Tidak ada baris soal di bawah judul kolomnya. Pilih lembar atau baris "
            "judul yang lain."
        )
    keys, budget = KeyMaker(), Budget()
    items = []
    for one in found:
        budget.spend(one.line)
        items.append(_item(one, keys))
    return Reading(_without_repeats(items), list(_notes(grid, layout, headings)))


def _notes(grid: Grid, layout: Layout, headings: Sequence[str]) -> Iterator[str]:
    """Say what of the file is not read."""
    above = [row.number for row in grid.rows if row.number < layout.header]
    if above:
        yield f"Baris di atas judul kolom (baris {layout.header}) tidak dibaca."
    unused = [
        headings[at] or place_of(headings, layout.header, at).rpartition(" ")[2]
        for at, role in enumerate(layout.roles)
        if not role and _is_filled(grid, layout, at)
    ]
    if unused:
        yield f"Kolom yang tidak dipakai: {', '.join(unused)[:300]}."
    if grid.other_sheets:
        yield (
            f"Hanya lembar “{grid.sheet}” yang dibaca, tidak "
            f"{', '.join(grid.other_sheets)[:200]}."
        )
    if grid.has_pictures:
        yield "Gambar di dalam buku kerja tidak ikut. Ceritakan isinya di soalnya."


def _is_filled(grid: Grid, layout: Layout, at: int) -> bool:
    return any(
        at < len(row.cells) and row.cells[at]
        for row in grid.rows
        if row.number > layout.header
    )


def _item(found: FoundRows, keys: KeyMaker) -> ReadItem:
    stem = found.first("stem")
    asked = asked_for(found.first("type"))
    name = " ".join(stem.split())[:60]
    if not stem:
        found.problems.append(
            f"Baris {found.line}: kolom Soal kosong. Isi soalnya; bila selnya digabung "
            "dengan baris di atas, pisahkan dulu."
        )
    if asked.refusal:
        found.problems.append(f"Baris {found.line}: {asked.refusal}")
    if not stem or asked.refusal:
        return ReadItem(None, name, found.line, found.losses, found.problems)
    question = _question(found, asked)
    if question is None:
        return ReadItem(None, name, found.line, found.losses, found.problems)
    question = replace(question, key=keys.make(stem))
    problems = [*found.problems, *problems_of(question)]
    return ReadItem(
        question,
        name,
        found.line,
        found.losses,
        list(dict.fromkeys(problems)),
        has_own_keys=False,
    )


def _question(found: FoundRows, asked: AskedType) -> QuestionContent | None:
    options = _options(found)
    if options is None:
        return None
    if len(options) > _MOST_OPTIONS:
        found.problems.append(
            f"Baris {found.line}: lebih dari {_MOST_OPTIONS} pilihan. Kurangi."
        )
        return None
    if asked.type == "short_text" and not options:
        return _typed(found)
    has_letters = bool(options)
    if asked.is_true_false and not options:
        options = ["Benar", "Salah"]
    if not options:
        found.problems.append(
            f"Baris {found.line}: tidak ada pilihan jawaban. Isi kolom pilihannya; "
            "untuk isian singkat tulis Isian di kolom Jenis soal."
        )
        return None
    right = _right(found, options, has_letters=has_letters)
    if right is None:
        return None
    is_several = len(right) > 1 or asked.type == "multiple_response"
    return _framed(
        found,
        "multiple_response" if is_several else "single_choice",
        [
            OptionContent(key, plain_to_line(words), Decimal(at in right))
            for at, (key, words) in enumerate(
                zip(letters(len(options)), options, strict=True)
            )
        ],
    )


def _framed(
    found: FoundRows, type: str, options: Sequence[OptionContent]
) -> QuestionContent:
    said = found.first("level").upper()
    level = next((one for one in LEVELS if re.search(rf"\b{one}\b", said)), "")
    if said and not level:
        found.losses.append(
            f"Tingkat “{said[:20]}” tidak dibaca: yang dikenal C1 sampai C6."
        )
    return QuestionContent(
        key="",
        type=type,
        stem=plain_to_markdown(found.first("stem")),
        options=tuple(options),
        objective_key=found.first("objective"),
        level=level,
        feedback=plain_to_markdown(found.first("feedback")),
        tags=tuple(split_tags(found.first("tags"))),
    )


def _typed(found: FoundRows) -> QuestionContent | None:
    """Return a question whose answer is typed: the key holds what is accepted."""
    accepted = dict.fromkeys(
        one
        for key in found.cells("key", found.rows[0])
        for one in map(str.strip, re.split(r"[;\n]", key))
        if one
    )
    if not accepted:
        found.problems.append(f"Baris {found.line}: kuncinya kosong. Tulis jawabannya.")
        return None
    return _framed(
        found,
        "short_text",
        [
            OptionContent(key, words, Decimal(1))
            for key, words in zip(letters(len(accepted)), accepted, strict=True)
        ],
    )


def _options(found: FoundRows) -> list[str] | None:
    """Return the words of the options in their order; None where one is missing."""
    cells = [
        (row, at, cell)
        for row in found.rows
        for at, cell in _cells_of_options(found, row)
    ]
    words = [cell for _row, _at, cell in cells]
    while words and not words[-1]:
        words.pop()
    if "" in words:
        row, at, _cell = cells[words.index("")]
        found.problems.append(
            f"{found.place(row, at)}: pilihan {letter_of(words.index(''))} kosong, "
            "padahal ada pilihan sesudahnya. Isi, atau geser pilihannya."
        )
        return None
    if len(words) == 1 and "\n" in words[0]:
        words = [line.strip() for line in words[0].split("\n") if line.strip()]
        if not _are_lettered(words):
            row, at, _cell = cells[0]
            found.problems.append(
                f"{found.place(row, at)}: pilihan dalam satu sel harus satu baris satu "
                "pilihan, mulai A., B., C. Perbaiki selnya."
            )
            return None
    return _without_letters(words)


def _cells_of_options(found: FoundRows, row: TableRow) -> list[tuple[int, str]]:
    """Return options by column: the right ones of their own column stand first."""
    places = [*found.layout.places("right"), *found.layout.places("option")]
    return [(at, row.cells[at] if at < len(row.cells) else "") for at in places]


def _are_lettered(words: Sequence[str]) -> bool:
    found = [_LETTERED.fullmatch(one) for one in words]
    return len(words) > 1 and all(
        one is not None and one["letter"].upper() == letter_of(at)
        for at, one in enumerate(found)
    )


def _without_letters(words: list[str]) -> list[str]:
    """Return options without "A.", "B." where every one begins with its own."""
    if not _are_lettered(words):
        return words
    return [found["words"] for one in words if (found := _LETTERED.fullmatch(one))]


def _right(
    found: FoundRows, options: Sequence[str], *, has_letters: bool
) -> tuple[int, ...] | None:
    """Return the places of the right options; None where the row does not tell."""
    marked = _marked(found)
    if marked is not None:
        return marked or None
    readings: dict[tuple[int, ...], str] = {}
    if found.layout.places("right"):
        readings[tuple(range(len(found.layout.places("right"))))] = (
            "kolom pilihan benar"
        )
    for at in found.layout.places("key"):
        row = found.rows[0]
        said = row.cells[at] if at < len(row.cells) else ""
        if not said:
            continue
        try:
            places = (
                read_key(said, options, takes_initials=True)
                if has_letters
                else _truth(said)
            )
            readings[places] = f"{found.place(row, at)} “{said[:20]}”"
        except UnreadableKey as problem:
            found.problems.append(f"{found.place(row, at)}: {problem.message}")
            return None
    if len(readings) > 1:
        found.problems.append(
            f"Kuncinya berbeda: {' dan '.join(readings.values())}. Samakan keduanya, "
            "atau pakai satu kolom kunci saja."
        )
        return None
    if not readings:
        found.problems.append(
            f"Baris {found.line}: kuncinya kosong. Tulis huruf, nomor, atau teks "
            "pilihannya."
        )
    return next(iter(readings), None)


def _truth(said: str) -> tuple[int, ...]:
    """Return the place of true or false where no options stand in the row."""
    words = said.strip(" .").casefold()
    if words in _TRUE:
        return (0,)
    if words in _FALSE:
        return (1,)
    raise UnreadableKey(
        f"Kunci “{said[:40]}” tidak dikenal. Tulis Benar atau Salah, atau B atau S."
    )


def _marked(found: FoundRows) -> tuple[int, ...] | None:
    """Return what is ticked where options stand below each other, None where not."""
    keys = found.layout.places("key")
    if len(found.rows) < 2 or len(keys) != 1:
        return None
    said = [next(iter(found.cells("key", row)), "").casefold() for row in found.rows]
    if not any(said[1:]) and said[0] not in _MARKS:
        return None
    wrong = [at for at, one in enumerate(said) if one and one not in _MARKS]
    if wrong:
        row = found.rows[wrong[0]]
        found.problems.append(
            f"{found.place(row, keys[0])}: tanda “{said[wrong[0]][:20]}” tidak "
            "dikenal. Tandai pilihan benar dengan x atau benar."
        )
        return ()
    return tuple(at for at, one in enumerate(said) if one)


def _without_repeats(items: Sequence[ReadItem]) -> list[ReadItem]:
    """Leave out rows that repeat a question, as reports of results do, and say so."""
    seen: dict[object, int] = {}
    kept: list[ReadItem] = []
    for item in items:
        said = item.question and replace(item.question, key="")
        first = seen.get(said.digest()) if said else None
        if first is None or item.problems:
            if said:
                seen.setdefault(said.digest(), len(kept))
            kept.append(item)
            continue
        loss = f"Baris {item.line} memuat soal yang sama dan tidak dibaca lagi."
        if len(kept[first].losses) < _MOST_TOLD:
            kept[first].losses.append(loss)
    return kept
