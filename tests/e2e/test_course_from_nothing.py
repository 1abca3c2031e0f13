"""A trainer makes a course in the browser, and a colleague completes it."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import Enrollment
from tests.e2e.axe import LAPTOP, PHONE, assert_accessible_in_every_look
from tests.factories import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
QUESTIONS = (
    ("Siapa yang menandatangani surat dinas?", "Pejabat yang berwenang", "Pengetik"),
    ("Kapan surat masuk dicatat?", "Pada hari diterima", "Pada akhir bulan"),
    ("Di mana arsipnya disimpan?", "Di sistem persuratan", "Di laptop sendiri"),
)


@pytest.fixture
def world(live_server: LiveServer, transactional_db: None) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


def begin(page: Page, start: str = "Kosong") -> str:
    """Make a course of one JP, and return its address in Studio."""
    page.goto("/studio/")
    page.get_by_role("link", name="Kursus baru").click()
    page.get_by_role("radio", name=start).check()
    page.get_by_label("Judul").fill("Surat Dinas Digital")
    page.get_by_label("Ringkasan").fill("Untuk pengelola surat di semua unit.")
    page.get_by_label("Kode").fill("K11")
    page.get_by_label("JP", exact=True).fill("1")
    page.get_by_label("Dasar JP").fill("Kurikulum contoh")
    page.get_by_label("Tujuan", exact=True).first.fill("Menjelaskan alur surat.")
    page.get_by_role("button", name="Buat kursus").click()
    page.wait_for_url("**/studio/surat-dinas-digital/")
    return "/studio/surat-dinas-digital/"


def add_lesson(page: Page, title: str) -> None:
    """Type a title below the first module."""
    page.get_by_label("Judul pelajaran baru di Modul 1").fill(title)
    page.get_by_role("button", name="Pelajaran", exact=True).click()
    page.get_by_role("link", name=title).first.wait_for()


def write_lesson(page: Page, home: str, title: str, *, script: bool) -> None:
    """Open a lesson from the outline, and write its text."""
    page.goto(home)
    page.locator(".m-arrange a", has_text=title).first.click()
    # The editor takes the place of the bare text box a moment after the page is there.
    page.locator("#id_text.cm-content" if script else "#id_text").fill(
        "Pembuka pelajaran.\n\n## Yang perlu diingat\n\nSatu surat, satu nomor."
    )
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Tersimpan pukul").wait_for()


def write_question(page: Page, words: tuple[str, str, str]) -> None:
    """Type a question with one key, from the page of the quiz."""
    stem, right, wrong = words
    page.get_by_role("link", name="Soal baru").click()
    page.get_by_role("link", name="Pilihan ganda, satu jawaban").click()
    page.locator("#id_stem").fill(stem)
    texts = page.locator("[data-choice] textarea:not(.is-reason)")
    reasons = page.locator("[data-choice] textarea.is-reason")
    for number, (text, reason) in enumerate(
        ((right, "Sesuai tata naskah."), (wrong, "Tata naskah berkata lain."))
    ):
        texts.nth(number).fill(text)
        reasons.nth(number).fill(reason)
    page.locator("[name=right]").first.check()
    page.get_by_role("button", name="Simpan soal").first.click()
    page.get_by_text("Soal tersimpan sebagai draf").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_course_from_nothing_is_published_and_completed(world, opened, script):
    page = opened(world.people["author"], viewport=LAPTOP, java_script_enabled=script)
    home = begin(page)
    for title in ("Alur surat", "Nomor surat"):
        add_lesson(page, title)
    page.get_by_role("button", name="Post-test").click()
    for words in QUESTIONS:
        page.goto(f"{home}kuis/posttest/isi/")
        write_question(page, words)
    page.goto(f"{home}kuis/posttest/isi/")
    page.get_by_label("Jumlah soal").fill("2")
    page.get_by_role("button", name="Tambah undian").click()
    expect(page.get_by_text("3 cocok, sisa 1")).to_be_visible()
    for title in ("Alur surat", "Nomor surat"):
        write_lesson(page, home, title, script=script)
    page.goto(home)
    # Two lessons of 15 minutes and the post-test are one JP already.
    page.get_by_text("45 dari 45 menit").wait_for()
    page.get_by_role("link", name="Terbitkan…").first.click()
    page.get_by_role("button", name="Terbitkan sekarang").wait_for()
    if page.get_by_label("Saya sudah membacanya").count():
        page.get_by_label("Saya sudah membacanya").check()
    page.get_by_role("button", name="Terbitkan sekarang").click()
    page.get_by_text("Versi 1 terbit.").wait_for()

    learner = world.people["learner"]
    study(opened(learner, viewport=PHONE, java_script_enabled=script))

    place = Enrollment.objects.get(person=learner, course__key="surat-dinas-digital")
    assert place.completed_at is not None


def study(page: Page) -> None:
    """Take the course to its end, every answer right."""
    page.goto("/kursus/surat-dinas-digital/")
    page.locator(".m-hero form button").first.click()
    page.get_by_role("link", name="Mulai pelajaran").first.wait_for()
    for key in ("alur-surat", "nomor-surat"):
        lesson = f"/kursus/surat-dinas-digital/pelajaran/{key}/"
        page.goto(lesson)
        page.get_by_role("button", name="Tandai selesai").first.click()
        page.wait_for_url(lambda url, lesson=lesson: not url.endswith(lesson))
    page.goto("/kursus/surat-dinas-digital/kuis/posttest/")
    page.get_by_role("button", name="Mulai").first.click()
    right = {stem: answer for stem, answer, _wrong in QUESTIONS}
    for number in (1, 2):
        legend = page.locator("legend.m-stem", has_text=f"Soal {number} dari 2")
        words = legend.inner_text()
        [answer] = [right[stem] for stem in right if stem in words]
        page.locator(".m-options label", has_text=answer).click()
        page.locator(".m-focus-bottom .btn-primary").click()
    page.wait_for_url("**/kirim/")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.wait_for_url("**/hasil/")


def test_a_lesson_is_dragged_into_another_module(world, opened):
    page = opened(world.people["author"], viewport=LAPTOP)
    begin(page)
    for title in ("A", "B"):
        add_lesson(page, title)
    page.get_by_label("Judul modul baru").fill("Modul 2")
    page.get_by_role("button", name="Modul", exact=True).click()
    page.locator("[data-module=m2]").wait_for()

    # Near the lower edge the browser would scroll while something is dragged.
    page.set_viewport_size({"width": 1280, "height": 1200})
    grip = page.locator("[data-lesson=a] [data-grip]")
    grip.drag_to(page.locator("[data-module=m2]"))
    page.get_by_text("Pelajaran dipindahkan.").wait_for()

    expect(page.locator("[data-module=m2] [data-lesson]")).to_have_count(1)
    expect(page.locator("[data-module=m1] [data-lesson]")).to_have_count(1)


def test_the_outline_is_changed_by_keyboard_alone(world, opened):
    page = opened(world.people["author"], viewport=LAPTOP)
    begin(page)
    for title in ("A", "B", "C"):
        add_lesson(page, title)

    up = page.get_by_role("button", name="Naikkan C")
    up.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="1.2 C").wait_for()
    # The focus came back to the same button: once more.
    expect(page.locator("[value='lesson-up:c']")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="1.1 C").wait_for()
    page.get_by_role("link", name="Atur A").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tarik…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tarik pelajaran").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ditarik dari draf ini").wait_for()
    expect(page.locator("[value='lesson-restore:a']")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Pelajaran dikembalikan.").wait_for()


def test_every_page_is_accessible(world, opened):
    page = opened(world.people["author"], viewport=LAPTOP)
    page.goto("/studio/baru/")
    assert_accessible_in_every_look(page)
    home = begin(page, start="Templat 2 JP")
    paths = (
        "",
        "pengaturan/",
        "kerangka/modul/m1/",
        "kerangka/pelajaran/pelajaran-1/",
        "kerangka/pelajaran/pelajaran-1/tarik/",
        "bank/",
        "kuis/posttest/isi/",
        "kuis/pretest/coba/",
        "terbitkan/",
    )
    for path in paths:
        page.goto(f"{home}{path}")
        assert_accessible_in_every_look(page)
