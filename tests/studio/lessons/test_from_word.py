"""A Word document as the text of a lesson."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import Lesson
from lib.documents import read_document
from studio.fetching import get_lesson
from studio.lessons.citable import lesson_text
from studio.lessons.from_word import text_of
from tests.question_files.docx_builder import (
    docx,
    p,
    picture,
    run,
    table,
)

LESSON = (
    p("Kata sandi", style="Judul1")
    + p("Pembuka dengan ", run("tebal", "b"), run(" dan "), run("miring", "i"), ".")
    + p("Panjang", style="Judul2")
    + p("Pilih yang panjang", number=2)
    + p("Empat kata", number=2, level=1)
    + p("1) Buka aplikasi")
    + p("2) Ubah sandi")
    + p("Alasannya", style="Judul3")
    + table([("Sandi", "Umur"), ("panjang", "lama")])
    + p("#bukan judul * bukan daftar")
)


def read(body: str):
    return text_of(read_document(docx(body)))


def test_headings_lists_and_tables_become_markdown():
    found = read(LESSON)

    assert found.title == "Kata sandi"
    assert found.text == (
        "Pembuka dengan **tebal** dan *miring*.\n\n"
        "## Panjang\n\n"
        "- Pilih yang panjang\n"
        "    - Empat kata\n\n"
        "1. Buka aplikasi\n"
        "2. Ubah sandi\n\n"
        "### Alasannya\n\n"
        "| Sandi | Umur |\n| --- | --- |\n| panjang | lama |\n\n"
        "\\#bukan judul * bukan daftar"
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (p(picture("Peta")), "gambar (“Peta”) tidak ikut"),
        (p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), "rumus “x+1” menjadi teks"),
        (p('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'), "huruf khusus"),
        (p(f'<w:ins w:id="1" w:author="a">{run("baru")}</w:ins>'), "sisipan “baru”"),
        (p(run("x", "vanish")), "teks tersembunyi “x” tidak ikut"),
        (p("<w:mystery><w:t>y</w:t></w:mystery>"), "tidak dikenal (mystery"),
    ],
)
def test_what_does_not_come_along_is_told_with_its_paragraph(body, told):
    (note, *_others) = read(p("Awal.") + body).notes

    assert note.startswith("Paragraf 2: ")
    assert told in note


@pytest.fixture
def start(course, draft) -> str:
    return f"/studio/{course.key}/pelajaran/satu/dari-word/"


@pytest.fixture
def upload(author, start):
    def send(content: bytes):
        file = SimpleUploadedFile("pelajaran.docx", content)
        return author.post(start, {"file": file})

    return send


def fill(author, preview: str, place: str, **over: str):
    page = author.get(preview).content.decode()
    base = re.search(r'name="base" value="([^"]+)"', page)
    return author.post(
        f"{preview}masukkan/", {"place": place, "base": base[1], **over}, follow=True
    )


def text_now(draft) -> str:
    return lesson_text(get_lesson(draft, "satu"))


def test_a_document_is_shown_before_it_changes_the_lesson(author, upload, draft):
    before = text_now(draft)

    preview = upload(docx(LESSON)).url
    page = author.get(preview).content.decode()

    assert "Judul dokumen “Kata sandi” tidak masuk ke isi" in page
    assert "<td>panjang</td>" in page or "panjang" in page
    assert text_now(draft) == before
    fill(author, preview, "instead")
    assert text_now(draft).startswith("Pembuka dengan **tebal**")
    assert "## Panjang {#panjang}" in text_now(draft)


def test_it_can_stand_below_what_is_there(author, upload, draft):
    before = text_now(draft).strip()

    fill(author, upload(docx(p("Tambahan."))).url, "below")

    assert text_now(draft).strip() == f"{before}\n\nTambahan."


def test_a_lesson_that_changed_meanwhile_is_not_overwritten(author, upload, draft):
    before = text_now(draft)
    preview = upload(docx(p("Tambahan."))).url

    answer = fill(author, preview, "instead", base="0" * 64)

    assert "sudah diubah orang lain" in answer.content.decode()
    assert text_now(draft) == before


def test_what_is_no_document_is_told_at_the_field(upload):
    answer = upload(b"PK\x03\x04 rusak")

    assert "bukan .docx yang utuh" in answer.content.decode()


def test_a_document_of_one_lesson_is_not_found_under_another(author, upload, course):
    key = upload(docx(p("x"))).url.rstrip("/").rpartition("/")[2]

    answer = author.get(f"/studio/{course.key}/pelajaran/dua/dari-word/{key}/")

    assert answer.status_code == 404


def test_a_published_lesson_is_not_written(author, course):
    assert Lesson.objects.filter(version=course.current_version, key="satu").exists()

    answer = author.get(f"/studio/{course.key}/pelajaran/satu/dari-word/")

    assert answer.status_code == 404
