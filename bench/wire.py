"""Bytes over the wire as they come through Chromium's line: first visit and later ones.

Counted where they pass, between browser and site, so that what the service worker
fetches for itself is there too, and every head of every answer.
"""

from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from bench.site import running_site
from bench.visits import CHROMIUM, PHONE, sign_in
from tests.e2e.line import Line

FIRST_BUDGET_KB, HOME_BUDGET_KB, REPEAT_BUDGET_KB = 35, 25, 8
# The worker installs itself after the page is there.
_AT_REST = 3000


def main() -> None:
    """Print the bytes of first visits and later ones, worker included."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        site = stack.enter_context(running_site())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        line = Line(urlsplit(site.url).port or 80)
        stack.callback(line.close)
        cookies = sign_in(browser, site.url, site.account("learner"))
        for cookie in cookies:
            cookie["domain"] = "localhost"
        lessons = _lessons(_page(browser, cookies), line.url)
        for path, budget in ((lessons[0], FIRST_BUDGET_KB), ("/", HOME_BUDGET_KB)):
            page = _page(browser, cookies)
            _report(f"first visit, {path}", page, line, path, budget)
            _report("later", page, line, lessons[1], REPEAT_BUDGET_KB)
            page.context.close()
        browser.close()


def _page(browser: Any, cookies: list[dict[str, Any]]) -> Any:
    context = browser.new_context(viewport=PHONE)
    context.add_cookies(cookies)
    return context.new_page()


def _lessons(page: Any, url: str) -> list[str]:
    page.goto(f"{url}/kursus/")
    page.click("main h2 a, main h3 a")
    if page.locator("form[action$='/ikuti/']").count():
        page.click("form[action$='/ikuti/'] button")
    links = page.locator("a[href*='/pelajaran/']")
    found = [links.nth(i).get_attribute("href") for i in range(links.count())]
    page.context.close()
    return list(dict.fromkeys(found))


def _report(name: str, page: Any, line: Line, path: str, budget: int) -> None:
    before = line.received
    page.goto(line.url + path, wait_until="networkidle")
    page.wait_for_timeout(_AT_REST)
    total = (line.received - before) / 1024
    print(f"{name:60} {total:5.1f} KB (≤ {budget})")


if __name__ == "__main__":
    main()
