"""A person's browser on a phone: what she opens, what axe finds, what it costs."""

from dataclasses import dataclass
from typing import Any

from tests.e2e.axe import violations

CHROMIUM = "/usr/bin/chromium"
PHONE: Any = {"width": 390, "height": 844}
_OVERFLOW = (
    "document.documentElement.scrollWidth - document.documentElement.clientWidth"
)
# Pictures further down would otherwise wait until somebody scrolls there.
_ALL_PICTURES = """() => Promise.all([...document.images].map((image) => {
  image.loading = "eager"
  return image.decode()
}))"""
# Something is said at every place, right or not.
_ANSWER = """(form) => {
  form.querySelector("[data-order-keep]")?.click()
  form.querySelectorAll(".m-gap select, .m-places select").forEach((select) => {
    select.selectedIndex = 1
  })
  form.querySelectorAll("input[type=text]").forEach((input) => (input.value = "1"))
  form.querySelector("input[type=checkbox]:not(:checked)")?.click()
  const names = new Set()
  for (const radio of form.querySelectorAll("input[type=radio]")) {
    if (names.has(radio.name) || radio.closest("[hidden]")) continue
    names.add(radio.name)
    radio.click()
  }
}"""


@dataclass(frozen=True)
class Received:
    """Bytes over the wire: the document alone, and with pictures and scripts."""

    document: int
    everything: int


class Visits:
    """One page that goes from address to address and notes every fault.

    `axe`, `sideways` (the widest, in CSS pixels) and `errors` (of the console) are
    totals; `faults` says of each where it was.
    """

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.faults: list[str] = []
        self.axe = self.sideways = self.errors = 0
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._error(str(error)))

    def open(self, path: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(self.url + path, wait_until="load")
        if answer.status != 200:
            self._error(f"status {answer.status}")
        self.look()

    def receive(self, path: str) -> Received:
        """Open a page, wait for every picture, and look at it."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        kinds: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on(
            "Network.responseReceived",
            lambda event: kinds.update({event["requestId"]: event["type"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda event: sizes.update(
                {event["requestId"]: int(event["encodedDataLength"])}
            ),
        )
        self.page.goto(self.url + path, wait_until="networkidle")
        self.page.evaluate(_ALL_PICTURES)
        self.page.wait_for_load_state("networkidle")
        session.detach()
        self.look()
        document = sum(sizes[key] for key in sizes if kinds.get(key) == "Document")
        return Received(document, sum(sizes.values()))

    def answer_checks(self) -> int:
        """Answer every practice check of the open lesson; return how many there are."""
        forms = [
            form.get_attribute("id") for form in self.page.locator("form.m-check").all()
        ]
        for key in forms:
            form = self.page.locator(f"form[id='{key}']")
            form.evaluate(_ANSWER)
            form.locator("button:not([type])").last.click()
            self.page.locator(f"form[id='{key}'] [data-focus]").wait_for()
        return len(forms)

    def look(self) -> None:
        """Note what axe finds on the open page, and sideways scrolling."""
        found = violations(self.page)
        self.axe += len(found)
        self.faults += [f"{self.page.url}\n  {line}" for line in found]
        overflow = self.page.evaluate(_OVERFLOW)
        self.sideways = max(self.sideways, overflow)
        if overflow > 0:
            self.faults.append(f"{self.page.url}\n  {overflow} px wider than the phone")

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self._error(message.text)

    def _error(self, text: str) -> None:
        self.errors += 1
        self.faults.append(f"{self.page.url}\n  {text}")


def sign_in(browser: Any, url: str, account: dict[str, str]) -> Any:
    """Sign in through the form and return the cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}/masuk/")
    page.fill("[name=login]", account["nip"])
    page.fill("[name=password]", account["password"])
    page.click("main button[type=submit], main .btn-primary")
    page.wait_for_url(f"{url}/")
    cookies = context.cookies()
    context.close()
    return cookies
