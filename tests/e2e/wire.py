"""A browser's line to pages that a test has rendered: no server, nothing committed."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import Page, Route

ADDRESS = "http://testserver"
_STATIC = Path(__file__).parents[2] / "static"


def lay_wire(page: Page) -> dict[str, bytes]:
    """Answer the page with what is put into the mapping, by path; style and scripts
    are the site's own. Anything else is a cut line.
    """
    pages: dict[str, bytes] = {}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            route.fulfill(path=_STATIC / path.removeprefix(settings.STATIC_URL))
        elif path in pages and route.request.method == "GET":
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        else:
            route.abort()

    page.route(f"{ADDRESS}/**", answer)
    return pages
