"""One browser and one running site for all journeys."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.axe import LAPTOP, PHONE
from tests.e2e.running import CHROMIUM, Site, running_site

# Playwright's own event loop makes Django suspect async code in the live server.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A busy machine is no fault of a page: what comes is waited for, and soon seen.
expect.set_options(timeout=30_000)


# What stands between a page and the site is not seen by the routes that a test lays;
# `own_phone.py` has phones that do with it.
NO_WORKER = {"service_workers": "block"}


# Not of the session: while Playwright runs, its thread has a running event loop, and
# what signs a certificate in a later test could not start one of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()
        # A thread whose loop runs has connections of its own: nobody else finds them.
        connections.close_all()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A page as wide as a phone, in a context of its own; console errors fail."""
    yield from _page(browser, PHONE)


@pytest.fixture
def laptop(browser: Any) -> Iterator[Any]:
    """A page as wide as a laptop, in a context of its own; console errors fail."""
    yield from _page(browser, LAPTOP)


def _page(browser: Any, viewport: dict[str, int]) -> Iterator[Any]:
    context = browser.new_context(viewport=viewport, locale="id-ID", **NO_WORKER)
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    # A line that was cut on purpose, and a 404 asked for, are no faults of the page.
    unexpected = [
        text
        for text in errors
        if "ERR_INTERNET_DISCONNECTED" not in text and "status of 4" not in text
    ]
    assert not unexpected, unexpected


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole embedded site with its own broker and worker."""
    with running_site(tmp_path_factory.mktemp("site") / "var") as running:
        yield running


@pytest.fixture(scope="package")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site in a thread of this process, answering one request at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", OneRequestAtATime)
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture
def context(
    request: pytest.FixtureRequest, browser: Any, live_server: LiveServer
) -> Iterator[Any]:
    """A phone of its own: cookies and storage start empty."""
    options = {**NO_WORKER, **getattr(request, "param", {})}
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        locale="id-ID",
        **options,
    )
    OneRequestAtATime.turn(True)
    yield context
    context.close()
    OneRequestAtATime.turn(False)


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page whose scripts must not fail."""
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(error.stack or str(error)))
    yield page
    assert failures == []


@pytest.fixture
def sign_in(context: Any, live_server: LiveServer) -> Callable[[User], None]:
    """Return a function that gives the browser a person's session."""

    def give(person: User) -> None:
        context.add_cookies([_session(person, live_server)])

    return give


@pytest.fixture
def opened(
    browser: Any, live_server: LiveServer, transactional_db: None
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as a person; scripts must not fail.

    Options are those of a context: its width, its colours, whether there are scripts.
    """
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_page(person: User, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="id-ID", **NO_WORKER, **options
        )
        contexts.append(context)
        context.add_cookies([_session(person, live_server)])
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(error.stack or str(error)))
        return page

    OneRequestAtATime.turn(True)
    yield open_page
    for context in contexts:
        context.close()
    OneRequestAtATime.turn(False)
    assert failures == []


def _session(person: User, live_server: LiveServer) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    return {"name": "sessionid", "value": session, "url": live_server.url}
