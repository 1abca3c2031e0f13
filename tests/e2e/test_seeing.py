"""Every icon is seen: on pages that are opened, swapped in, or kept by the tab."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib.icons import ICONS
from lib.templatetags.ui import icon
from tests.e2e.attempts import at_rest, next_question
from tests.e2e.controls import say
from tests.e2e.seeing import unseen, unseen_now
from tests.e2e.test_controls import attempt, course, open_question, touch, world
from tests.quizzes.exercises import ANSWERS, TYPES
from tests.quizzes.questions.examples import EXAMPLES

__all__ = ["attempt", "course", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-2")]

CSS = (Path(__file__).parents[2] / "static" / "css" / "site.css").read_text("utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_icon_is_seen_in_both_sizes(browser, theme):
    page = browser.new_page()
    rows = "".join(f"<p>{icon(name)} {icon(name, 'lg')} {name}</p>" for name in ICONS)
    page.set_content(f'<html data-bs-theme="{theme}"><style>{CSS}</style>{rows}')

    assert unseen(page) == []
    page.locator("svg").first.evaluate("svg => svg.replaceChildren()")
    assert len(unseen_now(page)) == 1
    page.close()


def test_the_icons_of_every_type_are_seen_when_it_is_reached_by_pressing_next(
    page, attempt
):
    open_question(page, attempt, TYPES[0])

    for number, type_ in enumerate(TYPES, 1):
        expect(page.locator(".m-number")).to_have_text(f"Soal {number} dari 11")
        assert (type_, unseen(page)) == (type_, [])
        if type_ == "ordering":
            moves = page.locator(".m-order-moves svg").all()
            assert [move.bounding_box()["width"] for move in moves] == [20] * 8
        touch(page, type_)
        assert (type_, unseen(page)) == (type_, [])
        if number < len(TYPES):
            next_question(page)
    page.locator("button[name=flag]").click()
    page.get_by_role("button", name="Periksa lalu kirim").click()
    expect(page.get_by_role("button", name="Kirim jawaban")).to_be_visible()
    assert unseen(page) == []


def test_the_icons_of_a_question_kept_by_the_tab_are_seen_after_a_reload(page, attempt):
    open_question(page, attempt, "ordering")
    page.get_by_role("button", name="Soal 1, ").click()
    with at_rest(page):
        page.reload()
    page.context.set_offline(True)

    page.get_by_role("button", name="Soal 5, ").click()

    expect(page.locator(".m-order.is-live")).to_be_visible()
    assert unseen(page) == []
    page.context.set_offline(False)


def test_the_icons_of_checks_and_their_verdicts_are_seen(page, attempt):
    page.goto("/kursus/latihan/pelajaran/pelajaran-1/")
    assert unseen(page) == []

    for answer in ("less", "right"):
        for type_, content in EXAMPLES.items():
            check = page.locator(f"#cek-{content.key}")
            say(check, content, getattr(ANSWERS[type_], answer))
            check.get_by_role("button", name="Periksa").click()
            expect(check.locator(".m-feedback").first).to_be_visible()
        assert (answer, unseen(page)) == (answer, [])
