"""What people do in a browser."""

from pathlib import Path
from typing import Any

import yaml

from tests.e2e.running import ROOT, Site

CONTENT = ROOT / "courses" / "content"


def sign_in(page: Any, site: Site, role: str) -> None:
    """Sign in as the demo account of a role, with spaces in the NIP."""
    account = site.account(role)
    nip = account["nip"]
    page.goto(f"{site.url}/masuk/")
    page.fill("[name=login]", f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}")
    page.fill("[name=password]", account["password"])
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{site.url}/")


def right_answers(folder: Path) -> dict[str, str]:
    """Return the key's text by a question's stem, for every graded question."""
    answers = {}
    for name in ("pretest", "posttest"):
        document = yaml.safe_load((folder / "questions" / f"{name}.yaml").read_text())
        for question in document["questions"]:
            key = next(o["text"] for o in question["options"] if o.get("correct"))
            answers[squeeze(question["stem"])] = squeeze(key)
    return answers


def squeeze(text: str) -> str:
    """Return letters and digits only: Markdown and typography left aside."""
    return "".join(letter for letter in text if letter.isalnum()).lower()


def answer_attempt(page: Any, answers: dict[str, str], *, wrong: int = 0) -> None:
    """Answer question after question, the first `wrong` of them wrongly."""
    while True:
        legend = page.locator("legend")
        number = legend.locator(".m-number").inner_text()
        stem = squeeze(legend.inner_text().replace(number, "", 1))
        key = answers[stem]
        labels = page.locator(".m-options label")
        texts = [squeeze(text) for text in labels.all_inner_texts()]
        place = texts.index(key)
        if wrong:
            place = (place + 1) % len(texts)
            wrong -= 1
        labels.nth(place).click()
        forward = page.locator(".m-focus-bottom .btn-primary")
        is_last = "kirim" in forward.inner_text().lower()
        forward.click()
        if is_last:
            page.wait_for_url("**/kirim/")
            return
        # While the next page loads there is no legend at all.
        page.wait_for_function(
            """old => {
              const legend = document.querySelector('legend')
              return legend && !legend.innerText.includes(old)
            }""",
            arg=number,
        )
