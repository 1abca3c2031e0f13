"""A lesson in hand: terms explained in place, and going on where one stopped."""

from dataclasses import replace
from typing import Any

import pytest

from courses.content_types import GlossaryEntry
from courses.selectors.content import version_content
from tests.e2e.axe import assert_accessible_in_every_look
from tests.e2e.test_reflow import client_of_session
from tests.e2e.wire import ADDRESS, lay_wire
from tests.factories import republish

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]

LESSON = "/kursus/contoh/pelajaran/pelajaran-1/"
MEANING = "Unit yang mengumpulkan dan memeriksa data."
TEXT = "\n\n".join(
    ["## Inti {#inti}", "Walidata menjawab.", *(f"Alinea {n}. " * 30 for n in range(9))]
)


@pytest.fixture
def lesson(course: Any, place: Any, clock: Any, now: Any) -> bytes:
    """A lesson of several screens that explains a term."""
    content = version_content(course.current_version)
    module = content.modules[0]
    first = module.lessons[0]
    parts = (first.parts[0], replace(first.parts[1], source=TEXT))
    lessons = (replace(first, parts=parts), *module.lessons[1:])
    longer = replace(
        content,
        modules=(replace(module, lessons=lessons),),
        glossary=(GlossaryEntry("Walidata", MEANING),),
    )
    republish(course=course, change="wording", now=now, content=longer)
    return client_of_session(place.person).get(LESSON).content


def open_lesson(browser: Any, html: bytes, anchor: str = "", **options: Any) -> Any:
    """Open the lesson as a phone does."""
    viewport = {"width": 390, "height": 700}
    context = browser.new_context(viewport=viewport, base_url=ADDRESS, **options)
    page = context.new_page()
    lay_wire(page)[LESSON] = html
    page.goto(f"{LESSON}{anchor}")
    return page


def test_a_term_is_explained_by_keyboard_and_without_scripts(browser, lesson):
    page = open_lesson(browser, lesson)
    term = page.get_by_role("link", name="Walidata")
    assert term.get_attribute("aria-expanded") == "false"
    term.focus()
    page.keyboard.press("Enter")
    assert page.locator(".m-meaning").inner_text() == MEANING
    assert_accessible_in_every_look(page, "istilah")
    term.focus()
    page.keyboard.press("Enter")
    assert page.locator(".m-meaning").count() == 0
    assert term.get_attribute("aria-expanded") == "false"
    page.context.close()

    plain = open_lesson(browser, lesson, java_script_enabled=False)
    plain.get_by_role("link", name="Walidata").click()
    assert plain.url.endswith("#arti.1")
    box = plain.get_by_text(MEANING).bounding_box()
    assert 0 <= box["y"] < 700
    plain.context.close()


def test_a_lesson_goes_on_at_the_paragraph_and_anchors_stay_the_browsers(
    browser, lesson
):
    page = open_lesson(browser, lesson, "#inti.6")
    box = page.get_by_text("Alinea 4.").first.bounding_box()
    assert 0 <= box["y"] < 500
    assert page.url.endswith(LESSON)
    page.context.close()

    page = open_lesson(browser, lesson, "#inti")
    box = page.locator("#inti").bounding_box()
    assert 0 <= box["y"] < 120
    # What it would tell when she leaves it here.
    page.locator("p", has_text="Alinea 4.").first.scroll_into_view_if_needed()
    told = page.evaluate(
        """async () => {
          const said = new Promise((tell) => {
            navigator.sendBeacon = (_url, form) => tell(form.get("part"));
          });
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
          return said;
        }"""
    )
    part, _dot, number = told.partition(".")
    assert part == "inti"
    assert 2 <= int(number) <= 7
    page.context.close()
