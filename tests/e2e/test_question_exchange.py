"""Files of questions in a browser: the way in and the way out, without script."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from quizzes.models import Question
from studio.actions import load_folder, open_draft
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import LAPTOP, PHONE
from tests.factories import World, make_world
from tests.studio.course_folders import write_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
LIST = "/studio/kursus-kecil/soal/"
BANK = "kursus-kecil-posttest"
GIFT = """$CATEGORY: Keamanan

// [id:kode-otp]
::Kode OTP::[html]<p style="color:red">Siapa yang <b>boleh</b> meminta kode OTP?</p>{
=Tidak ada#Tepat. ~Atasan#Kode membuka akun Anda.}

::Uraian::Ceritakan pengalaman Anda.{}
"""


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
            viewport=viewport,
            locale="id-ID",
            base_url=live_server.url,
            **options,
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_file_goes_in_and_out(author, tmp_path, viewport, scheme):
    file = tmp_path / "soal.txt"
    file.write_text(GIFT, "utf-8")
    name = f"{viewport['width']}-{scheme}"
    page = author(f"{LIST}impor/?bank={BANK}", viewport, color_scheme=scheme)

    look(page, f"impor-{name}")
    page.get_by_label("Berkas soal").set_input_files(str(file))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("1 soal ditolak.").wait_for()
    look(page, f"pratinjau-{name}")
    page.get_by_role("button", name="Impor yang baik saja").click()
    page.get_by_text("Impor selesai.").wait_for()
    look(page, f"hasil-{name}")
    assert Question.objects.get(key="kode-otp").state == Question.State.DRAFT

    page.goto(f"{LIST}ekspor/?bank={BANK}&format=aiken")
    page.get_by_role("link", name="Unduh Aiken").wait_for()
    look(page, f"ekspor-{name}")


def test_without_script_it_is_the_same(author, tmp_path):
    file = tmp_path / "soal.txt"
    file.write_text("// [id:satu]\nApa?{=a ~b}", "utf-8")
    page = author(f"{LIST}impor/", LAPTOP, java_script_enabled=False)

    page.get_by_label("Berkas soal").set_input_files(str(file))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Impor sebagai draf").click()

    assert page.get_by_text("Impor selesai.").is_visible()
    assert Question.objects.filter(key="satu").exists()
