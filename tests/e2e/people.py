"""What people do in a browser."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from quizzes.questions.content import QuestionContent
from quizzes.questions.controls import control_of
from quizzes.questions.rendering import written_wording
from quizzes.questions.types import TYPES
from quizzes.questions.wording import plain
from studio.folders.reading import read_folder
from tests.e2e.controls import say, squeeze
from tests.e2e.running import ROOT
from tests.quizzes.questions.answers import right_form, wrong_form

CONTENT = ROOT / "courses" / "content"


def graded_questions(folder: Path) -> list[QuestionContent]:
    """Return every question that a course folder asks in a test."""
    banks = read_folder(folder).banks
    return [
        question
        for bank in banks
        if bank.use != "practice"
        for question in bank.questions
    ]


def answer_attempt(
    page: Page, questions: Sequence[QuestionContent], *, wrong: int = 0
) -> None:
    """Answer question after question, the first `wrong` of them wrongly."""
    while True:
        # While the next page loads there is no legend at all.
        number = page.locator("legend .m-number").inner_text()
        question = _asked(page, questions)
        form = wrong_form if wrong > 0 else right_form
        say(page.locator("form[data-quiz]"), question, form(question.view()))
        wrong -= 1
        forward = page.locator(".m-focus-bottom .btn-primary")
        is_last = "kirim" in forward.inner_text().lower()
        forward.click()
        if is_last:
            page.wait_for_url("**/kirim/")
            return
        page.wait_for_function(
            """old => {
              const number = document.querySelector("legend .m-number")
              return number && number.innerText !== old
            }""",
            arg=number,
        )


def _asked(page: Page, questions: Sequence[QuestionContent]) -> QuestionContent:
    """Return the question that is open, by its words.

    Of a text with gaps or passages only the beginning stands in the legend; the words
    of the options tell those apart that begin alike.
    """
    said = squeeze(page.locator("form[data-quiz] fieldset").first.text_content() or "")
    legend = page.locator("form[data-quiz] legend.m-stem")
    number = squeeze(legend.locator(".m-number").text_content() or "")
    stem = squeeze(legend.text_content() or "").removeprefix(number)
    [asked] = [
        question
        for question in questions
        if _opening(question) == stem and all(w in said for w in _shown(question))
    ]
    return asked


def _opening(question: QuestionContent) -> str:
    return squeeze(plain(control_of(written_wording(question), None).opening))


def _shown(question: QuestionContent) -> list[str]:
    """Return the words of the options; those of typed answers are not shown."""
    if TYPES[question.type].control == "text":
        return []
    return [squeeze(plain(html)) for html in written_wording(question).texts.values()]
