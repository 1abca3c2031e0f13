"""Files of questions in Studio: upload, preview, confirm, result, export."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditRecord
from lib.spreadsheets import read_table
from quizzes.exchange.formats import FORMATS, MAX_BYTES, WRITABLE
from quizzes.models import Question, QuestionBank, QuestionVersion
from studio.exchange.uploads import FILES
from studio.tasks import sweep_question_uploads
from tests.queries import count_queries

GOOD = b"// [id:satu]\n::Satu::Apa?{=a#ya ~b#bukan}\n\n// [id:dua]\nBerapa?{#5:1}\n"
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJ"
    b"RU5ErkJggg=="
)
WITH_PICTURE = (
    b'<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA['
    b'<p>Benar?</p><img src="@@PLUGINFILE@@/a.png" alt="Titik">]]></text>'
    b'<file name="a.png" path="/" encoding="base64">%s</file></questiontext>'
    b'<answer fraction="100"><text>true</text></answer>'
    b'<answer fraction="0"><text>false</text></answer></question></quiz>' % PIXEL
)
BAD = b"// [id:tiga]\nCeritakan.{}\n"


@pytest.fixture
def bank(course, draft) -> QuestionBank:
    return QuestionBank.objects.filter(course=course)[0]


@pytest.fixture
def start(course) -> str:
    return f"/studio/{course.key}/soal/impor/"


@pytest.fixture
def upload(author, bank, start):
    """Return a function that uploads a file and returns the preview's address."""

    def send(content: bytes = GOOD, name: str = "soal.txt", **over: str) -> str:
        file = SimpleUploadedFile(name, content)
        answer = author.post(start, {"bank": bank.key, "file": file, **over})
        assert answer.status_code == 302, answer.content.decode()
        return answer.url

    return send


def press(author, preview: str, **over: str):
    page = author.get(preview).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    assert digest
    return author.post(f"{preview}terapkan/", {"digest": digest[1], **over})


def waiting() -> list[str]:
    if not default_storage.exists(FILES.folder):
        return []
    return default_storage.listdir(FILES.folder)[1]


@pytest.fixture(autouse=True)
def no_files():
    for name in waiting():
        default_storage.delete(f"{FILES.folder}/{name}")
    yield
    for name in waiting():
        default_storage.delete(f"{FILES.folder}/{name}")


def test_a_preview_changes_nothing(author, upload, bank):
    before = Question.objects.count()

    page = author.get(upload()).content.decode()

    assert "Semua soal dapat diimpor." in page
    assert "dibaca sebagai GIFT" in page
    assert "Baris 2" in page
    assert Question.objects.count() == before


def test_confirming_stores_drafts_once(author, upload, bank):
    preview = upload()

    answer = press(author, preview)
    again = author.post(f"{preview}terapkan/", {"digest": "x"})

    assert answer.url == again.url == f"{preview}hasil/"
    assert "Impor selesai." in author.get(answer.url).content.decode()
    stored = QuestionVersion.objects.filter(question__key__in=["satu", "dua"])
    assert [version.state for version in stored] == ["draft", "draft"]
    assert [version.number for version in stored] == [1, 1]
    record = AuditRecord.objects.get(verb="quizzes.questions.imported")
    assert record.detail == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}


def test_the_same_file_again_has_nothing_to_store(author, upload):
    press(author, upload())

    page = author.get(upload()).content.decode()

    assert "Tidak ada yang berubah." in page
    assert "Impor sebagai draf" not in page


def test_with_a_refused_question_nothing_is_stored(author, upload):
    preview = upload(GOOD + b"\n" + BAD)

    page = author.get(preview).content.decode()
    answer = press(author, preview)

    assert "1 soal ditolak." in page
    assert "Soal uraian tidak dapat dinilai otomatis." in page
    assert answer.url == preview
    assert not Question.objects.filter(key="satu").exists()


def test_the_good_ones_alone_when_asked_for(author, upload):
    preview = upload(GOOD + b"\n" + BAD)

    answer = press(author, preview, only_good="1")
    result = author.get(answer.url).content.decode()

    assert Question.objects.filter(key__in=["satu", "dua"]).count() == 2
    assert "Soal yang ditolak tidak diimpor." in result
    findings = author.get(f"{preview}perbaikan.xlsx")
    assert AuditRecord.objects.filter(verb="quizzes.findings.downloaded").count() == 1
    table = read_table(BytesIO(b"".join(findings.streaming_content)), "perbaikan.xlsx")
    assert table.rows[0].cells[2] == "ditolak"
    assert "uraian" in table.rows[0].cells[3]


