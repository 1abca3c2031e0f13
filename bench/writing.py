"""A lesson is written while tab, session, line and server die; and what writing costs.

`--kills 200` kills so often while an author types, drawn from `--seed`: after each kill
she comes back, takes what is offered, and every letter is counted. Then the CPU of what
the server is asked after a pause, and how long keys at 60 a second wait for the page.
"""

import argparse
import os
import random
import statistics
import time
from collections import Counter
from contextlib import suppress
from itertools import takewhile
from typing import Any

from bench.serving import Served, served
from bench.visits import CHROMIUM

LAPTOP: Any = {"width": 1280, "height": 900}
BOX = "#id_text.cm-content"
WORDS = (
    "surat nomor loket berkas warga layanan alur, rekan. tugas; ulang (dua) – “kata” é"
)
KINDS = ("tab", "session", "line", "server")
CPU_BUDGET_MS = 30
ROUNDS = 60
KEYS, KEYS_A_SECOND = 600, 60
# What the page did between a key and its frame, and whatever held it for 50 ms.
_WATCH = """() => {
  window.held = { keys: [], tasks: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name === "keydown") {
        window.held.keys.push(entry.processingEnd - entry.processingStart);
      }
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.held.tasks.push(entry.duration);
  }).observe({ type: "longtask" });
}"""


class Author:
    """An author at her laptop, whose browser, session and line may die."""

    def __init__(self, browser: Any, site: Served, address: str, person: Any) -> None:
        self.site, self.address, self.person = site, address, person
        url = f"http://127.0.0.1:{site.port}"
        self.context = browser.new_context(viewport=LAPTOP, base_url=url)
        self.sign_in()
        self.expected = ""

    def sign_in(self) -> None:
        """Get a new session."""
        from tests.conftest import session_of

        url = f"http://127.0.0.1:{self.site.port}"
        value = session_of(self.person)
        self.context.add_cookies([{"name": "sessionid", "value": value, "url": url}])

    def open(self) -> None:
        """Open the lesson, waiting for a server that is starting."""
        self.page = self.context.new_page()
        for _turn in range(60):
            # Playwright's own, whatever the line says; or a page whose script did not
            # come, because the server died once more.
            with suppress(Exception):
                self.page.goto(self.address)
                self.page.locator(BOX).wait_for(timeout=15_000)
                return
            time.sleep(0.5)
        raise AssertionError(f"{self.address} did not open")

    def begin(self) -> None:
        """Empty the box."""
        self.open()
        self.page.locator(BOX).click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")

    def type(self, words: str) -> None:
        """Type at the end, as fast as the keys go."""
        self.page.keyboard.type(words)
        self.expected += words

    def words(self) -> str:
        """Return what the box holds."""
        return str(self.page.locator("#id_text_source").input_value())

    def save(self) -> None:
        """Save, and come back to the end of the box."""
        self.page.keyboard.press("Control+s")
        self.page.get_by_text("Tersimpan pukul").wait_for()
        # A stored text ends with a line end.
        if self.words().strip() == self.expected.strip():
            self.expected = self.words()
        self.to_the_end()

    def to_the_end(self) -> None:
        """Put the cursor behind the last letter."""
        self.page.locator(BOX).click()
        self.page.keyboard.press("Control+End")

    def take_what_is_offered(self) -> None:
        """Bring back the newest of what was not saved."""
        offers = self.page.locator("[data-offers] .alert").get_by_text("Pulihkan")
        if offers.count() and self.words() != self.expected:
            here = self.page.locator("[data-bring]")
            (here.first if here.count() else offers.first).click()
            self.page.locator(BOX).wait_for()
        self.to_the_end()


def kill(author: Author, kind: str, chance: random.Random) -> None:
    """Let one thing die while she types, and let her come back."""
    from django.contrib.sessions.models import Session

    if kind == "tab":
        _crash(author)
        author.open()
        author.take_what_is_offered()
    elif kind == "session":
        Session.objects.all().delete()
        author.type(_some(chance))
        if chance.random() < 0.5:
            author.page.close()
            author.sign_in()
            author.open()
            author.take_what_is_offered()
        else:
            author.sign_in()
    elif kind == "line":
        author.context.set_offline(True)
        author.type(_some(chance))
        if chance.random() < 0.5:
            author.page.close()
            author.context.set_offline(False)
            author.open()
            author.take_what_is_offered()
        else:
            author.context.set_offline(False)
    else:
        author.site.kill_web()
        author.type(_some(chance))
        author.page.close()
        author.site.start_web()
        author.open()
        author.take_what_is_offered()


