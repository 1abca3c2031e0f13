"""What the types share whose answer is one of the options."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.questions.types.protocol import Choice, Place, QuestionView
from quizzes.questions.types.reading import read_places


class OneOption:
    """One of several options; the value is the key of the option chosen."""

    control = "choices"
    scorings: Mapping[str, str] = {}

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the question as a whole."""
        choices = [Choice(o.key, o.text, o.fraction) for o in question.options]
        return (Place("", choices),)

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the option's key, or None when nothing was chosen."""
        chosen = read_places(self.places(question), raw).get("")
        return chosen[0] if chosen else None

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the option chosen."""
        return {} if value is None else {"": (value,)}

    classify = said