def test_a_bank_that_changed_since_asks_again(author, upload, bank):
    preview = upload()
    digest = re.search(r'"digest" value="(\w+)"', author.get(preview).content.decode())
    press(author, upload(b"// [id:satu]\nLain?{=a ~b}"))

    answer = author.post(f"{preview}terapkan/", {"digest": digest[1]}, follow=True)

    assert "Bank soal berubah sejak pratinjau dibuat." in answer.content.decode()
    assert not Question.objects.filter(key="dua").exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\x00\x01\x02", "soal.bin", "Format berkas ini tidak dikenali."),
        (b"<quiz><question>", "soal.xml", "XML rusak di baris 1."),
        (b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz/>", "soal.xml", "DOCTYPE"),
        (b"", "soal.txt", "Berkas ini kosong."),
        (b"PK\x03\x04 rusak", "soal.xlsx", "tidak dapat dibaca"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_the_field(
    author, bank, start, content, name, message
):
    file = SimpleUploadedFile(name, content)

    answer = author.post(start, {"bank": bank.key, "file": file})

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not waiting()


def test_a_file_of_fifty_megabytes_is_not_read(author, bank, start, monkeypatch):
    monkeypatch.setattr("studio.views.exchange.format_of", pytest.fail)
    file = SimpleUploadedFile("soal.txt", b"x" * (5 * MAX_BYTES))

    answer = author.post(start, {"bank": bank.key, "file": file})

    assert "Berkas terlalu besar" in answer.content.decode()


def test_a_bank_of_another_course_is_no_choice(author, bank, start):
    file = SimpleUploadedFile("soal.txt", GOOD)

    answer = author.post(start, {"bank": "lain", "file": file})

    assert answer.status_code == 200
    assert not waiting()


def test_nobody_else_sees_the_upload(author, upload, client_as):
    preview = upload()

    assert client_as("admin").get(preview).status_code == 404
    assert author.get(preview).status_code == 200


def test_dropping_deletes_the_file(author, upload):
    preview = upload()

    answer = author.post(f"{preview}batal/")

    assert answer.status_code == 302
    assert not waiting()
    assert author.get(preview).status_code == 404


def test_after_an_hour_the_file_is_gone(author, upload, clock, now):
    preview = upload()

    clock.move_to(now + timedelta(minutes=59))
    sweep_question_uploads()
    assert len(waiting()) == 1
    clock.move_to(now + timedelta(minutes=60))
    sweep_question_uploads()

    assert not waiting()
    answer = author.get(preview, follow=True)
    assert "lebih dari satu jam" in answer.content.decode()


def test_what_was_imported_is_found_when_its_file_is_gone(author, upload, clock, now):
    preview = upload()
    press(author, preview)
    clock.move_to(now + timedelta(minutes=60))
    sweep_question_uploads()

    assert not waiting()
    again = author.post(f"{preview}terapkan/", {"digest": "x"})
    assert again.url == author.get(preview).url == f"{preview}hasil/"


def test_without_a_draft_there_is_nothing_to_import_into(author, course):
    answer = author.get(f"/studio/{course.key}/soal/impor/")

    assert answer.url == f"/studio/{course.key}/soal/"


def test_the_preview_asks_as_much_for_many_as_for_few(author, upload):
    def many(number: int) -> bytes:
        return b"\n\n".join(b"Soal %d?{=a ~b}" % one for one in range(number))

    few, lots = upload(many(3)), upload(many(30))

    assert count_queries(author, lots) == count_queries(author, few)


def test_an_imported_question_is_not_published_before_it_is_whole(
    author, upload, course, publish
):
    press(author, upload())

    page = author.get(f"/studio/{course.key}/terbitkan/").content.decode()
    answer = publish("perbaikan")

    assert "2 soal (dua, satu) belum diberi tujuan dari kursus ini." in page
    assert "2 soal (dua, satu) belum diberi tingkat." in page
    assert answer.status_code == 409
    assert Question.objects.get(key="satu").state == Question.State.DRAFT


def test_the_template_reads_back_whole(author, start):
    answer = author.get(f"{start}templat.xlsx")

    reading = FORMATS["xlsx"].read(answer.content)
    assert len(reading.items) == 11
    assert not [item.problems for item in reading.items if item.problems]


def test_an_export_says_its_losses_before_the_download(author, course, bank, draft):
    page = author.get(
        f"/studio/{course.key}/soal/ekspor/", {"bank": bank.key, "format": "aiken"}
    ).content.decode()

    assert page.count("Aiken hanya memuat soal, pilihan, dan huruf kuncinya") == 1
    assert f"/soal/ekspor/{bank.key}/aiken/" in page


@pytest.mark.parametrize("format", WRITABLE)
def test_every_format_can_be_downloaded(author, course, bank, draft, format):
    answer = author.get(f"/studio/{course.key}/soal/ekspor/{bank.key}/{format}/")

    assert answer.status_code == 200
    assert f'filename="{bank.key}-soal' in answer["Content-Disposition"]
    record = AuditRecord.objects.get(verb="quizzes.questions.downloaded")
    assert (record.object_id, record.detail) == (bank.pk, {"format": format})
    if format == "qti21":
        names = ZipFile(BytesIO(answer.content)).namelist()
        assert "imsmanifest.xml" in names
    else:
        items = FORMATS[format].read(answer.content).items
        count = bank.questions.exclude(state="retired").count()
        assert len(items) == count > 0


@pytest.mark.parametrize("format", ["yaml", "xlsx", "moodlexml", "gift"])
def test_what_was_exported_changes_nothing_when_it_comes_back(
    author, course, bank, draft, upload, format
):
    content = author.get(f"/studio/{course.key}/soal/ekspor/{bank.key}/{format}/")
    name = {"xlsx": "a.xlsx", "moodlexml": "a.xml"}.get(format, "a.txt")

    page = author.get(upload(content.content, name, format=format)).content.decode()

    assert "Isi berkas sama dengan bank soal." in page


def test_the_preview_shows_each_question_whole_with_its_key(author, upload):
    page = author.get(
        upload(
            b"::Satu::Apa *itu* 5*3*2?{=Kunci ini#Karena begitu. ~Bukan####"
            b"Bahasan.}\n\nBerapa?{#5:1}\n"
        )
    ).content.decode()

    first = page.split("m-phone-frame")[1]
    assert "5\\*3\\*2" not in first
    assert "Kunci ini" in first.partition("Kunci</h3>")[0]
    assert "<dd>Kunci ini</dd>" in first.partition("Kunci</h3>")[2]
    assert "Karena begitu." in first
    assert "Bahasan." in first
    assert "5 ± 1" in page.split("m-phone-frame")[2]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_preview_shows_the_pictures_of_the_file(author, client, upload):
    page = author.get(upload(WITH_PICTURE, "soal.xml")).content.decode()

    (address,) = re.findall(r'src="(/gambar/soal/[^"]+)"', page)
    assert client.get(address).status_code == 200
