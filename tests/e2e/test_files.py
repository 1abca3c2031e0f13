"""Pictures and files of a course in the browser: sent, written into a lesson, shown."""

import base64
import re
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from courses.models import CourseFile
from studio.actions import open_draft
from tests.e2e.axe import assert_accessible, assert_accessible_in_every_look
from tests.e2e.conftest import LAPTOP
from tests.factories import make_world
from tests.studio.conftest import load_small_course

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
FILES = "/studio/kursus-kecil/berkas/"
LESSON = "/studio/kursus-kecil/pelajaran/satu/"
BOX = "#id_text.cm-content"
# A file as a browser hands it over, pasted or dropped on what the selector names.
_GIVE = """([selector, kind, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type: "image/png" }));
  const target = document.querySelector(selector);
  const said = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...said, clipboardData: given })
    : new DragEvent("drop", { ...said, dataTransfer: given });
  target.dispatchEvent(event);
}"""


def picture(side: int = 500) -> bytes:
    content = BytesIO()
    Image.effect_mandelbrot((side, side), (-2, -1.5, 1, 1.5), 60).save(content, "PNG")
    return content.getvalue()


def give(page: Page, selector: str, kind: str, name: str, data: bytes) -> None:
    page.evaluate(_GIVE, [selector, kind, name, base64.b64encode(data).decode()])


@pytest.fixture
def author(live_server: LiveServer, transactional_db: None) -> User:
    """An author with a course that has a draft, in the site's real time."""
    now = timezone.now()
    world = make_world(now=now)
    course = load_small_course(unit=world.agency, now=now)
    author: User = world.people["author"]
    open_draft(course=course, by=author, now=now)
    return author


def test_a_file_is_sent_described_copied_and_deleted(author, opened, tmp_path):
    page: Any = opened(author, viewport=LAPTOP)
    photo = tmp_path / "Foto Loket.png"
    photo.write_bytes(picture())
    page.goto(FILES)
    assert_accessible_in_every_look(page, "studio-files")
    page.set_input_files("#id_file", photo)
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("images/foto-loket.png")
    expect(page.locator(".m-file-picture")).to_be_visible()
    page.get_by_label("Teks pengganti gambar").fill("Pola di loket.")
    page.get_by_role("button", name="Simpan teks pengganti").click()
    expect(page.get_by_role("textbox", name="Markdown untuk pelajaran")).to_have_value(
        "![Pola di loket.](images/foto-loket.png)"
    )
    assert_accessible_in_every_look(page, "studio-file")
    page.get_by_role("link", name="Hapus berkas").click()
    assert_accessible(page)
    page.get_by_role("button", name="Hapus berkas").click()
    expect(page.get_by_role("link", name="foto-loket")).to_have_count(0)


def test_files_are_dropped_and_pasted_on_the_list(author, opened):
    page: Any = opened(author, viewport=LAPTOP)
    page.goto(FILES)
    give(page, "body", "paste", "image.png", picture())
    expect(page.get_by_role("heading", level=1)).to_have_text("images/image.png")
    page.goto(FILES)
    give(page, "body", "drop", "seret.png", picture(300))
    expect(page.get_by_role("heading", level=1)).to_have_text("images/seret.png")
    page.goto(FILES)
    give(page, "body", "drop", "rusak.png", b"halo")
    expect(page.locator("[data-drop-status]")).to_contain_text("rusak.png: Isi berkas")


def test_the_list_works_without_script(author, opened, tmp_path):
    page: Any = opened(author, viewport=LAPTOP, java_script_enabled=False)
    photo = tmp_path / "peta.png"
    photo.write_bytes(picture())
    page.goto(FILES)
    page.set_input_files("#id_file", photo)
    page.get_by_label("Teks pengganti gambar").fill("Peta kantor.")
    page.get_by_role("button", name="Unggah", exact=True).click()
    box = page.get_by_role("textbox", name="Markdown untuk pelajaran")
    expect(box).to_have_value("![Peta kantor.](images/peta.png)")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_given_to_the_editor_stands_in_the_text(author, opened, kind):
    page: Any = opened(author, viewport=LAPTOP)
    page.goto(LESSON)
    expect(page.locator(BOX)).to_be_visible()
    page.locator(BOX).click()
    page.keyboard.press("Control+End")
    give(page, BOX, kind, "foto.png", picture())
    expect(page.locator("#id_text_source")).to_have_value(
        _holds("![](images/foto.png)")
    )
    expect(page.locator("[data-notice]")).to_contain_text("Tulis isinya")
    # The cursor waits where the words belong.
    page.keyboard.type("Pola di loket")
    expect(page.locator("#id_text_source")).to_have_value(
        _holds("![Pola di loket](images/foto.png)")
    )
    assert CourseFile.objects.filter(name="images/foto.png").count() == 1


def test_a_file_is_chosen_from_the_tool_bar(author, opened, tmp_path):
    page: Any = opened(author, viewport=LAPTOP)
    page.goto(LESSON)
    page.locator("summary", has_text="+ Gambar").click()
    assert_accessible(page)
    photo = tmp_path / "alur.png"
    photo.write_bytes(picture())
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Unggah gambar atau berkas").click()
    chooser.value.set_files(photo)
    expect(page.locator("#id_text_source")).to_have_value(
        _holds("![](images/alur.png)")
    )


def _holds(words: str) -> Any:
    return re.compile(f"[\\s\\S]*{re.escape(words)}[\\s\\S]*")


def test_a_course_is_downloaded_and_brought_in_again(author, opened, tmp_path):
    page: Any = opened(author, viewport=LAPTOP)
    page.goto("/studio/kursus-kecil/unduh/")
    assert_accessible_in_every_look(page, "studio-export")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh yang terbit").click()
    archive = tmp_path / "kursus.zip"
    download.value.save_as(archive)
    page.goto("/studio/muat/")
    assert_accessible_in_every_look(page, "studio-import")
    page.set_input_files("#id_file", archive)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("masih punya draf")).to_be_visible()
    assert_accessible_in_every_look(page, "studio-import-preview")
    page.get_by_role("button", name="Muat sebagai kursus baru").click()
    assert_accessible(page)
    page.get_by_role("link", name="Buka kerangka kursus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kursus Kecil")
