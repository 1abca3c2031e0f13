"""What every question type can do.

A question is answered at one or more `Place`s: the whole question, a statement, a
gap, a row. Taking, explaining, statistics and the exchange formats work on places, so
that a new type is one class and, at most, one template.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol


@dataclass(frozen=True)
class OptionView:
    """An option as the pure rules see it; `fraction` between -1 and 1."""

    key: str
    fraction: Decimal
    group: str = ""
    match: str = ""
    text: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question version as the pure rules see it; `stem` is its Markdown."""

    type: str
    options: Sequence[OptionView]
    scoring: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    stem: str = ""


@dataclass(frozen=True)
class Choice:
    """Something that can be said at a place.

    `key` is what a form posts and, where it stands for an option, that option's key.
    `fraction` is what it earns of the place; 1 is right. `text` is Markdown.
    """

    key: str
    text: str
    fraction: Decimal


@dataclass(frozen=True)
class Place:
    """Where a question takes an answer; `key` is "" when it is the only one.

    `label` is the Markdown of the row, empty where the stem says it all, and `option`
    the key of the option it comes from. A `free` place takes typed text, and its
    choices are the answers that are accepted. `many` places take several choices.
    """

    key: str
    choices: Sequence[Choice]
    label: str = ""
    option: str = ""
    many: bool = False
    free: bool = False

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"answer-{self.key}" if self.key else "answer"


@dataclass(frozen=True)
class Mark:
    """What a response earned: `fraction` of the points, exact, between 0 and 1.

    `arithmetic` is the sum in words for the person, empty when there is none.
    `reading` says how a typed answer was read where that is not what was typed; it
    tells nothing of what is right, so it may be shown at any time.
    """

    fraction: Fraction
    arithmetic: str = ""
    reading: str = ""


class UnreadableResponse(ValueError):
    """The posted value is not a response to this question."""


class QuestionType(Protocol):
    """One type of question.

    `control` names the template that takes the answer (`quizzes/controls/`) and the
    one that shows it afterwards (`quizzes/explanations/`). `scorings` maps the names of
    the marking rules to their labels, the default first; empty where there is one.
    """

    name: str
    label: str
    control: str
    scorings: Mapping[str, str]

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return where the question takes an answer, in its own order."""

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Read a posted form into a JSON value, None when left blank.

        Raises UnreadableResponse for options of another question and the like.
        """

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return what a value says at each place, as `parse` would read it back.

        Keys of choices, or the typed text of a free place; places left blank are
        missing. None says nothing.
        """

    def classify(
        self, question: QuestionView, value: Any
    ) -> Mapping[str, Sequence[str]]:
        """Return the choices a value falls under at each place, for statistics.

        As `said`, but typed text becomes the accepted answer it matched, or "" when
        it matched none.
        """

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark a value that `parse` gave; None earns nothing."""

    def rule(self, question: QuestionView) -> str:
        """Say the marking rule in words, for the line above the question."""

    def problems(self, question: QuestionView) -> list[str]:
        """Say what is wrong with the question itself, each with its remedy."""
