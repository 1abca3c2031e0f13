"""Writing questions of every type in a browser: by keyboard, and without script."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from courses.models import Course
from quizzes import actions as quizzes_actions
from quizzes.models import QuestionBank, QuestionVersion
from studio.actions import load_folder, open_draft
from tests.e2e.attempts import OneRequestAtATime
from tests.e2e.axe import assert_accessible
from tests.e2e.conftest import LAPTOP, PHONE
from tests.factories import World, make_world
from tests.quizzes.question_examples import EXAMPLES
from tests.studio.course_folders import write_folder

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LIST = "/studio/kursus-kecil/soal/"
BANK = "kursus-kecil-posttest"


@pytest.fixture(scope="module")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site in a thread of this process, answering one request at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LiveServerThread, "server_class", OneRequestAtATime)
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture
def world(live_server: LiveServer, transactional_db: None) -> World:
    """The usual world, in the real time that the site's own clock tells."""
    return make_world(now=timezone.now())


@pytest.fixture
def course(world: World, tmp_path: Path) -> Course:
    """A course with a draft, its post-test bank holding one question of each type."""
    now = timezone.now()
    folder = write_folder(tmp_path / "kursus")
    course = load_folder(
        folder, unit=world.agency, by=None, now=now, unchecked=True
    ).course
    open_draft(course=course, by=world.people["author"], now=now)
    bank = QuestionBank.objects.get(key=BANK)
    for content in EXAMPLES.values():
        quizzes_actions.write_question(bank=bank, content=content, by=None, now=now)
    return course


@pytest.fixture
def author(
    browser: Browser, live_server: LiveServer, world: World, course: Course
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as the author; scripts must not fail."""
    client = Client()
    client.force_login(world.people["author"])
    session = client.cookies["sessionid"].value
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="id-ID", **options
        )
        contexts.append(context)
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(error.stack or str(error)))
        return page

    OneRequestAtATime.turn(True)
    yield open_page
    for context in contexts:
        context.close()
    OneRequestAtATime.turn(False)
    assert failures == []


def paths() -> dict[str, str]:
    """Return the pages of Studio about questions by name."""
    return {
        "list": LIST,
        "choose": f"{LIST}baru/",
        **{key: f"{LIST}{BANK}/{one.key}/" for key, one in EXAMPLES.items()},
        "new-dialogue": f"{LIST}baru/dialogue/",
        "history": f"{LIST}{BANK}/post-1/riwayat/",
        "retire": f"{LIST}{BANK}/post-1/tarik/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_is_accessible(author, size, scheme):
    page = author(viewport=size, color_scheme=scheme)
    for path in paths().values():
        page.goto(path)
        assert_accessible(page)
        if page.locator("[data-tab=preview]").count():
            page.goto(f"{path}?panel=preview")
            assert_accessible(page)