def _crash(author: Author) -> None:
    """Kill the tab's process; where the browser keeps it, close the tab."""
    session = author.context.new_cdp_session(author.page)
    # Nobody is left to answer.
    with suppress(Exception):
        session.send("Page.crash", timeout=1)
    author.page.close()


def _some(chance: random.Random) -> str:
    words = WORDS.split(" ")
    return " " + " ".join(chance.choice(words) for _ in range(chance.randint(1, 6)))


def lost(expected: str, there: str) -> int:
    """Return how many letters are missing or wrong from the first one that differs."""
    if there == expected:
        return 0
    pairs = zip(expected, there, strict=False)
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return max(len(expected) - same, 1)


def drill(author: Author, kills: int, seed: int) -> None:
    """Kill, come back, count; print a row a kind."""
    chance = random.Random(seed)
    gone: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    author.begin()
    for turn in range(kills):
        kind = KINDS[turn % len(KINDS)]
        author.type(_some(chance))
        if chance.random() < 0.15:
            author.save()
        elif chance.random() < 0.3:
            time.sleep(chance.random() * 3)
        author.type(_some(chance))
        kill(author, kind, chance)
        turns[kind] += 1
        if turn % 20 == 19:
            print(f"{turn + 1} kills, {sum(gone.values())} lost so far", flush=True)
        there = author.words()
        missing = lost(author.expected, there)
        if missing:
            print(f"turn {turn}, {kind}: …{author.expected[-90:]!r}, …{there[-90:]!r}")
        gone[kind] += missing
        author.expected = there
    for kind in KINDS:
        print(f"{kind:8} {turns[kind]:3} kills, {gone[kind]} characters lost")
    author.save()
    print(f"saved at the end: {len(author.words().strip())} characters")


def typing(author: Author, text: str) -> None:
    """Type at the end of a lesson of 1,000 words, and tell how long keys waited."""
    author.page.evaluate(_WATCH)
    author.page.locator(BOX).click()
    author.page.keyboard.press("Control+a")
    author.page.keyboard.insert_text(text)
    author.to_the_end()
    author.page.evaluate("window.held = { keys: [], tasks: [] }")
    begun = time.monotonic()
    for number in range(KEYS):
        author.page.keyboard.press(random.choice("abcdefghij "))
        due = begun + (number + 1) / KEYS_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
    seconds = time.monotonic() - begun
    held = author.page.evaluate("window.held")
    print(
        f"{KEYS} keys in {seconds:.1f} s; work for a key: longest "
        f"{max(held['keys'], default=0):.1f} ms; tasks over 50 ms: "
        f"{len(held['tasks'])}, longest {max(held['tasks'], default=0):.0f} ms"
    )


def preview_cpu(address: str, person: Any, text: str) -> None:
    """Print the CPU of what is asked after a pause, and of keeping what is typed."""
    from uuid import uuid4

    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(person)
    sitting = uuid4()
    names = {"periksa/": "preview", "saran/": "advice", "tulisan/": "autosave"}
    for name, path in names.items():
        spent = []
        for number in range(ROUNDS):
            typed = f"{text}\n\nKali ke-{number}."
            said = {"text": typed, "sitting": f"{sitting}:{number + 1}"}
            before = time.process_time()
            answer = client.post(f"{address}{name}", said)
            spent.append(1000 * (time.process_time() - before))
            assert answer.status_code == 200, answer.content
        print(
            f"{path} of {len(text.split())} words: median "
            f"{statistics.median(spent):.1f} ms of CPU (≤ {CPU_BUDGET_MS})"
        )


def _lesson() -> tuple[str, Any, str]:
    """Open a draft; return a lesson's address, an author and 1,000 words."""
    from django.utils import timezone

    from accounts.models import User
    from courses.models import Course
    from studio.actions import open_draft
    from studio.lessons.citable import lesson_text

    person = User.objects.filter(role_assignments__role="author").first()
    course = Course.objects.listed().get(key="pola-pikir-digital")
    draft = open_draft(course=course, by=person, now=timezone.now())
    first, *others = draft.lessons.prefetch_related("parts")
    words = lesson_text(first)
    for other in others:
        if len(words.split()) < 1000:
            words += "\n" + lesson_text(other).split("\n## ")[0]
    address = f"/studio/{course.key}/pelajaran/{first.key}/"
    return address, person, words


def main() -> None:
    """Print what was lost, and what writing costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with served("writing") as site:
        address, person, text = _lesson()
        preview_cpu(address, person, text)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox"]
            )
            author = Author(browser, site, address, person)
            drill(author, said.kills, said.seed)
            typing(author, text)
            browser.close()


if __name__ == "__main__":
    main()
