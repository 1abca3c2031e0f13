"""A question file, what it holds, and what reading made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.exchange.formats import Reading, ReadItem, UnreadableFile, format_of
from quizzes.questions.content import QuestionContent


@dataclass(frozen=True)
class QuestionFile:
    """A file and what an attentive person reads in it.

    Each line of `holds` is a question: "stem | option | *right option ~ explanation",
    with its type before it where that is no single choice; "! words" is a question that
    must be refused with these words, "!! words" a file. `said` is how its author lays
    out a table, `told` are words that must stand among what does not come along.
    """

    name: str
    data: bytes
    holds: Sequence[str]
    said: Mapping[str, Any] | None = None
    told: Sequence[str] = ()


@dataclass(frozen=True)
class Outcome:
    """How many questions of a file were read, refused with a reason, and wrong."""

    read: int
    refused: int
    wrong: Sequence[str]
    reason: str = ""


def outcome_of(file: QuestionFile) -> Outcome:
    """Read a file as Studio does, and compare it with what it holds."""
    try:
        reading = format_of(file.data, file.name).read(file.data, file.said)
    except UnreadableFile as problem:
        expected = file.holds[0].removeprefix("!! ")
        is_right = file.holds[0].startswith("!! ") and expected in problem.message
        return Outcome(0, 1, [] if is_right else [problem.message], problem.message)
    wrong = [
        f"{said!r} instead of {wished!r}"
        for said, wished in _side_by_side(reading, file.holds)
        if not _is_as_wished(said, wished)
    ]
    told = [*reading.notes, *(loss for item in reading.items for loss in item.losses)]
    wrong += [f"not told: {one}" for one in file.told if one not in " ".join(told)]
    refused = [item for item in reading.items if item.problems]
    reason = refused[0].problems[0] if refused else ""
    return Outcome(len(reading.items) - len(refused), len(refused), wrong, reason)


def _side_by_side(reading: Reading, holds: Sequence[str]) -> list[tuple[str, str]]:
    said = [_said(item) for item in reading.items]
    count = max(len(said), len(holds))
    return [
        (said[at] if at < len(said) else "", holds[at] if at < len(holds) else "")
        for at in range(count)
    ]


def _is_as_wished(said: str, wished: str) -> bool:
    if wished.startswith("! "):
        return said.startswith("! ") and wished.removeprefix("! ") in said
    return said == wished


def _said(item: ReadItem) -> str:
    if item.problems:
        return f"! {' '.join(item.problems)}"
    return in_a_line(item.question) if item.question else ""


def in_a_line(question: QuestionContent) -> str:
    """A question in one line, as `QuestionFile.holds` writes it."""
    kind = "" if question.type == "single_choice" else f"[{question.type}] "
    stem = " / ".join(filter(None, question.stem.split("\n")))
    options = [
        f"{'*' if option.fraction > 0 else ''}{option.text}"
        + (
            f" → {_match(question, option.match)}"
            if option.match not in {"", "0"}
            else ""
        )
        for option in question.options
        if option.group != "choice"
    ]
    feedback = f" ~ {question.feedback}" if question.feedback else ""
    return f"{kind}{' | '.join([stem, *options])}{feedback}"


def _match(question: QuestionContent, key: str) -> str:
    return next((one.text for one in question.options if one.key == key), key)
