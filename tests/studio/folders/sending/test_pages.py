"""A course downloaded in Studio, uploaded again, looked at, confirmed."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from courses.models import Course, CourseVersion, StoredFile
from quizzes.models import Question
from studio.fetching import draft_of
from tests.studio.course_folders import spoil

IMPORT = "/studio/muat/"


@pytest.fixture
def archive(author, course) -> bytes:
    response = author.get(f"/studio/{course.key}/unduh/terbit.zip")
    assert response["Content-Disposition"] == 'attachment; filename="kursus-kecil.zip"'
    return response.getvalue()


@pytest.fixture
def upload(author, world):
    """Return a function that uploads a ZIP and follows to where it leads."""

    def send(data: bytes):
        file = SimpleUploadedFile("kursus.zip", data)
        said = {"file": file, "unit": world.agency.code}
        return author.post(IMPORT, said, follow=True)

    return send


def altered(archive: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the archive with a piece of one file replaced."""
    content = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as before,
        zipfile.ZipFile(content, "w") as after,
    ):
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename.endswith(name):
                assert old in data
                data = data.replace(old, new, 1)
            after.writestr(entry, data)
    return content.getvalue()


def test_a_course_comes_in_as_a_new_draft(author, course, upload, archive):
    page = upload(archive)
    plans = page.context["plans"]
    assert list(plans) == ["draf", "baru"]
    assert plans["baru"].folder.key == "kursus-kecil-2"
    assert Course.objects.count() == 1
    url = page.request["PATH_INFO"]
    sent = {"digest": plans["baru"].digest, "as": "baru"}
    result = author.post(f"{url}terapkan/", sent, follow=True)
    assert "dimuat sebagai draf" in result.content.decode()
    copy = Course.objects.get(key="kursus-kecil-2")
    assert copy.current_version is None
    assert draft_of(copy).lessons.count() == 2
    # Pressed twice, it is done once.
    author.post(f"{url}terapkan/", sent, follow=True)
    assert Course.objects.count() == 2


def test_a_changed_file_becomes_the_course_s_draft(author, course, upload, archive):
    page = upload(altered(archive, "01-satu.md", b"Isi pelajaran.", b"Isi lain."))
    plan = page.context["plans"]["draf"]
    assert plan.changed_lessons == ("Pelajaran satu",)
    assert "Pelajaran satu" in page.content.decode()
    url = page.request["PATH_INFO"]
    author.post(f"{url}terapkan/", {"digest": plan.digest, "as": "draf"})
    assert draft_of(course).number == 2


def test_what_was_not_seen_is_not_done(author, course, upload, archive):
    url = upload(archive).request["PATH_INFO"]
    page = author.post(f"{url}terapkan/", {"digest": "lain", "as": "baru"}, follow=True)
    assert "berubah sejak pratinjau" in page.content.decode()
    assert Course.objects.count() == 1


def test_somebody_else_s_course_is_never_changed(
    client_as, world, course, archive, upload, author
):
    Course.objects.filter(pk=course.pk).update(unit=world.other_agency)
    page = upload(archive)
    assert list(page.context["plans"]) == ["baru"]
    assert author.get(f"/studio/{course.key}/unduh/").status_code == 404


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("01-satu.md", b"images/alur.svg", b"images/hilang.svg", "hilang.svg"),
        ("course.yaml", b"key: kursus-kecil", b"key: !!python/object:os.x y", "bukan"),
        ("course.yaml", b"jp: 1", b"jp: &a 1\nx: *a", "Alias YAML"),
        ("alur.svg", b"<path", b"<script/><path", "script"),
    ],
)
def test_a_file_with_problems_stores_nothing(upload, archive, name, old, new, words):
    before = (Course.objects.count(), Question.objects.count())
    files = StoredFile.objects.count()
    page = upload(altered(archive, name, old, new))
    text = page.content.decode()
    assert "tidak ada yang disimpan" in text
    assert words in text
    assert (Course.objects.count(), Question.objects.count()) == before
    assert StoredFile.objects.count() == files


def test_a_course_that_would_be_too_large_is_taken_back_whole(
    author, course, upload, archive, settings
):
    page = upload(archive)
    settings.ELEARNING_COURSE_FILES_BYTES = 10
    url = page.request["PATH_INFO"]
    sent = {"digest": page.context["plans"]["baru"].digest, "as": "baru"}
    said = author.post(f"{url}terapkan/", sent, follow=True).content.decode()
    assert "Unggah lagi" in said or "paling" in said
    assert Course.objects.count() == 1
    assert CourseVersion.objects.count() == 1


def test_whether_another_site_takes_it_is_said_on_demand(author, course, draft):
    page = author.get(f"/studio/{course.key}/unduh/").content.decode()
    assert "Unduh draf" in page
    page = author.get(f"/studio/{course.key}/unduh/?periksa=terbit").content.decode()
    assert "dapat dimuat di situs lain" in page
    draft.lessons.get(key="satu").parts.all().delete()
    page = author.get(f"/studio/{course.key}/unduh/?periksa=draf").content.decode()
    assert "Pelajaran ini kosong." in page


def test_commands_do_the_same(author, course, archive, world, tmp_path, capsys):
    target = tmp_path / "kursus.zip"
    call_command("export_course", course.key, target)
    assert target.read_bytes() == archive
    with pytest.raises(CommandError, match="sudah ada"):
        call_command("export_course", course.key, target)
    call_command("export_course", course.key, tmp_path / "folder")
    assert (tmp_path / "folder" / "course.yaml").exists()
    unit = world.other_agency.code
    call_command("import_course", target, "--unit", unit, "--new")
    assert Course.objects.get(key="kursus-kecil-2").unit == world.other_agency
    spoil(tmp_path / "folder", "course.yaml", "jp: 1", "jp: satu")
    target.write_bytes(b"PK")
    with pytest.raises(CommandError, match="Tidak ada yang dimuat"):
        call_command("import_course", target, "--unit", unit)
    assert "bukan ZIP yang utuh" in capsys.readouterr().err
