"""A lesson is read aloud, where the device has a voice for it."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from courses.content_types import LessonContent, ModuleContent, PartContent
from tests.e2e.axe import assert_accessible
from tests.factories import World, enroll, make_course, make_world

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]
LESSON = "/kursus/contoh/pelajaran/satu/"
TEXT = (
    "## Inti {#inti}\n\nNIP dipakai. Tulis pukul 16.15 WIB.\n\n* Satu[^sumber]\n* Dua"
)
# A device that says what it is told to say when the test lets it.
DEVICE = """
window.said = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
const voices = {
  speaking: null,
  getVoices: () => [{ lang: LANGUAGE, localService: true }],
  speak(one) { said.push(one.text); voices.speaking = one; },
  cancel() { voices.speaking = null; },
};
Object.defineProperty(window, 'speechSynthesis', { value: voices });
window.goOn = () => {
  const one = voices.speaking;
  voices.speaking = null;
  one.onend();
};
"""


@pytest.fixture
def lesson(live_server: Any, sign_in: Any, page: Page) -> Page:
    """The page of a lesson, of somebody who takes the course; not opened yet."""
    world: World = make_world(now=timezone.now())
    learner: User = world.people["learner"]
    parts = [
        PartContent("pembuka", "", "Pembuka."),
        PartContent("inti", "Inti", TEXT),
    ]
    lessons = [
        LessonContent("satu", "Alur", 15, parts),
        LessonContent("dua", "Lain", 15, parts),
    ]
    course = make_course(
        unit=world.agency,
        now=timezone.now(),
        modules=[ModuleContent("m", "Modul", lessons)],
    )
    enroll(course=course, person=learner, now=timezone.now())
    sign_in(learner)
    return page


def test_a_lesson_is_read_aloud_sentence_by_sentence(lesson: Page):
    page = lesson
    page.add_init_script(DEVICE.replace("LANGUAGE", "'id-ID'"))
    page.goto(LESSON)
    button = page.get_by_role("button", name="Dengarkan")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1.is-said")).to_be_visible()
    assert_accessible(page)

    page.evaluate("for (let n = 0; n < 3; n += 1) goOn()")
    page.get_by_role("button", name="Jeda").click()
    page.get_by_role("button", name="Lanjut mendengarkan").click()
    for _rest in range(4):
        page.evaluate("speechSynthesis.speaking && goOn()")

    nip = "nip dipakai."
    time = "Tulis pukul 16 lewat 15 menit Waktu Indonesia Barat."
    # The sentence that was broken off is said from its beginning.
    assert page.evaluate("said") == [
        *("Alur", "Pembuka.", "Inti", nip, nip, time, "Satu", "Dua")
    ]
    expect(button).to_be_visible()
    expect(page.locator(".is-said")).to_have_count(0)


def test_without_a_voice_nothing_is_offered(lesson: Page):
    page = lesson
    page.add_init_script(DEVICE.replace("LANGUAGE", "'en-US'"))

    page.goto(LESSON)
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("heading", name="Alur")).to_be_visible()
    expect(page.get_by_role("button", name="Dengarkan")).to_have_count(0)
