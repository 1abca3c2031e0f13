"""What people do with the controls of a question in a browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from quizzes.models import Attempt
from tests.e2e.attempts import OneRequestAtATime, chosen


def tick(page: Page, *keys: str) -> None:
    """Touch options, passages or replies by their keys."""
    for key in keys:
        page.locator(f"label[for=jawaban-{key}]").click()


def pick(page: Page, **places: str) -> None:
    """Choose in lists by their places: what stands in the list at each of them."""
    for place, words in places.items():
        page.locator(f"#jawaban-{place.strip('_')}").select_option(label=words)


def type_in(page: Page, text: str) -> None:
    """Type an answer, letter by letter."""
    page.get_by_label("Jawaban Anda").press_sequentially(text)


def rows(page: Page) -> list[str]:
    """Return what is to be put in order, as it stands."""
    return page.locator(".m-order.is-live > li").evaluate_all(
        "rows => rows.map(row => row.dataset.text)"
    )


def put_in_order(page: Page, right: list[str], press: Callable[[str], None]) -> None:
    """Move rows up until they stand like this; `press` gets each button's name."""
    for place, text in enumerate(right):
        expect(page.locator(".m-order.is-live > li")).to_have_count(len(right))
        while rows(page).index(text) > place:
            press(f"Naik: {text}")


def expect_saved(page: Page, attempt: Attempt, position: int, value: Any) -> None:
    """Wait up to five seconds until the server has this answer."""
    found = None
    for _ in range(100):
        with OneRequestAtATime.lock:
            found = chosen(attempt).get(position)
        if found == value:
            return
        page.wait_for_timeout(50)
    assert found == value
