"""A phone whose browser can be closed and opened again, and what people do on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from courses.models import Course
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.line import Line
from tests.e2e.running import CHROMIUM
from tests.factories import World, enroll

COURSE = "/kursus/contoh/"


class Phone:
    """A phone whose browser can be closed and opened again, on a line that is cut."""

    def __init__(self, browser: Any, line: Line, folder: Path) -> None:
        self._browser, self.line, self._folder = browser, line, folder
        self.failures: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.open()

    def open(self) -> None:
        """Start the browser; what it kept is there."""
        self.context = self._browser.browser_type.launch_persistent_context(
            self._folder,
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu"],
            base_url=self.line.url,
            viewport={"width": 390, "height": 844},
            locale="id-ID",
        )
        self.page = self.context.pages[0]
        self.page.on(
            "pageerror", lambda error: self.failures.append(error.stack or str(error))
        )

    def close(self) -> None:
        """End the browser."""
        self.context.close()

    def sign_in(self, person: User) -> None:
        """Give the browser a person's session, which outlives it."""
        client = Client()
        client.force_login(person)
        session = client.cookies["sessionid"].value
        self.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": session,
                    "url": self.line.url,
                    "expires": 2_000_000_000,
                }
            ]
        )

    def waits_for_worker(self) -> None:
        """Wait until the service worker stands before the page."""
        self.page.evaluate(
            """async () => {
              const { serviceWorker } = navigator;
              if (!serviceWorker.controller) {
                await new Promise((go) => (serviceWorker.oncontrollerchange = go));
              }
            }"""
        )


@pytest.fixture
def phone(
    browser: Any, live_server: Any, transactional_db: None, tmp_path: Path
) -> Iterator[Phone]:
    """A phone of its own on a line of its own; its scripts must not fail."""
    line = Line(live_server.thread.port)
    OneRequestAtATime.turn(True)
    phone = Phone(browser, line, tmp_path / "phone")
    yield phone
    phone.close()
    line.close()
    OneRequestAtATime.turn(False)
    assert phone.failures == []


@pytest.fixture
def learner(world: World, course: Course, phone: Phone) -> User:
    """Somebody who takes the course, signed in on the phone."""
    person: User = world.people["learner"]
    enroll(course=course, person=person, now=timezone.now())
    phone.sign_in(person)
    return person


def keep_course(phone: Phone) -> None:
    """Press "Simpan semua di HP", and see what it weighs before it is fetched."""
    page = phone.page
    page.goto(COURSE)
    phone.waits_for_worker()
    page.get_by_role("button", name="Simpan semua di HP").click()
    says(page, ".m-keep", "KB, semuanya sudah dihitung")
    page.get_by_role("button", name="Simpan").click()
    says(page, ".m-keep", "Tersimpan di HP ini, bisa dibuka tanpa sinyal")


def says(page: Page, place: str, words: str) -> None:
    """Expect these words, as they are seen."""
    expect(page.locator(place)).to_contain_text(words, use_inner_text=True)
