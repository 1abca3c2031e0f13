"""Writing questions of every type in a browser: by keyboard, and without script."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from quizzes import actions as quizzes_actions
from quizzes.models import QuestionBank, QuestionVersion
from studio.actions import load_folder, open_draft
from tests.e2e.axe import (
    LAPTOP,
    PHONE,
    assert_accessible,
    assert_accessible_in_every_look,
)
from tests.factories import World, make_world
from tests.quizzes.questions.examples import EXAMPLES
from tests.studio.course_folders import write_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
LIST = "/studio/kursus-kecil/soal/"
BANK = "kursus-kecil-posttest"


@pytest.fixture
def world(live_server: LiveServer, transactional_db: None) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World, tmp_path: Path) -> Course:
    """A course with a draft, its post-test bank holding one question of each type."""
    now = timezone.now()
    folder = write_folder(tmp_path / "kursus")
    course = load_folder(
        folder, unit=world.agency, by=None, now=now, unchecked=True
    ).course
    open_draft(course=course, by=world.people["author"], now=now)
    bank = QuestionBank.objects.get(key=BANK)
    for content in EXAMPLES.values():
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)
    return course


@pytest.fixture
def author(
    opened: Callable[..., Page], world: World, course: Course
) -> Callable[..., Page]:
    """Return a function that opens a page as the author; scripts must not fail."""
    return partial(opened, world.people["author"])


def paths() -> dict[str, str]:
    """Return the pages of Studio about questions by name."""
    return {
        "list": LIST,
        "choose": f"{LIST}baru/",
        **{key: f"{LIST}{BANK}/{one.key}/" for key, one in EXAMPLES.items()},
        "new-dialogue": f"{LIST}baru/dialogue/",
        "history": f"{LIST}{BANK}/post-1/riwayat/",
        "retire": f"{LIST}{BANK}/post-1/tarik/",
        "compose": f"{LIST}{BANK}/post-1/susunan/",
        "blueprint": f"{LIST}../kuis/posttest/",
    }


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_accessible(author, half):
    page = author(viewport=LAPTOP)
    for path in list(paths().values())[half::2]:
        page.goto(path)
        assert_accessible_in_every_look(page)
        if page.locator("[data-tab=preview]").count():
            page.goto(f"{path}?panel=preview")
            assert_accessible_in_every_look(page)


def test_a_question_is_written_without_script(author):
    page = author(viewport=PHONE, java_script_enabled=False)
    page.goto(LIST)
    page.get_by_role("link", name="Soal baru").click()
    page.get_by_role("link", name="Pilihan ganda, beberapa jawaban").click()
    page.locator("#id_bank").select_option(BANK)
    page.locator("#id_stem").fill("Mana yang benar?")
    page.get_by_role("button", name="Tambah pilihan").click()
    page.get_by_role("group", name="Pilihan E").wait_for()
    words = ["Satu", "Dua", "Tiga", "Empat", "Lima"]
    for letter, text in zip("ABCDE", words, strict=True):
        row = page.get_by_role("group", name=f"Pilihan {letter}")
        row.get_by_label("Teks").fill(text)
        row.get_by_label("Alasan untuk peserta").fill(f"Karena {text}.")
    page.get_by_label("Pilihan B: Benar").check()
    page.get_by_role("button", name="Naikkan Pilihan B").click()
    first = page.get_by_role("group", name="Pilihan A").get_by_label("Teks")
    expect(first).to_have_value("Dua")
    page.get_by_role("button", name="Hapus Pilihan E").click()
    expect(page.get_by_role("group", name="Pilihan E")).to_have_count(0)
    page.locator("#id_tags").fill("Loket")
    page.get_by_role("button", name="Simpan soal").click()
    page.get_by_text("Soal tersimpan sebagai draf.").wait_for()
    version = QuestionVersion.objects.get(stem="Mana yang benar?")
    assert [(o.text, o.fraction) for o in version.options.all()] == [
        ("Dua", 1),
        ("Satu", 0),
        ("Tiga", 0),
        ("Empat", 0),
    ]


def test_the_rule_and_the_key_follow_the_keyboard_at_once(author):
    page = author(viewport=LAPTOP)
    page.goto(paths()["multiple_response"])
    rule = page.locator("[data-rule]:visible")
    before = rule.inner_text()
    page.get_by_label("Aturan nilai").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(rule).not_to_have_text(before, use_inner_text=True)
    row = page.get_by_role("group", name="Pilihan D")
    row.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    expect(row).to_have_class(re.compile(r"\bis-right\b"))
    page.keyboard.press("Space")
    expect(row).not_to_have_class(re.compile(r"\bis-right\b"))


def test_several_questions_are_tagged_on_a_phone(author):
    page = author(viewport=PHONE)
    page.goto(LIST)
    for key in ("post-1", "post-2"):
        page.get_by_label(f"Pilih soal {key}").check()
    page.locator("#tanda-baru").fill("loket")
    page.get_by_role("button", name="Beri tanda…").click()
    page.get_by_text("Beri tanda “loket” pada 2 soal?").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Beri tanda").click()
    page.get_by_text("2 soal diberi tanda “loket” sebagai draf.").wait_for()
    page.goto(f"{LIST}?tanda=loket")
    expect(page.locator("tbody tr")).to_have_count(2)
