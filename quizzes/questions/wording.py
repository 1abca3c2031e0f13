"""A question with its words rendered, for the pages that show it."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quizzes.questions.types import Choice, QuestionView

_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Wording:
    """A question's rules beside its sanitised HTML.

    `texts` and `feedback` hold the HTML of each option by its key, `scenes` that of
    each scene. `stem` holds gaps and passages as numbers, `[[1]]`.
    """

    question: QuestionView
    stem: str
    texts: Mapping[str, str]
    feedback: Mapping[str, str] = field(default_factory=dict)
    scenes: Mapping[str, str] = field(default_factory=dict)
    general_feedback: str = ""

    def html_of(self, choice: Choice) -> str:
        """Return the HTML of a choice: its option's, or the words of its own."""
        options = {option.key: option.text for option in self.question.options}
        if options.get(choice.key) == choice.text:
            return self.texts[choice.key]
        return html.escape(choice.text)


def plain(rendered: str) -> str:
    """Return the words of a line of HTML, for places that take no marks."""
    return " ".join(html.unescape(_TAG.sub(" ", rendered)).split())
