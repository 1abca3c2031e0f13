"""A draft is reviewed, planned and published, and what was overwritten comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import Course, PlannedPublication
from studio import actions
from studio.publishing.readiness import draft_fingerprint
from tests.e2e.axe import LAPTOP, PHONE, assert_accessible
from tests.e2e.test_course_from_nothing import world
from tests.factories import World, enroll, read_lessons, sit
from tests.studio.conftest import load_small_course

__all__ = ["world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
HOME = "/studio/kursus-kecil/"
LESSON = f"{HOME}pelajaran/satu/"
_WIDER = "document.body.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def course(world: World, tmp_path: Any, settings: Any) -> Course:
    """A small published course with an open draft; publishing needs an approval."""
    settings.MEDIA_ROOT = tmp_path
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = True
    now = timezone.now() - timedelta(hours=1)
    course = load_small_course(unit=world.agency, now=now)
    actions.open_draft(course=course, by=world.people["author"], now=now)
    return course


def write(page: Page, text: str) -> None:
    """Write the lesson anew, and save it."""
    page.goto(LESSON)
    page.locator("#id_text").fill(text)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Tersimpan pukul")).to_be_visible()


def press(page: Page, name: str) -> None:
    """Reach a button or link by keyboard, and press Enter there."""
    target = page.get_by_role("button", name=name).or_(
        page.get_by_role("link", name=name)
    )
    target.first.focus()
    expect(target.first).to_be_focused()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_draft_is_reviewed_and_published_by_keyboard(world, opened, course, script):
    author = opened(world.people["author"], viewport=LAPTOP, java_script_enabled=script)
    reviewer = opened(
        world.people["reviewer"], viewport=PHONE, java_script_enabled=script
    )
    write(author, "Kata yang jelas.")
    author.goto(f"{HOME}terbitkan/")
    expect(author.get_by_text("Perlu disetujui penelaah dulu")).to_be_visible()
    press(author, "Buka tinjauan")
    author.get_by_label("Pesan untuk penelaah").fill("Tolong dibaca.")
    press(author, "Minta tinjauan")
    expect(author.get_by_text("Tinjauan diminta.")).to_be_visible()

    reviewer.goto("/studio/tinjauan/")
    press(reviewer, course.current_version.title)
    expect(reviewer.get_by_text("Tolong dibaca.")).to_be_visible()
    reviewer.locator(".m-sublist a").first.focus()
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator("ins").first).to_be_visible()
    reviewer.get_by_label("Tulis komentar").fill("Bagus, satu contoh lagi?")
    press(reviewer, "Kirim komentar")
    expect(reviewer.get_by_text("Komentar tersimpan.")).to_be_visible()
    reviewer.goto(f"{HOME}tinjauan/")
    press(reviewer, "Setujui draf ini")
    expect(reviewer.get_by_text("Draf disetujui.")).to_be_visible()

    author.goto(f"{HOME}terbitkan/")
    author.get_by_label("Perbaikan kata").focus()
    author.keyboard.press("Space")
    if author.get_by_label("Saya sudah membacanya").count():
        author.get_by_label("Saya sudah membacanya").focus()
        author.keyboard.press("Space")
    press(author, "Terbitkan sekarang")
    expect(author.get_by_text("Versi 2 terbit.")).to_be_visible()


def test_enter_in_the_date_plans_and_does_not_publish(world, opened, course, settings):
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = False
    page = opened(world.people["author"], viewport=LAPTOP)
    write(page, "Kata yang jelas.")
    page.goto(f"{HOME}terbitkan/")
    page.get_by_label("Perbaikan kata").check()
    if page.get_by_label("Saya sudah membacanya").count():
        page.get_by_label("Saya sudah membacanya").check()
    page.get_by_text("Terbitkan pada waktu tertentu").click()
    page.get_by_label("Tanggal").fill("2099-01-02")
    page.get_by_label("Jam (WIB)").fill("16:15")
    page.get_by_label("Jam (WIB)").press("Enter")

    expect(page.get_by_text("Dijadwalkan terbit")).to_be_visible()
    expect(page.get_by_text("16.15 WIB").first).to_be_visible()
    course.refresh_from_db()
    assert course.current_version.number == 1
    assert PlannedPublication.objects.get().state == "waiting"


def test_what_was_overwritten_comes_back(world, opened, course):
    page = opened(world.people["author"], viewport=LAPTOP)
    write(page, "Naskah lama.")
    write(page, "Naskah baru.")
    page.get_by_role("link", name="Riwayat").first.click()
    page.get_by_role("link", name="Lihat perubahannya").first.click()
    expect(page.locator("del", has_text="lama.")).to_be_visible()
    expect(page.locator("ins", has_text="baru.")).to_be_visible()
    page.get_by_role("button", name="Pakai lagi naskah sebelum").click()
    expect(page.get_by_text("Naskah lama dipakai lagi.")).to_be_visible()
    page.goto(LESSON)
    expect(page.locator("#id_text")).to_contain_text("Naskah lama.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_is_accessible(world, opened, course, settings, size, scheme):
    page = opened(world.people["author"], viewport=size, color_scheme=scheme)
    write(page, "Kata yang jelas.\n\n## Baru {#baru}\n\nIsi.")
    page.goto(f"{HOME}tinjauan/")
    page.get_by_role("button", name="Minta tinjauan").click()
    page.goto(f"{HOME}tinjauan/pelajaran/satu/")
    page.get_by_label("Tulis komentar").fill("Satu contoh lagi.")
    page.get_by_role("button", name="Kirim komentar").click()
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = False
    paths = (
        "/studio/?cari=kecil",
        "/studio/?cari=tiada",
        HOME,
        "/studio/tinjauan/",
        f"{HOME}tinjauan/",
        f"{HOME}tinjauan/pelajaran/satu/",
        f"{HOME}terbitkan/",
        f"{HOME}terbitkan/sebagian/",
        f"{HOME}versi/",
        f"{LESSON}riwayat/",
        f"{LESSON}riwayat/banding/",
        "/bantuan/penyusun/",
        "/bantuan/penyusun/menerbitkan/",
    )
    look(page, paths)


def look(page: Page, paths: tuple[str, ...]) -> None:
    """Open each page; it is accessible and no wider than its window."""
    for path in paths:
        page.goto(path)
        assert_accessible(page)
        assert page.evaluate(_WIDER) <= 0, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_new_is_read_by_who_has_finished(
    world, opened, course, settings, scheme
):
    settings.ELEARNING_PUBLISH_NEEDS_REVIEW = False
    now, by = timezone.now(), world.people["author"]
    learner = world.people["learner"]
    earlier = now - timedelta(minutes=30)
    place = enroll(course=course, person=learner, now=earlier)
    read_lessons(enrollment=place, now=earlier)
    sit(enrollment=place, quiz_key="posttest", right=2, now=earlier)
    writer = opened(by, viewport=LAPTOP)
    write(writer, "Pembuka.\n\n## Bagian baru {#baru}\n\nYang perlu diketahui.")
    draft = course.versions.get(state="draft")
    actions.publish_course(
        course=course,
        change="required",
        seen=draft_fingerprint(course, draft),
        new_parts=[("satu", "baru")],
        despite_faults=True,
        by=by,
        now=now,
    )

    page = opened(learner, viewport=PHONE, color_scheme=scheme)
    page.goto("/")
    expect(page.get_by_role("heading", name="Ada bagian baru")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Baca bagian baru").click()
    expect(page.get_by_text("Yang perlu diketahui.")).to_be_visible()
    look(page, ("/kursus/kursus-kecil/bagian-baru/", "/kursus/kursus-kecil/"))
    page.goto("/kursus/kursus-kecil/bagian-baru/")
    page.get_by_role("button", name="Sudah saya baca").click()
    expect(page.get_by_text("Bagian baru sudah dibaca.")).to_be_visible()
    expect(page.get_by_text("Ada bagian baru")).to_have_count(0)
