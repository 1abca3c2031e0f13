"""Workbooks: one row for each option, text throughout, nothing ever run."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from lib.spreadsheets import read_table
from quizzes.exchange.formats.exchange import UnreadableFile
from quizzes.exchange.formats.xlsx import format
from quizzes.exchange.formats.xlsx.columns import COLUMNS
from quizzes.questions.types import TYPES
from tests.quizzes.exchange.formats.comparing import only, said, sound
from tests.quizzes.questions.examples import EXAMPLES

TITLES = [column.title for column in COLUMNS]


def workbook(*rows: dict[str, object], titles=TITLES) -> bytes:
    """Return a workbook as a person makes it in Excel."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Soal")
        sheet.write_row(0, 0, titles)
        for number, row in enumerate(rows, 1):
            for title, value in row.items():
                sheet.write(number, titles.index(title), value)
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
        "Sel K2 berisi rumus. Salin, lalu tempel sebagai nilai, agar jelas apa yang "
        "dibaca."
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
