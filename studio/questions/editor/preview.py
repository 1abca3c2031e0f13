"""A question as its author sees it before it is stored: as asked, and its key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib import markdown
from quizzes.questions import (
    TYPES,
    Choice,
    Control,
    Place,
    QuestionContent,
    control_of,
    gap_problems,
    written_wording,
)
from quizzes.selectors import order_shown
from studio.questions.editor.columns import PERCENT, POINTS
from studio.questions.editor.numbers import typed_number
from studio.questions.editor.worth import typed_worth

# The preview of one question always looks the same.
_SEED = 1


@dataclass(frozen=True)
class KeyLine:
    """What is right at one place; `label` is empty where there is only one."""

    label: str
    answers: Sequence[str]


@dataclass(frozen=True)
class QuestionPreview:
    """The question as learners see it and its key; nothing for one that is not whole.

    `remarks` are what is said of single answers, `discussion` is HTML; both are shown
    to learners afterwards.
    """

    control: Control | None = None
    key: Sequence[KeyLine] = ()
    remarks: Sequence[KeyLine] = ()
    discussion: str = ""


def question_preview(
    content: QuestionContent, prefix: str = "pratinjau"
) -> QuestionPreview:
    """Return the preview; an empty one for a question that cannot be asked yet.

    `prefix` keeps the fields of several previews on one page apart.
    """
    if not content.stem or TYPES[content.type].problems(content.view()):
        return QuestionPreview()
    try:
        if any(gap_problems(content)):
            return QuestionPreview()
        wording = written_wording(content)
    except markdown.MarkdownProblem:
        return QuestionPreview()
    control = control_of(
        wording, None, order=order_shown(wording, _SEED), prefix=prefix
    )
    return QuestionPreview(
        control,
        list(_key_of(content)),
        list(_remarks_of(content)),
        wording.general_feedback,
    )


def _remarks_of(content: QuestionContent) -> Iterator[KeyLine]:
    for option in content.options:
        if option.feedback:
            label = option.text if _is_typed(content) else _plain(option.text)
            yield KeyLine(label, [_plain(option.feedback)])


def _key_of(content: QuestionContent) -> Iterator[KeyLine]:
    for number, place in enumerate(TYPES[content.type].places(content.view()), 1):
        right = [choice for choice in place.choices if choice.fraction > 0]
        yield KeyLine(
            label=_label(content, place, number),
            answers=[_answer(content, choice) for choice in right],
        )


def _plain(text: str) -> str:
    return markdown.plain_line(text)


def _label(content: QuestionContent, place: Place, number: int) -> str:
    if place.label:
        return _plain(place.label)
    return f"Celah {number}" if place.key else ""


def _answer(content: QuestionContent, choice: Choice) -> str:
    """Return a choice in words with its worth where that is not the whole."""
    words = choice.text if _is_typed(content) else _plain(choice.text)
    if content.type == "numeric":
        words = typed_number(words)
    tolerance = _tolerance(content, choice)
    return f"{words}{tolerance}{_worth(content, choice.fraction)}"


def _is_typed(content: QuestionContent) -> bool:
    return TYPES[content.type].control == "text"


def _tolerance(content: QuestionContent, choice: Choice) -> str:
    if content.type != "numeric":
        return ""
    matches = {option.key: option.match for option in content.options}
    tolerance = matches.get(choice.key, "")
    return f" ± {typed_number(tolerance)}" if tolerance.strip("0.%") else ""


def _worth(content: QuestionContent, fraction: Decimal) -> str:
    if content.type in {"situational", "dialogue"}:
        return f" ({typed_worth(fraction, POINTS)} poin)"
    return "" if fraction == 1 else f" ({typed_worth(fraction, PERCENT)}%)"
