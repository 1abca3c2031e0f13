"""Questions answered with typed text that is compared with accepted answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.types.checking import negative_problems
from quizzes.questions.types.protocol import Choice, OptionView, Place, QuestionView
from quizzes.questions.types.reading import read_places


def typed_place(question: QuestionView) -> Place:
    """Return the question as one place that takes text."""
    choices = [Choice(o.key, o.text, o.fraction) for o in question.options]
    return Place("", choices, free=True)


def parse_typed(question: QuestionView, raw: Mapping[str, Sequence[str]]) -> str | None:
    """Return the text as typed, with single spaces, None when left blank."""
    said = read_places([typed_place(question)], raw).get("")
    return said[0] if said else None


def said_typed(value: Any) -> Mapping[str, Sequence[str]]:
    """Return the text."""
    return {"": (value,)} if isinstance(value, str) else {}


def best_of(matched: Iterable[OptionView]) -> OptionView | None:
    """Return the accepted answer that earns most, the first of equals."""
    return max(matched, key=lambda option: option.fraction, default=None)


def class_of(value: Any, accepted: OptionView | None) -> Mapping[str, Sequence[str]]:
    """Return the accepted answer a text falls under, "" where there is none."""
    if not isinstance(value, str):
        return {}
    return {"": (accepted.key if accepted else "",)}


def answer_problems(options: Sequence[OptionView]) -> Iterator[str]:
    """Ask for an answer that earns everything, and for none that takes away."""
    if not any(option.fraction == 1 for option in options):
        yield (
            "Belum ada jawaban yang bernilai penuh. "
            "Beri satu jawaban nilai 1 (atau 100%)."
        )
    yield from negative_problems(options, "jawaban")
