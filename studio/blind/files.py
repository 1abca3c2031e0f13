"""Sheets, keys and answers as files: XLSX for people, CSV for programs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lib.spreadsheets import (
    Column,
    Sheet,
    SpreadsheetProblem,
    Table,
    read_table,
    write_csv,
    write_xlsx,
)
from studio.blind.kinds import KINDS
from studio.blind.scoring import Answer, KeyRow, UnreadableAnswer, read_letters
from studio.blind.sheets import LETTERS, BlindSheet

CODE, NUMBER, ANSWER, DOUBT = "lembar", "no", "jawaban", "ragu"
_KEY_COLUMNS = (
    Column(CODE),
    Column(NUMBER, "integer"),
    Column("kursus"),
    Column("kegunaan"),
    Column("soal"),
    Column("jenis"),
    Column("pilihan", "integer"),
    Column("kunci"),
)


def write_sheets(folder: Path, sheet: BlindSheet, *, format: str) -> list[Path]:
    """Write both sheets and the key file, each in a folder of its own.

    Nothing that is there is written over. Raises FileExistsError, OSError.
    """
    sheets = {
        folder / "tanpa-soal" / f"tanpa-soal.{format}": False,
        folder / "dengan-soal" / f"dengan-soal.{format}": True,
    }
    keys = folder / "kunci" / "kunci.csv"
    for path in (*sheets, keys):
        if path.exists():
            raise FileExistsError(path)
        path.parent.mkdir(parents=True, exist_ok=True)
    for path, has_stems in sheets.items():
        columns = _columns(sheet, has_stems=has_stems)
        _write(path, columns, list(_rows(sheet, has_stems=has_stems)))
    _write(keys, _KEY_COLUMNS, list(_keys(sheet)))
    return [*sheets, keys]


def _write(
    path: Path, columns: Sequence[Column], rows: Sequence[Sequence[object]]
) -> None:
    if path.suffix == ".xlsx":
        write_xlsx(path, sheets=[Sheet("Lembar", columns, rows)])
        return
    with path.open("x", encoding="utf-8", newline="") as stream:
        write_csv(stream, columns, rows)


def _columns(sheet: BlindSheet, *, has_stems: bool) -> list[Column]:
    stem = [Column("soal", width=60)] if has_stems else []
    return [
        Column(CODE),
        Column(NUMBER, "integer", 6),
        *stem,
        *(Column(letter, width=40) for letter in LETTERS[: _widest(sheet)]),
        Column("cara menjawab", width=24),
        Column(ANSWER),
        Column(DOUBT),
    ]


def _widest(sheet: BlindSheet) -> int:
    return max((len(row.options) for row in sheet.rows), default=0)


def _rows(sheet: BlindSheet, *, has_stems: bool) -> Iterator[list[object]]:
    for row in sheet.rows:
        stem = [row.stem] if has_stems else []
        blanks = [""] * (_widest(sheet) - len(row.options))
        yield [sheet.code, row.number, *stem, *row.options, *blanks, row.asks, "", ""]


def _keys(sheet: BlindSheet) -> Iterator[list[object]]:
    for row in sheet.rows:
        asked = row.asked
        yield [
            sheet.code,
            row.number,
            asked.course,
            asked.use,
            asked.content.key,
            asked.content.type,
            len(row.options),
            row.key,
        ]


def read_keys(path: Path) -> tuple[str, list[KeyRow]]:
    """Return the code of a key file and its lines. Raises SpreadsheetProblem."""
    rows = list(_lines(path, [column.title for column in _KEY_COLUMNS]))
    keys = [
        KeyRow(
            number=_number(said[NUMBER], number),
            course=said["kursus"],
            question=said["soal"],
            type=said["jenis"],
            options=_number(said["pilihan"], number),
            # A cell that begins with "-" is written for programs with an apostrophe.
            key=said["kunci"].removeprefix("'"),
        )
        for number, said in rows
    ]
    if not keys or any(key.type not in KINDS for key in keys):
        raise SpreadsheetProblem(
            "Berkas ini bukan kunci lembar.", "Pakai kunci.csv dari blind_sheets."
        )
    return _code(rows), keys


def read_answers(path: Path, code: str, keys: Sequence[KeyRow]) -> dict[int, Answer]:
    """Return the answers of a sheet by number, nothing for lines that are missing.

    Raises SpreadsheetProblem for another sheet than the key's, a line that the key
    does not have or that stands twice, and letters that are no answer.
    """
    rows = list(_lines(path, [CODE, NUMBER, ANSWER, DOUBT]))
    if rows and _code(rows) != code:
        raise SpreadsheetProblem(
            "Lembar ini bukan pasangan kuncinya.",
            f"Pakai lembar dengan kode {code}, atau kunci dari lembar ini.",
        )
    by_number = {key.number: key for key in keys}
    answers: dict[int, Answer] = {}
    for line, said in rows:
        number = _number(said[NUMBER], line)
        if number not in by_number or number in answers:
            raise SpreadsheetProblem(
                f"Baris {line}: nomor {number} tidak ada di kunci, atau ada dua kali.",
                "Pakai lembar seperti saat dibuat; isi kolom jawaban dan ragu saja.",
            )
        key = by_number[number]
        written = said[ANSWER].removeprefix("'")
        try:
            letters = read_letters(written, type=key.type, options=key.options)
        except UnreadableAnswer as problem:
            raise SpreadsheetProblem(
                f"Baris {line}: jawaban “{written[:20]}” tidak terbaca.", str(problem)
            ) from problem
        answers[number] = Answer(letters, bool(said[DOUBT].strip()))
    return {key.number: answers.get(key.number, Answer("", False)) for key in keys}


def _lines(
    path: Path, needed: Sequence[str]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the number and the cells of each line, by title."""
    with path.open("rb") as stream:
        table: Table = read_table(stream, path.name)
    titles = [title.strip().casefold() for title in table.header]
    missing = [title for title in needed if title not in titles]
    if missing:
        raise SpreadsheetProblem(
            f"Kolom {', '.join(missing)} tidak ada di {path.name}.",
            "Pakai berkas yang dibuat blind_sheets.",
        )
    for row in table.rows:
        yield row.number, dict(zip(titles, row.cells, strict=True))


def _code(rows: Sequence[tuple[int, Mapping[str, str]]]) -> str:
    codes = {said[CODE].strip() for _line, said in rows}
    if len(codes) != 1:
        raise SpreadsheetProblem(
            "Kode lembar berbeda-beda atau kosong.",
            "Jangan menggabungkan lembar; kode ada di kolom pertama.",
        )
    return codes.pop()


def _number(text: str, line: int) -> int:
    if not text.strip().isdecimal():
        raise SpreadsheetProblem(
            f"Baris {line}: “{text[:20]}” bukan angka.", "Jangan mengubah kolom nomor."
        )
    return int(text)
