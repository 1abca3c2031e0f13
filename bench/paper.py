"""The paper of an attempt on a poor line: requests, bytes, and when it is all there.

Style and scripts are on the phone already, from an earlier visit: what is measured is
what every attempt costs. The line is emulated by Chromium. The paper is usable without
a line when the last byte of the visit has come and its script says so.
"""

from contextlib import ExitStack
from typing import Any

from bench.site import running_site
from bench.visits import CHROMIUM, PHONE

QUESTIONS = 15
BUDGET_KB = 25
# Name, kbit/s (none: as fast as it is), milliseconds of latency, goal in seconds.
LINES = (
    ("this machine", 0, 0, 0),
    ("400 kbit/s + 400 ms", 400, 400, 4),
    ("50 kbit/s + 1 s", 50, 1000, 10),
)


def main() -> None:
    """Print a row a line, and one of a first visit with everything it loads."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        site = stack.enter_context(running_site())
        address, session = _attempt()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        context = browser.new_context(viewport=PHONE)
        cookie = {"name": "sessionid", "value": session, "url": site.url}
        context.add_cookies([cookie])
        url = site.url + address
        print(f"{QUESTIONS} questions; goal of a repeat visit ≤ {BUDGET_KB} KB")
        _report("first visit", *_visit(context, url, 0, 0), 0)
        for name, speed, latency, goal in LINES:
            _report(name, *_visit(context, url, speed, latency), goal)
        browser.close()


def _attempt() -> tuple[str, str]:
    """Start a test of so many questions; return its address and a session."""
    import django

    django.setup()
    from django.test import Client
    from django.utils import timezone

    from accounts.models import Unit
    from quizzes.models import Attempt, Quiz
    from tests.factories import enroll, make_person, read_lessons, start

    now = timezone.now()
    unit = Unit.objects.get(code="contoh.dinkes")
    person = make_person(unit=unit, now=now, name="Orang Uji")
    for quiz in Quiz.objects.filter(purpose="posttest").order_by("pk"):
        if quiz.slots.count() == QUESTIONS:
            break
    else:
        raise AssertionError(f"No test asks {QUESTIONS} questions.")
    place = enroll(course=quiz.grade_item.version.course, person=person, now=now)
    read_lessons(enrollment=place, now=now)
    attempt: Attempt = start(enrollment=place, quiz_key=quiz.grade_item.key, now=now)
    client = Client()
    client.force_login(person)
    return f"/percobaan/{attempt.key}/1/", client.cookies["sessionid"].value


def _visit(
    context: Any, url: str, speed: int, latency: int
) -> tuple[int, float, float]:
    """Return requests, bytes received, and seconds until the last byte of them."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if speed:
        bytes_a_second = speed * 1000 / 8
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency,
                "downloadThroughput": bytes_a_second,
                "uploadThroughput": bytes_a_second,
            },
        )
    began: list[float] = []
    ended: list[float] = []
    sizes: list[float] = []
    cached: set[str] = set()
    session.on(
        "Network.requestWillBeSent", lambda event: began.append(event["timestamp"])
    )
    session.on(
        "Network.requestServedFromCache", lambda event: cached.add(event["requestId"])
    )

    def finished(event: Any) -> None:
        ended.append(event["timestamp"])
        if event["requestId"] not in cached:
            sizes.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(3_000)
    page.wait_for_load_state("networkidle")
    page.close()
    received = [size for size in sizes if size]
    return len(received), sum(received), max(ended) - min(began)


def _report(
    name: str, requests: int, received: float, seconds: float, goal: int
) -> None:
    wanted = f" (< {goal})" if goal else ""
    print(
        f"{name:20} {requests:3} requests, {received / 1024:5.1f} KB, "
        f"{seconds:5.2f} s{wanted}"
    )


if __name__ == "__main__":
    main()
