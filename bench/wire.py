"""Bytes over the wire as Chromium receives them: first visit and repeat visit."""

from typing import Any

from bench.site import running_site
from bench.visits import CHROMIUM, PHONE, sign_in

FIRST_BUDGET_KB, REPEAT_BUDGET_KB = 35, 8


def main() -> None:
    """Print requests and bytes of a first and a second lesson."""
    from playwright.sync_api import sync_playwright

    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        url = site.url
        cookies = sign_in(browser, url, site.account("learner"))
        context = browser.new_context(viewport=PHONE)
        context.add_cookies(cookies)
        page = context.new_page()
        lessons = _lessons(page, url)
        context.close()
        context = browser.new_context(viewport=PHONE)
        context.add_cookies(cookies)
        page = context.new_page()
        for name, lesson, budget in (
            ("first visit", lessons[0], FIRST_BUDGET_KB),
            ("repeat visit", lessons[1], REPEAT_BUDGET_KB),
        ):
            count, total = _received(page, lesson)
            print(f"{name:13} {count} requests, {total / 1024:5.1f} KB (≤ {budget})")
        browser.close()


def _lessons(page: Any, url: str) -> list[str]:
    page.goto(f"{url}/kursus/")
    page.click("main h2 a, main h3 a")
    if page.locator("form[action$='/ikuti/']").count():
        page.click("form[action$='/ikuti/'] button")
    links = page.locator("a[href*='/pelajaran/']")
    return [
        url + href
        for href in dict.fromkeys(
            links.nth(i).get_attribute("href") for i in range(links.count())
        )
    ]


def _received(page: Any, address: str) -> tuple[int, int]:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )
    page.goto(address, wait_until="networkidle")
    session.detach()
    return len(sizes), int(sum(sizes))


if __name__ == "__main__":
    main()
