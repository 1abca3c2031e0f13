"""Questions into a workbook, and the template to fill."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from lib.spreadsheets import XLSX_TYPE
from quizzes.exchange.formats.exchange import Rendering
from quizzes.exchange.formats.xlsx import columns
from quizzes.exchange.formats.xlsx.columns import Column
from quizzes.exchange.formats.xlsx.examples import EXAMPLES
from quizzes.questions.content import LEVELS, PILLARS, OptionContent, QuestionContent
from quizzes.questions.pictures import PICTURE_PATH as PATH
from quizzes.questions.types import TYPES

_LONGEST_CELL = 32_767
_VALIDATED_ROWS = 5_000
_RULES = (
    "Tiap pilihan menempati satu baris. Baris pertama soal memuat soal dan pilihan "
    "pertamanya; baris di bawahnya memuat pilihan berikutnya dengan kolom Soal kosong.",
    "Hapus baris contoh sebelum mengunggah, atau timpa dengan soal Anda.",
    "Soal isian pilihan dan penandaan teks memuat [[kode]] di tempatnya.",
    "Soal mengurutkan ditulis menurut urutan yang benar.",
    "Rumus tidak dibaca. Tempel hasilnya sebagai nilai.",
    "Tanggal, jam, pecahan, dan uang ditulis sebagai teks: format selnya Teks.",
    "Bila ada satu soal yang bermasalah, tidak ada yang diimpor, kecuali Anda memilih "
    "mengimpor yang baik saja.",
)
_Cells = dict[str, str]


def render(questions: Sequence[QuestionContent]) -> Rendering:
    """Return the questions as a workbook with lists to choose from."""
    losses = []
    for question in questions:
        losses += [(question.key, loss) for loss in _losses(question)]
    rows = [row for question in questions for row in _rows(question)]
    return Rendering(_workbook(rows), "soal.xlsx", XLSX_TYPE, losses)


def template() -> Rendering:
    """Return the workbook to fill: an example of every type and how to fill it."""
    rows = [row for example in EXAMPLES for row in _rows(example)]
    return Rendering(_workbook(rows), "templat-soal.xlsx", XLSX_TYPE)


def _losses(question: QuestionContent) -> Iterator[str]:
    texts = [question.stem, question.feedback]
    texts += [text for o in question.options for text in (o.text, o.feedback)]
    if any(len(text) > _LONGEST_CELL for text in texts):
        yield "Teks yang lebih panjang dari 32.767 karakter dipotong. Pakai YAML."
    if PATH.search(question.stem + question.feedback):
        yield "Gambar tidak ikut dalam XLSX. Pakai Moodle XML untuk soal ini."


def _rows(question: QuestionContent) -> list[_Cells]:
    """Return the rows of a question by column title."""
    rows = [*_scene_rows(question), *(_row(question, o) for o in question.options)]
    first = rows[0] if rows else {}
    scoring = TYPES[question.type].scorings.get(question.scoring, question.scoring)
    expected = question.composition.expected
    head = {
        columns.KEY: question.key,
        columns.TYPE: TYPES[question.type].label,
        columns.STEM: question.stem,
        columns.SCORING: scoring,
        columns.DISCUSSION: question.feedback,
        columns.OBJECTIVE: question.objective_key,
        columns.LEVEL: question.level,
        columns.PILLAR: question.pillar,
        columns.TAGS: ", ".join(question.tags),
        columns.SOURCES: ", ".join(question.source_keys),
        columns.CHECKED: question.checked_on.isoformat() if question.checked_on else "",
        columns.UNIT: str(question.settings.get("unit", "")),
        columns.EXPECTED: f"{expected.untrained}/{expected.trained}"
        if expected
        else "",
        columns.ENEMIES: ", ".join(question.composition.enemies),
    }
    return [{**first, **{at.title: words for at, words in head.items()}}, *rows[1:]]


def _scene_rows(question: QuestionContent) -> list[_Cells]:
    return [
        {
            columns.OPTION_KEY.title: scene["key"],
            columns.OPTION.title: scene["text"],
            columns.GROUP.title: columns.SCENE_CELL,
        }
        for scene in question.settings.get("scenes", ())
    ]


def _row(question: QuestionContent, option: OptionContent) -> _Cells:
    group = option.group
    if question.type == "matching":
        group = columns.GROUPS.get(group, group)
    return {
        columns.OPTION_KEY.title: option.key,
        columns.OPTION.title: option.text,
        columns.WORTH.title: columns.said_worth(question.type, option.fraction),
        columns.MATCH.title: option.match,
        columns.GROUP.title: group,
        columns.FEEDBACK.title: option.feedback,
    }


def _workbook(rows: Sequence[_Cells]) -> bytes:
    from xlsxwriter import Workbook

    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(content, options) as workbook:
        sheet = workbook.add_worksheet(columns.SHEET)
        guide = workbook.add_worksheet(columns.GUIDE)
        ranges = _write_lists(workbook.add_worksheet(columns.LISTS))
        _write_questions(workbook, sheet, rows)
        _validate(sheet, ranges)
        _write_guide(workbook, guide)
    return content.getvalue()


def _write_questions(workbook: Any, sheet: Any, rows: Sequence[_Cells]) -> None:
    from xlsxwriter.utility import xl_range

    bold = workbook.add_format({"bold": True, "bottom": 1})
    # "@" keeps every digit of a number that somebody types.
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 3)
    for at, column in enumerate(columns.COLUMNS):
        sheet.set_column(at, at, column.width, text)
        sheet.write_string(0, at, column.title, bold)
    for number, cells in enumerate(rows, 1):
        for at, column in enumerate(columns.COLUMNS):
            words = cells.get(column.title, "")[:_LONGEST_CELL]
            if words:
                sheet.write_string(number, at, words, text)
    last = (max(1, len(rows)), len(columns.COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, *last)})


def _lists() -> dict[str, list[str]]:
    rules = [label for one in TYPES.values() for label in one.scorings.values()]
    return {
        "jenis": [one.label for one in TYPES.values()],
        "aturan": list(dict.fromkeys(rules)),
        "nilai": [columns.RIGHT_CELL, columns.WRONG_CELL, "100%", "50%", *"012345"],
        "tingkat": list(LEVELS),
        "pilar": list(PILLARS),
    }


def _write_lists(sheet: Any) -> dict[str, str]:
    """Write the words to choose from; return where each list stands."""
    from xlsxwriter.utility import xl_range_abs

    ranges = {}
    for at, (name, words) in enumerate(_lists().items()):
        sheet.write_column(0, at, [name, *words])
        area = xl_range_abs(1, at, len(words), at)
        ranges[name] = f"={columns.LISTS}!{area}"
    sheet.hide()
    return ranges


def _validate(sheet: Any, ranges: dict[str, str]) -> None:
    """Offer the lists in their columns; a worth may be typed as well."""
    for at, column in enumerate(columns.COLUMNS):
        if not column.list_name:
            continue
        sheet.data_validation(
            *(1, at, _VALIDATED_ROWS, at),
            {
                "validate": "list",
                "source": ranges[column.list_name],
                "error_type": "warning" if column is columns.WORTH else "stop",
                "error_title": column.title,
                "error_message": _short(column),
                "ignore_blank": True,
            },
        )


def _short(column: Column) -> str:
    """Return the note within what Excel shows: 255 signs."""
    return column.note[:255]


def _write_guide(workbook: Any, sheet: Any) -> None:
    bold = workbook.add_format({"bold": True})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18, wrap)
    sheet.set_column(1, 1, 100, wrap)
    sheet.write_row(0, 0, ["Kolom", "Cara mengisi"], bold)
    lines = [(column.title, column.note) for column in columns.COLUMNS]
    lines += [("", ""), *(("Aturan", rule) for rule in _RULES)]
    for number, (title, words) in enumerate(lines, 1):
        sheet.write_string(number, 0, title, wrap)
        sheet.write_string(number, 1, words, wrap)
