"""What every question type can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
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
    """A question version as the pure rules see it."""

    type: str
    options: Sequence[OptionView]
    scoring: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """What a response earned: `fraction` between 0 and 1 of the points.

    `arithmetic` is the sum in words for the person, empty when there is none.
    """

    fraction: Decimal
    arithmetic: str = ""


class UnreadableResponse(ValueError):
    """The posted value is not a response to this question."""


class QuestionType(Protocol):
    """One type of question."""

    name: str
    label: str

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Read a posted form into a JSON value, None when left blank.

        Raises UnreadableResponse for options of another question and the like.
        """

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark a value that `parse` gave; None earns nothing."""

    def rule(self, question: QuestionView) -> str:
        """Say the marking rule in words, for the line above the question."""

    def problems(self, question: QuestionView) -> list[str]:
        """Say what is wrong with the question itself, each with its remedy."""
