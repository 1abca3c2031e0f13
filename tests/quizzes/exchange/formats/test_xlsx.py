"""Workbooks: one row for each option, text throughout, nothing ever run."""

import base64
import re
import zipfile
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from lib.spreadsheets import read_table
from quizzes.exchange.formats.exchange import ReadItem, UnreadableFile
from quizzes.exchange.formats.xlsx import format
from quizzes.exchange.formats.xlsx.columns import COLUMNS
from quizzes.questions.types import TYPES
from tests.every_case import every_case
from tests.quizzes.exchange.formats.comparing import only, said, sound
from tests.quizzes.questions.examples import EXAMPLES

TITLES = [column.title for column in COLUMNS]


def workbook(*rows: dict[str, object], titles=TITLES) -> bytes:
    """Return a workbook as a person makes it in Excel.

    A cell is a value or `(value, number format)`; a row of nothing stays empty.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Soal")
        sheet.write_row(0, 0, titles)
        for number, row in enumerate(rows, 1):
            for title, cell in row.items():
                value, code = cell if isinstance(cell, tuple) else (cell, None)
                look = book.add_format({"num_format": code}) if code else None
                sheet.write(number, titles.index(title), value, look)
    return content.getvalue()


def choice(**over: object) -> list[dict[str, object]]:
    first = {"Jenis": "single_choice", "Soal": "Apa?", "Pilihan": "a", "Nilai": "benar"}
    return [{**first, **over}, {"Pilihan": "b", "Nilai": "salah"}]


def test_the_template_has_an_example_of_every_type():
    items = format.read(format.template().data).items

    assert {item.question.type for item in items} == set(TYPES)
    assert not [item.problems for item in items if item.problems]


def test_the_template_offers_lists_and_says_how_to_fill_it():
    data = format.template().data

    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert sheet.count("<dataValidation ") == 5
    assert "Daftar!$A$2:$A$12" in sheet
    assert 'name="Petunjuk"' in book
    assert 'name="Daftar" sheetId="3" state="hidden"' in book


def test_plain_rows_without_keys():
    item = only(format.read(workbook(*choice())))

    assert not item.problems
    assert not item.has_own_keys
    assert [(o.key, o.text, o.fraction) for o in item.question.options] == [
        ("a", "a", 1),
        ("b", "b", 0),
    ]


def test_labels_and_names_are_both_types():
    label = TYPES["single_choice"].label

    assert sound(format.read(workbook(*choice(Jenis=label)))).type == "single_choice"


def test_pairs_may_be_words():
    question = sound(
        format.read(
            workbook(
                {"Jenis": "matching", "Soal": "?", "Pilihan": "x", "Pasangan": "satu"},
                {"Pilihan": "y", "Pasangan": "dua"},
                {"Pasangan": "tiga"},
            )
        )
    )

    assert [(o.text, o.group) for o in question.options] == [
        ("x", "row"),
        ("y", "row"),
        ("satu", "choice"),
        ("dua", "choice"),
        ("tiga", "choice"),
    ]


@pytest.mark.parametrize(
    ("cell", "fraction"), [("50%", "0.5"), (0.5, "0.5"), (1, "1"), ("-25%", "-0.25")]
)
def test_worths(cell, fraction):
    rows = choice(Nilai="benar")
    rows[1]["Nilai"] = cell

    item = only(format.read(workbook(*rows)))

    assert str(item.question.options[1].fraction) == fraction


def test_a_formula_is_refused_by_its_cell():
    item = only(format.read(workbook(*choice(Pembahasan="=1+1"))))

    assert item.problems == [
        "Baris 2, kolom Pembahasan: Sel ini berisi rumus. Salin, lalu tempel sebagai "
        "nilai, agar jelas apa yang dibaca."
    ]


def test_a_formula_in_any_cell_of_a_question_is_refused():
    rows = choice()
    rows[1]["Umpan balik"] = "=NA()"

    item = only(format.read(workbook(*rows)))

    assert item.problems[0].startswith("Baris 3, kolom Umpan balik: Sel ini berisi")


def test_an_error_is_refused_and_the_text_of_one_is_text():
    content = workbook(*choice(Pembahasan="#N/A"))
    with zipfile.ZipFile(BytesIO(content)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    changed = re.sub(
        rb'<c r="K2" t="s"><v>\d+</v></c>',
        b"<c t='e' r='K2'><v>#N/A</v></c>",
        members[sheet],
    )
    assert changed != members[sheet]
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for name, member in (members | {sheet: changed}).items():
            new.writestr(name, member)

    typed = only(format.read(content))
    failed = only(format.read(target.getvalue()))

    assert typed.question.feedback == "#N/A"
    assert not any("galat" in problem for problem in typed.problems)
    assert failed.problems == [
        "Baris 2, kolom Pembahasan: Sel ini berisi galat Excel (#N/A). Perbaiki "
        "rumusnya, atau ganti dengan nilainya."
    ]


def test_text_that_looks_like_a_formula_is_text():
    question = EXAMPLES["single_choice"]
    options = [*question.options]
    from dataclasses import replace

    options[0] = replace(options[0], text="=1+1", feedback="@SUM(A1)")
    question = replace(question, options=options)

    data = format.render([question]).data

    assert said(sound(format.read(data))) == said(question)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_long_numbers_stay_whole_or_are_refused():
    nip = "199001012015041001"

    assert (
        sound(format.read(workbook(*choice(Soal=f"NIP {nip}?")))).stem == f"NIP {nip}?"
    )
    rows = choice()
    rows[1]["Pilihan"] = int(nip)
    assert "dibulatkan Excel" in only(format.read(workbook(*rows))).problems[0]


@pytest.mark.parametrize(
    ("over", "problem"),
    [
        ({"Jenis": "esai"}, "Baris 2, kolom Jenis: jenis soal tidak dikenal."),
        ({"Nilai": "mungkin"}, "Baris 2, kolom Nilai: “mungkin” tidak terbaca."),
        ({"Nilai": "nan"}, "Baris 2, kolom Nilai: “nan” tidak terbaca."),
        ({"Nilai": "nan%"}, "Baris 2, kolom Nilai: “nan%” tidak terbaca."),
        ({"Diperiksa": "kemarin"}, "Baris 2, kolom Diperiksa: tanggal tidak terbaca."),
        ({"Tingkat": "C9"}, "Tingkat “C9” tidak dikenal."),
        ({"Nilai": "salah"}, "Butuh tepat satu kunci."),
    ],
)
def test_problems_name_the_row_and_the_column(over, problem):
    item = only(format.read(workbook(*choice(**over))))

    assert any(one.startswith(problem) for one in item.problems)
    assert item.line == 2


def test_a_pair_that_is_not_there_is_refused():
    item = only(
        format.read(
            workbook(
                {"Jenis": "matching", "Soal": "?", "Kode pilihan": "x"}
                | {"Pilihan": "x", "Pasangan": "hilang", "Kelompok": "baris"},
                {"Kode pilihan": "y", "Pilihan": "y", "Kelompok": "pilihan"},
                {"Kode pilihan": "z", "Pilihan": "z", "Kelompok": "pilihan"},
            )
        )
    )

    assert item.problems


def test_missing_columns_refuse_the_file():
    with pytest.raises(UnreadableFile, match="Kolom Pilihan tidak ada"):
        format.read(workbook({"Soal": "x"}, titles=["Soal", "Jenis"]))


def test_unknown_columns_are_named():
    titles = [*TITLES, "Catatan saya"]

    reading = format.read(workbook(*choice(), titles=titles))

    assert reading.notes == ["Kolom yang tidak dikenal tidak dibaca: Catatan saya."]


def test_the_first_sheet_opens_as_a_table():
    table = read_table(BytesIO(format.template().data), "templat.xlsx")

    assert list(table.header) == TITLES


def with_second_option(title: str, cell: object, **over: object) -> ReadItem:
    rows = choice(**over)
    rows[1][title] = cell
    return only(format.read(workbook(*rows)))


@every_case(
    "cell, shown",
    [
        ((0.11, "0%"), "11%"),
        ((0.115, "0.0%"), "11.5%"),
        ((7, "000"), "007"),
        ((3.5, "0.00"), "3.50"),
        (2026, "2026"),
        ((2026, "@"), "2026"),
        (0.1 + 0.2, "0.3"),
        (-5, "-5"),
    ],
)
def test_a_number_in_a_text_column_is_read_as_shown_and_announced(cell, shown):
    item = with_second_option("Pilihan", cell)

    assert not item.problems
    assert item.question.options[1].text == shown
    assert f"baris 3 kolom Pilihan “{shown}”" in item.losses[0]


SHOWN_OTHERWISE = [
    ((0.115, "0%"), "angka"),
    ((0.5, "# ?/?"), "angka"),
    ((1500000, '"Rp"#,##0'), "angka"),
    ((1500000, "#,##0"), "angka"),
    ((3.14159, "0.00"), "angka"),
    ((12345, "0.00E+00"), "angka"),
    (1e-7, "angka"),
    (123456789012, "angka"),
    ((date(2026, 2, 1), "d-mmm"), "tanggal"),
    ((date(2026, 2, 1), "dd/mm/yyyy"), "tanggal"),
    ((time(8, 30), "hh:mm"), "jam"),
    ((timedelta(hours=30), "[h]:mm"), "jam"),
    (True, "nilai logika"),
]


@every_case("title", ["Soal", "Pilihan", "Umpan balik", "Kode pilihan", "Pasangan"])
def test_what_excel_shows_otherwise_is_refused_by_its_cell(title):
    # A question for each, in one workbook: a reader for each took a minute.
    rows = []
    for cell, _word in SHOWN_OTHERWISE:
        question = choice()
        question[0 if title == "Soal" else 1][title] = cell
        rows += question

    items = format.read(workbook(*rows)).items

    assert len(items) == len(SHOWN_OTHERWISE)
    for number, (item, (cell, word)) in enumerate(
        zip(items, SHOWN_OTHERWISE, strict=True)
    ):
        row = 2 * number + (2 if title == "Soal" else 3)
        assert any(
            problem.startswith(f"Baris {row}, kolom {title}: ") and word in problem
            for problem in item.problems
        ), cell


def test_a_tolerance_in_percent_stays_one():
    question = only(
        format.read(
            workbook(
                {"Jenis": "numeric", "Soal": "Berapa?", "Pilihan": 200}
                | {"Nilai": (1, "0%"), "Pasangan": (0.05, "0%")}
            )
        )
    ).question

    (option,) = question.options
    assert (option.text, option.match, option.fraction) == ("200", "5%", 1)


@every_case(
    "cell, fraction",
    [((0.5, "0%"), "0.5"), ((1, "0%"), "1"), (True, "1"), ((0.333, "0.0%"), "0.333")],
)
def test_worths_in_cells_of_their_own_kind(cell, fraction):
    item = with_second_option("Nilai", cell)

    assert str(item.question.options[1].fraction) == fraction
    assert not item.losses


def test_a_whole_of_points_is_told_from_one_point():
    rows = [
        {"Jenis": "situational", "Soal": "?", "Pilihan": "a", "Nilai": (1, "0%")},
        {"Pilihan": "b", "Nilai": 1},
    ]

    options = only(format.read(workbook(*rows))).question.options

    assert [option.fraction for option in options] == [1, Decimal("0.2")]


def test_a_day_is_read_where_a_day_belongs():
    day = (date(2026, 11, 21), "dd/mm/yyyy")

    item = only(format.read(workbook(*choice(Diperiksa=day))))

    assert item.question.checked_on == date(2026, 11, 21)
    assert not item.losses


@every_case(
    "text, told",
    [
        ("a*b*c", True),
        ("mem**per**baiki", True),
        ("5*3*2", False),
        ("2 * 3 * 4", False),
        ("*penting* sekali", False),
        (r"a\*b\*c", False),
    ],
)
def test_signs_that_become_marks_inside_words_are_announced(text, told):
    item = with_second_option("Pilihan", text)

    assert any("miring" in loss for loss in item.losses) is told


def test_raised_letters_are_announced():
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Soal")
        sheet.write_row(0, 0, TITLES)
        for number, row in enumerate(choice(), 1):
            for title, value in row.items():
                sheet.write(number, TITLES.index(title), value)
        raised = book.add_format({"font_script": 1})
        sheet.write_rich_string(2, TITLES.index("Pilihan"), "5 m", raised, "2")

    item = only(format.read(content.getvalue()))

    assert item.question.options[1].text == "5 m2"
    assert "baris 3 kolom Pilihan" in item.losses[0]


def test_options_below_an_empty_row_are_not_taken_for_those_above():
    rows = choice(Jenis="multiple_response")
    item = only(format.read(workbook(*rows, {}, {"Pilihan": "x", "Nilai": "benar"})))

    assert item.problems[0].startswith("Baris 5: di atas baris ini ada baris kosong")


def test_other_sheets_and_pictures_are_noted():
    content = BytesIO()
    pixel = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
        "awAAAABJRU5ErkJggg=="
    )
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Soal")
        sheet.write_row(0, 0, TITLES)
        for number, row in enumerate(choice(), 1):
            for title, value in row.items():
                sheet.write(number, TITLES.index(title), value)
        sheet.insert_image(2, 2, "titik.png", {"image_data": BytesIO(pixel)})
        book.add_worksheet("Soal 2").write(0, 0, "lagi")
        book.add_worksheet("Kosong")

    notes = format.read(content.getvalue()).notes

    assert "Hanya lembar “Soal” yang dibaca, tidak Soal 2." in notes[0]
    assert notes[1].startswith("Gambar di dalam lembar Excel tidak ikut.")


def test_the_template_and_what_is_exported_announce_nothing():
    reading = format.read(format.template().data)

    assert not reading.notes
    assert not [item.losses for item in reading.items if item.losses]
