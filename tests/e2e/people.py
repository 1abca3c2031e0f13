"""What people do in a browser."""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

from tests.e2e.running import ROOT, Site

CONTENT = ROOT / "courses" / "content"
Right = list[str] | dict[str, str]
"""The options to touch, squeezed; or what to choose at each row, by its text."""


def sign_in(page: Any, site: Site, role: str) -> None:
    """Sign in as the demo account of a role, with spaces in the NIP."""
    account = site.account(role)
    nip = account["nip"]
    page.goto(f"{site.url}/masuk/")
    page.fill("[name=login]", f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}")
    page.fill("[name=password]", account["password"])
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{site.url}/")


def right_answers(folder: Path) -> dict[str, Right]:
    """Return what is right by a question's stem, for every graded question."""
    answers = {}
    for name in ("pretest", "posttest"):
        document = yaml.safe_load((folder / "questions" / f"{name}.yaml").read_text())
        for question in document["questions"]:
            answers[squeeze(question["stem"])] = _right(question)
    return answers


def _right(question: dict[str, Any]) -> Right:
    if question["type"] == "matching":
        choices = {choice["key"]: choice["text"] for choice in question["choices"]}
        return {squeeze(row["text"]): choices[row["match"]] for row in question["rows"]}
    options = question["options"]
    if question["type"] == "true_false_set":
        words = {True: "Benar", False: "Salah"}
        return {squeeze(option["text"]): words[option["correct"]] for option in options}
    return [
        squeeze(option["text"])
        for option in options
        if option.get("correct") or option.get("points") == 5
    ]


def squeeze(text: str) -> str:
    """Return letters and digits only: Markdown and typography left aside."""
    return "".join(letter for letter in text if letter.isalnum()).lower()


def answer_attempt(page: Page, answers: dict[str, Right], *, wrong: int = 0) -> None:
    """Answer question after question, the first `wrong` of them wrongly."""
    while True:
        legend = page.locator("legend")
        number = legend.locator(".m-number").inner_text()
        stem = squeeze(legend.inner_text().replace(number, "", 1))
        right = answers[stem]
        if isinstance(right, dict):
            _fill_rows(page, right, is_wrong=wrong > 0)
        else:
            _touch_options(page, right, is_wrong=wrong > 0)
        wrong = max(wrong - 1, 0)
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


def _touch_options(page: Page, right: list[str], *, is_wrong: bool) -> None:
    """Touch every option that is right; or one that is not."""
    labels = page.locator(".m-options label")
    texts = [squeeze(text) for text in labels.all_inner_texts()]
    places = [place for place, text in enumerate(texts) if (text in right) != is_wrong]
    for place in places[:1] if is_wrong else places:
        labels.nth(place).click()


def _fill_rows(page: Page, right: dict[str, str], *, is_wrong: bool) -> None:
    """Choose what is right at every row; or what is right elsewhere."""
    words = sorted(set(right.values()))
    for row in page.locator(".m-places > li").all():
        text = row.locator("[role=group] > div, :scope > label").first.inner_text()
        choice = right[squeeze(text)]
        if is_wrong:
            choice = words[words.index(choice) - 1]
        if row.locator("select").count():
            row.locator("select").select_option(label=choice)
        else:
            row.locator(".m-pair label", has_text=choice).click()
