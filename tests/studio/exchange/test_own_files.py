"""Files of people's own layout in Studio: columns, preview, many questions at once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quizzes.models import ColumnChoice, Question, QuestionBank, QuestionVersion
from tests.question_files.docx_builder import docx, lines
from tests.question_files.tables import book

DAY = "2026-11-02"
WORD = docx(
    lines(
        "1. Siapa yang boleh meminta kode OTP?\nA. Atasan\nB. **Tidak seorang pun\n"
        "2. NIK terdiri atas berapa angka?\nA. 14\nB. **16"
    )
)
TABLE = book(
    {
        "Petunjuk": [["Isi lembar Soal"]],
        "Soal": [
            ["Butir", "Satu", "Dua", "Kunci"],
            ["Apa itu OTP?", "Kode", "Nama", "A"],
        ],
    }
)


@pytest.fixture
def bank(course, draft) -> QuestionBank:
    return QuestionBank.objects.filter(course=course)[0]


@pytest.fixture
def upload(author, course, bank):
    """Return a function that uploads a file and returns where it leads."""

    def send(content: bytes, name: str) -> str:
        answer = author.post(
            f"/studio/{course.key}/soal/impor/",
            {"bank": bank.key, "file": SimpleUploadedFile(name, content)},
        )
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    return send


def confirm(author, preview: str):
    page = author.get(preview).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert digest
    return author.post(f"{preview}terapkan/", {"digest": digest[1]})


def test_a_word_file_is_shown_whole_and_stored_when_confirmed(author, upload):
    preview = upload(WORD, "soal.docx")

    page = author.get(preview).content.decode()

    assert "Kunci dibaca dari huruf tebal pada 2 soal" in page
    assert "Paragraf 4" in page
    assert not Question.objects.filter(key__startswith="siapa-yang").exists()
    confirm(author, preview)
    stored = QuestionVersion.objects.get(question__key__startswith="siapa-yang")
    right = [option.text for option in stored.options.all() if option.fraction]
    assert right == ["Tidak seorang pun"]


def test_a_table_is_asked_for_its_columns_and_remembers_them(author, upload, world):
    preview = upload(TABLE, "soal.xlsx")
    assert author.get(preview).url == f"{preview}kolom/"
    page = author.get(f"{preview}kolom/").content.decode()
    assert "Isi lembar Soal" in page

    author.post(f"{preview}kolom/", {"lembar": "Soal", "judul": "0"})
    author.post(f"{preview}kolom/", {"lembar": "Soal", "judul": "1"})
    page = author.get(f"{preview}kolom/").content.decode()
    assert "Butir" in page
    roles = {"kolom-0": "stem", "kolom-1": "option", "kolom-2": "option"}
    answer = author.post(
        f"{preview}kolom/", {"lembar": "Soal", "judul": "1", **roles, "kolom-3": "key"}
    )

    assert answer.url == preview
    assert "Apa itu OTP?" in author.get(preview).content.decode()
    (kept,) = ColumnChoice.objects.filter(person=world.people["author"])
    assert kept.roles == ["stem", "option", "option", "key"]


def test_what_was_said_of_columns_is_used_for_the_next_file(author, upload, world):
    # No heading but the last is known by itself.
    rows = [
        ["Butir", "Satu", "Dua", "Kunci"],
        ["Apa itu OTP?", "Kode", "Nama", "A"],
    ]
    first = upload(book({"Soal": rows}), "soal.xlsx")
    roles = ["stem", "option", "option", "key"]
    said = {f"kolom-{at}": role for at, role in enumerate(roles)}
    author.post(f"{first}kolom/", {"judul": "1"})
    author.post(f"{first}kolom/", {"judul": "1", **said})

    rows[1][0] = "Apa itu NIK?"
    second = upload(book({"Soal": rows}), "lain.xlsx")

    page = author.get(second).content.decode()
    assert "Apa itu NIK?" in page
    assert "Semua soal dapat diimpor." in page


def test_columns_that_do_not_make_questions_are_told_and_keep_nothing(author, upload):
    preview = upload(TABLE, "soal.xlsx")

    answer = author.post(f"{preview}kolom/", {"judul": "0", "kolom-0": "number"})

    assert "Pilih satu kolom untuk Soal." in answer.content.decode()
    assert not ColumnChoice.objects.exists()


def test_an_unknown_sheet_is_told(author, upload):
    preview = upload(TABLE, "soal.xlsx")

    answer = author.post(f"{preview}kolom/", {"lembar": "Tidak ada", "judul": "0"})

    assert "Lembar “Tidak ada” tidak ada atau kosong." in answer.content.decode()


def test_objective_level_and_day_are_set_for_all_at_once(author, upload, course):
    preview = upload(WORD, "soal.docx")

    author.post(
        f"{preview}atur/",
        {"objective": "t1", "level": "C2", "checked_on": DAY, "scope": "all"},
    )
    page = author.get(preview).content.decode()
    assert "Tingkat: C2" in page
    confirm(author, preview)

    stored = QuestionVersion.objects.filter(question__key__startswith="nik-terdiri")
    assert [(v.objective_key, v.level, str(v.checked_on)) for v in stored] == [
        ("t1", "C2", DAY)
    ]


def test_ticked_questions_alone_are_set(author, upload):
    preview = upload(WORD, "soal.docx")
    page = author.get(preview).content.decode()
    first, second = re.findall(r'name="soal" value="([^"]+)"', page)

    said = {"level": "C3", "scope": "ticked", "soal": [first, "tidak-ada"]}
    author.post(f"{preview}atur/", said)
    confirm(author, preview)

    levels = dict(
        QuestionVersion.objects.filter(question__key__in=[first, second]).values_list(
            "question__key", "level"
        )
    )
    assert levels == {first: "C3", second: ""}


def test_an_objective_of_another_course_is_not_taken(author, upload):
    preview = upload(WORD, "soal.docx")

    answer = author.post(
        f"{preview}atur/", {"objective": "bukan", "scope": "all"}, follow=True
    )

    assert "belum ada" in answer.content.decode()


def test_nothing_said_asks_for_something(author, upload):
    preview = upload(WORD, "soal.docx")

    answer = author.post(f"{preview}atur/", {"scope": "all"}, follow=True)

    assert (
        "Pilih tujuan, tingkat, atau tanggalnya lebih dulu." in answer.content.decode()
    )


def test_a_changed_setting_makes_an_older_preview_old(author, upload):
    preview = upload(WORD, "soal.docx")
    page = author.get(preview).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    author.post(f"{preview}atur/", {"level": "C2", "scope": "all"})

    answer = author.post(f"{preview}terapkan/", {"digest": digest[1]}, follow=True)

    assert "Periksa pratinjau yang baru" in answer.content.decode()
    assert not Question.objects.filter(key__startswith="siapa-yang").exists()
