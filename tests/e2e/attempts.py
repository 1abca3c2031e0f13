"""What people do with an attempt in a browser, and a site that can be silenced."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import Course
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt
from tests.factories import enroll, make_question, read_lessons, start


class OneRequestAtATime(ThreadedWSGIServer):
    """Many connections, one request at a time: they share one connection to SQLite.

    Between tests it answers nothing, so that a page's last words do not reach a
    database that is being emptied.
    """

    lock = threading.Lock()
    is_open = False

    @classmethod
    def turn(cls, is_open: bool) -> None:
        """Open or close; whoever closes waits for the request that is running."""
        with cls.lock:
            cls.is_open = is_open

    def set_app(self, application: Any) -> None:
        """Stand before the site."""

        def guarded(environ: dict[str, Any], start_response: Any) -> Any:
            with self.lock:
                if self.is_open:
                    return application(environ, start_response)
            start_response("503 Service Unavailable", [])
            return []

        super().set_app(guarded)


def begin(course: Course, person: User, now: datetime) -> Attempt:
    """Return a post-test that the person started at `now`."""
    place = enroll(course=course, person=person, now=now)
    read_lessons(enrollment=place, now=now)
    return start(enrollment=place, quiz_key="posttest", now=now)


def path(attempt: Attempt, position: int | str = 1) -> str:
    """Return the address of a question, or of another page of the attempt."""
    return f"/percobaan/{attempt.key}/{position}/"


def open_attempt(page: Page, attempt: Attempt, position: int | str = 1) -> None:
    """Open a question, and with it the whole paper."""
    with at_rest(page):
        page.goto(path(attempt, position))


def option(page: Page, key: str) -> Locator:
    """Return an option of the usual question, found by its words."""
    words = {option.key: option.text for option in make_question("any").options}
    return page.get_by_label(words[key], exact=True)


def choose(page: Page, key: str) -> None:
    """Choose an option of the usual question."""
    option(page, key).locator("xpath=following-sibling::label").click()


def next_question(page: Page) -> None:
    """Press "Berikutnya"."""
    page.get_by_role("button", name="Berikutnya").click()


def close(page: Page) -> None:
    """Close a page that has no line, and give the line back to the next one.

    The browser lifts the cut for the last moments of a page that is being closed;
    the site must not hear them.
    """
    context = page.context
    OneRequestAtATime.turn(False)
    page.close()
    context.set_offline(False)
    context.new_page().close()
    OneRequestAtATime.turn(True)


def at_rest(page: Page) -> Any:
    """Return a block that ends when the page it opens has started and is at rest.

    The last thing it does by itself is to ask the server for the time.
    """
    return page.expect_request_finished(lambda one: one.url.endswith("/simpan/"))


class Time:
    """The time of a page and of the site, which a test lets pass at once.

    Made before the page is opened. Both clocks go on by themselves in between.
    """

    def __init__(self, page: Page, traveller: time_machine.Traveller) -> None:
        self._page = page
        self._traveller = traveller
        page.clock.install()

    def passes(self, span: timedelta) -> None:
        """Let it be later everywhere."""
        with OneRequestAtATime.lock:
            self._traveller.shift(span)
        self._page.clock.fast_forward(int(1000 * span.total_seconds()))

    def stops(self, span: timedelta) -> None:
        """Let it be later on the page, and stay so: what is seen then is seen."""
        now = self._page.evaluate("Date.now()") / 1000
        self._page.clock.pause_at(now + span.total_seconds())


def soon(page: Page, read: Callable[[], Any], wanted: Any) -> None:
    """Look again for half a minute until `read` gives what is wanted."""
    found = None
    for _ in range(600):
        with OneRequestAtATime.lock:
            found = read()
        if found == wanted:
            return
        page.wait_for_timeout(50)
    assert found == wanted


def chosen(attempt: Attempt) -> dict[int, Any]:
    """Return what counts on the server, by position."""
    items = {item.pk: item.position for item in attempt.items.all()}
    saves = current_saves(attempt)
    return {items[pk]: save.value for pk, save in saves.items()}


def status(page: Page, words: str) -> None:
    """Expect these words, as they are seen, in the line about saving."""
    line = page.locator("[data-save-status]")
    expect(line).to_contain_text(words, use_inner_text=True)
