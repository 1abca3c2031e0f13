"""A course that is kept on a phone, and what is done there without a line."""

import os
import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from courses.content_types import LessonContent, ModuleContent, PartContent
from courses.models import Course, LessonCompletion
from quizzes.models import Attempt, PracticeResponse, ResponseSave
from tests.e2e.attempts import begin, choose, chosen, next_question, option, path, soon
from tests.e2e.axe import assert_accessible
from tests.e2e.own_phone import COURSE, Phone, keep_course, learner, phone, says
from tests.e2e.sitting import world
from tests.factories import World, make_course, republish

__all__ = ["learner", "phone", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CUTS = int(os.environ.get("CUTS", "20"))
FIRST, SECOND = (f"{COURSE}pelajaran/pelajaran-{number}/" for number in (1, 2))
TEXT = "## Inti {#inti}\n\nIsi pelajaran.\n\n/// cek | contoh-practice-1\n///"


@pytest.fixture
def course(world: World) -> Course:
    """Two lessons, the first with a check; a post-test of 4 questions in 10 minutes."""
    parts = [
        PartContent("pembuka", "", "Pembuka.[^sumber]"),
        PartContent("inti", "Inti", TEXT),
    ]
    lessons = [
        LessonContent(f"pelajaran-{number}", f"Pelajaran {number}", 15, parts)
        for number in (1, 2)
    ]
    return make_course(
        unit=world.agency,
        now=timezone.now(),
        modules=[ModuleContent("m1", "Modul satu", lessons)],
    )


def lessons_done() -> list[str]:
    """Return the keys of the lessons of the course that the site knows as done."""
    rows = LessonCompletion.objects.filter(enrollment__course__key="contoh")
    return sorted(rows.values_list("lesson_key", flat=True))


def test_a_kept_course_is_read_and_marked_without_a_line(
    phone: Phone, learner: User
) -> None:
    keep_course(phone)
    phone.line.cut()
    phone.close()
    phone.open()
    page = phone.page

    page.goto("/")
    says(page, ".m-phone-bar", "Belum ada sinyal. Ini salinan")
    page.goto(COURSE)
    page.goto(f"{COURSE}pelajaran/pelajaran-1/")
    page.get_by_role("button", name="Tandai selesai").click()
    page.wait_for_url(f"**{COURSE}pelajaran/pelajaran-2/")
    says(page, ".m-phone-bar", "1 catatan belajar tersimpan")
    page.get_by_role("button", name="Tandai selesai").click()
    page.wait_for_url(f"**{COURSE}")
    says(page, ".m-phone-bar", "2 catatan belajar tersimpan")
    page.goto("/akun/")
    expect(page.get_by_role("heading", name="Belum ada sinyal")).to_be_visible()
    assert LessonCompletion.objects.count() == 0
    phone.line.mend()
    page.goto("/sertifikat/")

    says(page, ".m-phone-bar", "Semua catatan belajar sudah terkirim")
    soon(page, lessons_done, ["pelajaran-1", "pelajaran-2"])


def test_a_test_is_finished_without_a_line_and_sent_from_another_page(
    phone: Phone, course: Course, learner: User
) -> None:
    attempt = begin(course, learner, timezone.now())
    page = phone.page
    page.goto("/kursus/")
    phone.waits_for_worker()
    page.get_by_role("link", name="Lanjutkan mengerjakan").click()
    says(page, "[data-quiz-kept]", "Semua soal (4) sudah ada di HP ini")
    phone.line.cut()
    choose(page, "b")
    next_question(page)
    page.reload()
    expect(page.locator(".m-number")).to_have_text("Soal 2 dari 4")
    choose(page, "a")
    says(page, "[data-save-status]", "2 jawaban tersimpan di HP ini")
    phone.close()
    phone.open()
    page = phone.page

    page.goto("/")
    expect(page.get_by_role("heading", name="Belum ada sinyal")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Lanjutkan mengerjakan").click()
    expect(option(page, "b")).to_be_checked()
    for key in "ca":
        page.get_by_role("button", name=f"Soal {3 if key == 'c' else 4}").click()
        choose(page, key)
    says(page, "[data-save-status]", "4 jawaban tersimpan di HP ini")
    assert ResponseSave.objects.count() == 0
    finished = timezone.now() - attempt.started_at
    phone.line.mend()
    page.goto("/akun/")

    says(page, ".m-phone-bar", "Semua catatan belajar sudah terkirim")
    soon(page, lambda: chosen(attempt), {1: "b", 2: "a", 3: "c", 4: "a"})
    offsets = ResponseSave.objects.order_by("sequence").values_list(
        "offset_ms", flat=True
    )
    times = [timedelta(milliseconds=offset) for offset in offsets]
    assert times == sorted(times)
    assert timedelta() < times[0]
    assert abs(times[-1] - finished) < timedelta(seconds=30)
    # The phone that was opened again is the one that the site knows.
    assert ResponseSave.objects.values("device").distinct().count() == 1


def test_a_check_is_answered_without_a_line(phone: Phone, learner: User) -> None:
    keep_course(phone)
    phone.line.cut()
    page = phone.page
    page.goto(FIRST)

    choose(page, "b")
    page.get_by_role("button", name="Periksa jawaban").click()
    says(page, ".m-check", "Belum, karena itu.")
    choose(page, "a")
    page.get_by_role("button", name="Periksa jawaban").click()
    says(page, ".m-check", "Tepat karena ini.")
    says(page, ".m-phone-bar", "2 catatan belajar tersimpan di HP ini")
    assert_accessible(page)
    phone.line.mend()
    page.goto("/")

    says(page, ".m-phone-bar", "Semua catatan belajar sudah terkirim")
    soon(
        page,
        lambda: list(
            PracticeResponse.objects.order_by("pk").values_list("value", flat=True)
        ),
        ["b", "a"],
    )


def test_signing_out_removes_what_is_kept_and_nobody_sees_the_others_pages(
    phone: Phone, world: World, learner: User
) -> None:
    keep_course(phone)
    page = phone.page
    phone.sign_in(world.people["author"])
    page.goto("/akun/")
    phone.line.cut()
    page.goto("/")
    expect(page.get_by_role("heading", name="Belum ada sinyal")).to_be_visible()
    expect(page.get_by_text("Belum ada kursus yang disimpan")).to_be_visible()
    phone.line.mend()
    phone.sign_in(learner)
    page.goto("/akun/")
    phone.line.cut()
    page.goto(FIRST)
    says(page, ".m-phone-bar", "Ini salinan di HP ini")
    phone.line.mend()

    page.goto("/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")

    assert [name for name in page.evaluate("caches.keys()") if name != "files"] == []
    phone.line.cut()
    page.goto(FIRST)
    expect(page.get_by_text("Belum ada kursus yang disimpan")).to_be_visible()


def test_a_course_that_was_published_again_is_brought_up_to_date(
    phone: Phone, course: Course, learner: User
) -> None:
    keep_course(phone)
    page = phone.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    republish(course=course, change="wording", now=timezone.now())

    page.goto(COURSE)

    says(page, ".m-keep", "Tersimpan di HP ini, bisa dibuka tanpa sinyal")
    # Not a word of a lesson has changed: none is fetched.
    expect(page.locator(".m-keep")).to_have_attribute("data-tag", re.compile("."))
    soon(page, lambda: any(url.endswith("/simpanan/") for url in asked), True)
    assert not [url for url in asked if "/pelajaran/" in url]
    page.get_by_role("button", name="Hapus dari HP").click()
    expect(page.get_by_role("button", name="Simpan semua di HP")).to_be_focused()
    phone.line.cut()
    page.goto(FIRST)
    expect(page.get_by_role("heading", name="Belum ada sinyal")).to_be_visible()


def test_nothing_is_lost_however_often_the_line_goes(
    phone: Phone, world: World, learner: User
) -> None:
    chance = random.Random(41)
    keep_course(phone)
    other = make_course(unit=world.agency, now=timezone.now(), key="ujian")
    attempt = begin(other, learner, timezone.now())
    page = phone.page
    page.goto(path(attempt))
    says(page, "[data-quiz-kept]", "Semua soal (4) sudah ada di HP ini")
    wanted: dict[int, str] = {}
    marked: set[str] = set()
    for _cut in range(CUTS):
        turn(phone, chance)
        page = phone.page
        if chance.random() < 0.6:
            answer_one(page, attempt, chance, wanted)
        else:
            mark_one(page, chance, marked)
    phone.line.mend()
    phone.page.goto("/akun/")

    soon(phone.page, lambda: chosen(attempt), wanted)
    soon(phone.page, lessons_done, sorted(marked))


def turn(phone: Phone, chance: random.Random) -> None:
    """Cut the line or mend it, and now and then end the browser."""
    if phone.line.is_cut:
        phone.line.mend()
    else:
        phone.line.cut()
    if chance.random() < 0.1:
        phone.close()
        phone.open()


def answer_one(
    page: Any, attempt: Attempt, chance: random.Random, wanted: dict[int, str]
) -> None:
    """Open a question and choose an option; the page says where it is."""
    position, key = chance.randint(1, 4), chance.choice("abc")
    page.goto(path(attempt, position))
    expect(page.locator(".m-number")).to_have_text(f"Soal {position} dari 4")
    if wanted.get(position) == key:
        return
    choose(page, key)
    wanted[position] = key
    expect(page.locator("[data-save-status]")).to_have_text(
        re.compile("tersimpan|terkirim"), use_inner_text=True
    )


def mark_one(page: Any, chance: random.Random, marked: set[str]) -> None:
    """Open a lesson and mark it as done, if it offers that."""
    number = chance.randint(1, 2)
    page.goto((FIRST, SECOND)[number - 1])
    done = page.get_by_role("button", name="Tandai selesai")
    if not done.count():
        return
    done.click()
    marked.add(f"pelajaran-{number}")
    page.wait_for_url(f"**{SECOND}" if number == 1 else f"**{COURSE}")
