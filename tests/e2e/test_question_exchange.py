"""Files of questions in a browser: the way in and the way out, without script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from quizzes.models import Question
from studio.actions import load_folder, open_draft
from tests.e2e.axe import LAPTOP, assert_accessible_in_every_look
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
    opened: Callable[..., Page], world: World, course: Course
) -> Callable[..., Page]:
    """Return a function that opens an address as the author."""

    def open_page(path: str, viewport: Any, **options: Any) -> Page:
        page = opened(world.people["author"], viewport=viewport, **options)
        page.goto(path)
        return page

    return open_page


def test_a_file_goes_in_and_out(author, tmp_path):
    file = tmp_path / "soal.txt"
    file.write_text(GIFT, "utf-8")
    page = author(f"{LIST}impor/?bank={BANK}", LAPTOP)

    assert_accessible_in_every_look(page, "impor")
    page.get_by_label("Berkas soal").set_input_files(str(file))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("1 soal ditolak.").wait_for()
    assert_accessible_in_every_look(page, "pratinjau")
    page.get_by_role("button", name="Impor yang baik saja").click()
    page.get_by_text("Impor selesai.").wait_for()
    assert_accessible_in_every_look(page, "hasil")
    assert Question.objects.get(key="kode-otp").state == Question.State.DRAFT

    page.goto(f"{LIST}ekspor/?bank={BANK}&format=aiken")
    page.get_by_role("link", name="Unduh Aiken").wait_for()
    assert_accessible_in_every_look(page, "ekspor")


def test_without_script_it_is_the_same(author, tmp_path):
    file = tmp_path / "soal.txt"
    file.write_text("// [id:satu]\nApa?{=a ~b}", "utf-8")
    page = author(f"{LIST}impor/", LAPTOP, java_script_enabled=False)

    page.get_by_label("Berkas soal").set_input_files(str(file))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Impor sebagai draf").click()

    expect(page.get_by_text("Impor selesai.")).to_be_visible()
    assert Question.objects.filter(key="satu").exists()
