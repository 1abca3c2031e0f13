"""Files that trainers have, in a browser: Word, and a table that names its columns."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from quizzes.models import QuestionVersion
from studio.actions import load_folder, open_draft
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import LAPTOP, PHONE
from tests.factories import World, make_world
from tests.question_files.docx_builder import docx, lines, p, run
from tests.question_files.tables import book
from tests.studio.course_folders import write_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
LIST = "/studio/kursus-kecil/soal/"
BANK = "kursus-kecil-posttest"
WORDS = (
    *("surat", "pesan", "tautan", "lampiran", "sandi"),
    *("kode", "nomor", "alamat", "gambar", "berkas"),
)
TEN = docx(
    p("Soal pelatihan", style="Judul1")
    + "".join(
        lines(
            f"{at}. Apa yang Anda periksa lebih dulu pada {word}?\n"
            "A. Warnanya\nB. **Asalnya\nC. Panjangnya\n"
            f"Pembahasan: Asal {word} menentukan apakah boleh dipercaya."
        )
        for at, word in enumerate(WORDS, 1)
    )
)
LESSON = docx(
    p("Kenali asalnya", style="Judul2")
    + p("Periksa ", run("pengirimnya", "b"), run("."))
    + p("Alamat", number=2)
    + p("Nomor", number=2)
)
TABLE = book(
    {
        "Soal": [
            ["Bimbingan teknis"],
            ["No", "Butir", "Pil 1", "Pil 2", "Kunci"],
            [1, "Apa yang diperiksa lebih dulu?", "Warna", "Asal", 2],
        ]
    }
)


@pytest.fixture(scope="module")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site in a thread of this process, answering one request at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", OneRequestAtATime)
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture
def world(live_server: LiveServer, transactional_db: None) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World, tmp_path: Path) -> Course:
    """A course with a draft."""
    now = timezone.now()
    folder = write_folder(tmp_path / "kursus")
    course = load_folder(
        folder, unit=world.agency, by=None, now=now, unchecked=True
    ).course
    open_draft(course=course, by=world.people["author"], now=now)
    return course


@pytest.fixture
def author(
    browser: Browser, live_server: LiveServer, world: World, course: Course
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as the author."""
    client = Client()
    client.force_login(world.people["author"])
    session = client.cookies["sessionid"].value
    contexts: list[BrowserContext] = []

    def open_page(path: str, viewport: Any, **options: Any) -> Page:
        context = browser.new_context(
            viewport=viewport, locale="id-ID", base_url=live_server.url, **options
        )
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    OneRequestAtATime.turn(True)
    yield open_page
    for context in contexts:
        context.close()
    OneRequestAtATime.turn(False)


def look(page: Page, name: str) -> None:
    """Check a page with axe; keep its picture where somebody wants to see it."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    assert_accessible(page)


def send(page: Page, label: str, name: str, content: bytes) -> None:
    """Put a file into the field of this label."""
    page.get_by_label(label).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (LAPTOP, "dark")],
    ids=["phone", "laptop"],
)
def test_ten_questions_from_word_are_seen_set_and_stored(
    author, viewport, scheme, script
):
    name = f"{viewport['width']}-{scheme}"
    page = author(
        f"{LIST}impor/?bank={BANK}",
        viewport,
        color_scheme=scheme,
        java_script_enabled=script,
    )
    send(page, "Berkas soal", "soal.docx", TEN)
    page.get_by_role("button", name="Periksa berkas").click()

    expect(page.get_by_text("Semua soal dapat diimpor.")).to_be_visible()
    for word in WORDS:
        asked = f"Apa yang Anda periksa lebih dulu pada {word}?"
        # Whole: as a heading of its row, and as learners will see it.
        expect(page.locator("legend", has_text=asked)).to_be_visible()
        expect(page.get_by_text(f"Asal {word} menentukan")).to_be_visible()
    if script:
        look(page, f"word-{name}")

    page.get_by_label("Tujuan belajar yang diuji").select_option(index=1)
    page.get_by_label("Tingkat berpikir").select_option("C2")
    page.get_by_label("Diperiksa pada").fill("2026-11-02")
    page.get_by_role("button", name="Atur di pratinjau").click()
    expect(page.get_by_text("10 soal diatur.")).to_be_visible()
    expect(page.get_by_text("Tingkat: C2")).to_have_count(10)

    page.get_by_role("button", name="Impor sebagai draf").click()
    expect(page.get_by_text("Impor selesai.")).to_be_visible()
    if script:
        look(page, f"word-hasil-{name}")
    page.get_by_role("link", name="Lihat bank soal").click()
    expect(page.get_by_text("pada lampiran?").first).to_be_visible()
    stored = QuestionVersion.objects.filter(stem__startswith="Apa yang Anda periksa")
    assert {(one.level, str(one.checked_on)) for one in stored} == {
        ("C2", "2026-11-02")
    }
    assert len(stored) == 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_table_names_its_columns(author, viewport, scheme):
    name = f"{viewport['width']}-{scheme}"
    page = author(f"{LIST}impor/?bank={BANK}", viewport, color_scheme=scheme)
    send(page, "Berkas soal", "soal.xlsx", TABLE)
    page.get_by_role("button", name="Periksa berkas").click()

    page.get_by_label("Baris judul kolom").select_option("2")
    page.get_by_role("button", name="Pakai lembar dan baris ini").click()
    expect(page.get_by_text("Kolomnya belum dikenali semua.")).to_be_visible()
    look(page, f"kolom-{name}")
    page.get_by_label("Kegunaan kolom B Butir").select_option("stem")
    page.get_by_label("Kegunaan kolom C Pil 1").select_option("option")
    page.get_by_label("Kegunaan kolom D Pil 2").select_option("option")
    page.get_by_role("button", name="Lihat pratinjau soal").click()

    expect(page.get_by_text("Semua soal dapat diimpor.")).to_be_visible()
    look(page, f"kolom-pratinjau-{name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_lesson_comes_out_of_word(author, viewport, scheme):
    name = f"{viewport['width']}-{scheme}"
    page = author(
        "/studio/kursus-kecil/pelajaran/satu/dari-word/", viewport, color_scheme=scheme
    )
    look(page, f"dari-word-{name}")
    send(page, "Dokumen Word", "pelajaran.docx", LESSON)
    page.get_by_role("button", name="Periksa dokumen").click()

    expect(page.get_by_role("heading", name="Kenali asalnya")).to_be_visible()
    look(page, f"dari-word-pratinjau-{name}")
    page.get_by_label("Ganti seluruh isi").check()
    page.get_by_role("button", name="Masukkan ke pelajaran").click()

    expect(page.get_by_text("Isi dokumen sudah masuk ke pelajaran.")).to_be_visible()
