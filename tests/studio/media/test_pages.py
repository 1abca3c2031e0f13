"""Pictures and files of a course: sent, shown, found again, taken away."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from courses.actions.files import publish_files
from courses.models import (
    Course,
    CourseFile,
    LessonPart,
    PublishedFile,
    StoredFile,
)
from courses.selectors.files import address_of
from tests.queries import assert_same_queries

JSON = {"HTTP_ACCEPT": "application/json"}
FRAME = b"\xff\xfb\x90\x64" + bytes(60)


def png(shade: int = 120, size=(1000, 500)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (shade, shade, 0)).save(content, "PNG")
    return content.getvalue()


def noise(side: int = 400) -> bytes:
    """Return a picture that weighs something."""
    content = BytesIO()
    Image.effect_mandelbrot((side, side), (-2, -1.5, 1, 1.5), 90).save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def url(course: Course) -> str:
    return f"/studio/{course.key}/berkas/"


@pytest.fixture
def send(author, url):
    """Return a function that uploads a file as an editor does."""

    def upload(data: bytes, name: str = "Foto Loket.PNG", alt: str = "", **extra):
        file = SimpleUploadedFile(name, data)
        return author.post(url, {"file": file, "alt": alt}, **(extra or JSON))

    return upload


def test_an_editor_is_told_what_to_write(send, course):
    response = send(png(), alt="Loket [pagi]\nhari")
    assert response.status_code == 201
    assert response.json() == {
        "markdown": "![Loket (pagi) hari](images/foto-loket.png)",
        "name": "images/foto-loket.png",
        "label": response.json()["label"],
        "url": f"/studio/{course.key}/berkas/images/foto-loket.png/",
    }


def test_the_form_without_script_leads_to_the_file_and_asks_for_words(send, author):
    response = send(png(), HTTP_ACCEPT="text/html")
    assert response.status_code == 302
    page = author.get(response["Location"]).content.decode()
    assert "Tulis teks penggantinya" in page
    assert "![" not in page
    author.post(response["Location"], {"alt": "Antrean di loket."})
    page = author.get(response["Location"]).content.decode()
    assert "![Antrean di loket.](images/foto-loket.png)" in page


def test_the_same_content_is_stored_once_and_keeps_its_name(send, course):
    assert send(png()).json()["name"] == "images/foto-loket.png"
    assert send(png(), name="lain.png").json()["name"] == "images/foto-loket.png"
    assert send(png(9)).json()["name"] == "images/foto-loket-2.png"
    assert CourseFile.objects.filter(course=course).count() == 3
    assert StoredFile.objects.count() == 3


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"halo", "a.png", "bukan PNG"),
        (b"", "a.png", "kosong"),
        (png()[:60], "a.png", "tidak dapat dibaca"),
        (b"PK\x03\x04" + bytes(30), "naskah.pdf", "PDF"),
    ],
)
def test_what_is_something_else_is_refused_in_words(send, data, name, words):
    before = StoredFile.objects.count()
    response = send(data, name=name)
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert StoredFile.objects.count() == before


def test_limits_are_said_with_their_numbers(send, settings):
    settings.ELEARNING_PICTURE_BYTES = 500
    assert "500 byte" in send(png()).json()["error"]
    settings.ELEARNING_PICTURE_BYTES = 10**6
    settings.ELEARNING_COURSE_FILES_BYTES = 100
    response = send(png())
    assert response.status_code == 409
    assert "paling banyak 100 byte" in response.json()["error"]
    settings.ELEARNING_MEDIA_BYTES = 20
    assert "Berkas terlalu besar" in send(png()).json()["error"]


def test_a_draft_s_picture_is_its_authors_alone(send, course, client_as, client):
    send(png())
    file = CourseFile.objects.get(name="images/foto-loket.png").file
    masters = [address_of(file.digest, "png")]
    for address in masters + [
        address_of(row.digest, "webp") for row in file.renditions.all()
    ]:
        codes = {
            role: client_as(role).get(address).status_code
            for role in ("author", "reviewer", "admin", "learner", "hr")
        }
        assert codes == {
            "author": 200,
            "reviewer": 200,
            "admin": 200,
            "learner": 404,
            "hr": 404,
        }
        assert client.get(address).status_code == 302


def test_a_published_picture_is_shown_in_its_sizes_to_learners(
    send, course, draft, author, lesson_data, publish, client_as
):
    send(noise(1200), alt="Pola")
    text = lesson_data()["text"] + "\n\n![Pola](images/foto-loket.png)\n"
    author.post(f"/studio/{course.key}/pelajaran/satu/", lesson_data(text=text))
    publish("wording")
    course.refresh_from_db()
    part = course.current_version.lessons.get(key="satu").parts.last()
    figure = re.search(r'<details class="m-show">.*?</details>', part.html, re.S)[0]
    assert "Lihat gambar (" in figure
    assert 'width="960"' in figure
    assert 'height="960"' in figure
    shown = re.findall(r"/berkas/[0-9a-f]{64}\.webp", figure)
    assert len(set(shown)) == 3
    learner = client_as("learner")
    for address in set(shown):
        response = learner.get(address)
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"] == "private, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
    assert PublishedFile.objects.filter(version=course.current_version).count() == 2


def test_an_address_written_by_hand_shows_nobody_another_course_s_draft(
    send, course, world, now
):
    other = Course.objects.create(
        key="lain", code="L", unit=world.agency, created_at=now
    )
    send(png())
    CourseFile.objects.filter(name="images/foto-loket.png").update(course=other)
    file = CourseFile.objects.get(course=other).file
    part = LessonPart.objects.filter(lesson__version=course.current_version).first()
    part.html = f'<a href="{address_of(file.digest, "png")}">x</a>'
    part.save(update_fields=["html"])
    PublishedFile.objects.all().delete()

    publish_files(course.current_version)

    names = PublishedFile.objects.values_list("file__names__name", flat=True)
    assert list(names) == ["images/alur.svg"]


def test_where_a_file_is_used_is_said_and_keeps_it(send, author, course, url, draft):
    page = author.get(f"{url}images/alur.svg/").content.decode()
    assert "1.1 Pelajaran satu" in page
    response = author.post(f"{url}images/alur.svg/hapus/", follow=True)
    assert "masih dipakai di 1.1 Pelajaran satu" in response.content.decode()
    assert CourseFile.objects.filter(course=course, name="images/alur.svg").exists()
    send(png())
    author.post(f"{url}images/foto-loket.png/hapus/")
    assert not CourseFile.objects.filter(name="images/foto-loket.png").exists()
    assert author.get(f"{url}images/foto-loket.png/").status_code == 404


def test_a_file_that_learners_see_outlives_a_draft_without_it(
    author, course, url, draft, publish
):
    """The draft may be thrown away, and the next one shows the picture again."""
    for part in LessonPart.objects.filter(lesson__version=draft):
        part.source = re.sub(r"!\[[^\]]*\]\(images/alur\.svg\)", "Alur.", part.source)
        part.save(update_fields=["source"])

    refused = author.post(f"{url}images/alur.svg/hapus/", follow=True)

    assert "masih dipakai di versi yang terbit" in refused.content.decode()
    assert publish("wording").status_code == 302
    author.post(f"{url}images/alur.svg/hapus/")
    assert not CourseFile.objects.filter(name="images/alur.svg").exists()


def test_sound_is_sent_in_pieces_and_papers_are_saved(send, author):
    send(FRAME * 100, name="sapa.mp3")
    file = CourseFile.objects.get(name="files/sapa.mp3").file
    address = address_of(file.digest, "mp3")

    def fetch(**asked: str):
        response = author.get(address, **asked)
        said = (response.status_code, response.headers.get("Content-Range"))
        return *said, response.getvalue()

    assert fetch() == (200, None, FRAME * 100)
    assert fetch(HTTP_RANGE="bytes=2-5") == (206, "bytes 2-5/6400", FRAME[2:6])
    assert fetch(HTTP_RANGE="bytes=-4") == (206, "bytes 6396-6399/6400", bytes(4))
    assert fetch(HTTP_RANGE="bytes=6400-")[:2] == (416, "bytes */6400")
    for asked in ("bytes=0-1,4-5", f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}"):
        assert fetch(HTTP_RANGE=asked)[0] == 200


def test_nothing_but_its_own_ending_finds_a_file(send, author):
    send(png())
    file = CourseFile.objects.get(name="images/foto-loket.png").file
    for ending in ("webp", "jpg", "html", "exe"):
        url = reverse("course_file", args=[file.digest, ending])
        assert author.get(url).status_code == 404


def test_the_list_asks_as_often_for_many_files(author, course, draft, url, now):
    file = StoredFile.objects.get()

    def grow(count: int) -> None:
        there = course.files.count()
        CourseFile.objects.bulk_create(
            CourseFile(
                course=course,
                name=f"images/x{there + n}.svg",
                file=file,
                created_at=now,
            )
            for n in range(count)
        )

    assert_same_queries(author, url, grow, many=300)
