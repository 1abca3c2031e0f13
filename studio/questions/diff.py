"""Two wordings of a question compared word by word, plain Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lib.word_diff import Piece, pieces_between
from quizzes.questions import TYPES, OptionContent, QuestionContent


@dataclass(frozen=True)
class Change:
    """What changed in one part of a question, by its name."""

    part: str
    pieces: Sequence[Piece]


def changes_between(
    before: QuestionContent | None, after: QuestionContent
) -> list[Change]:
    """Return the parts that differ, in the order of the question.

    Without `before` everything is new.
    """
    old = dict(_parts(before)) if before else {}
    new = dict(_parts(after))
    return [
        Change(part, pieces_between(old.get(part, ""), new.get(part, "")))
        for part in _in_order(old, new)
        if old.get(part, "") != new.get(part, "")
    ]


def _in_order(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Return the parts of the new wording, then those that only the old one had."""
    return [*new, *(part for part in old if part not in new)]


def _parts(content: QuestionContent) -> Iterator[tuple[str, str]]:
    question_type = TYPES.get(content.type)
    scorings = question_type.scorings if question_type else {}
    default = next(iter(scorings), "")
    yield "Jenis", question_type.label if question_type else content.type
    yield "Pertanyaan", content.stem
    yield "Aturan nilai", scorings.get(content.scoring or default, content.scoring)
    yield "Satuan", str(content.settings.get("unit", ""))
    for scene in content.settings.get("scenes", ()):
        yield f"Adegan “{scene['key']}”", scene["text"]
    for number, option in enumerate(content.options, 1):
        yield from _option_parts(number, option)
    yield "Penjelasan", content.feedback
    yield "Tujuan belajar", content.objective_key
    yield "Tingkat", content.level
    yield "Pilar", content.pillar
    yield "Tanda", ", ".join(content.tags)
    yield "Sumber", ", ".join(content.source_keys)
    yield "Diperiksa pada", content.checked_on.isoformat() if content.checked_on else ""


def _option_parts(number: int, option: OptionContent) -> Iterator[tuple[str, str]]:
    name = f"Baris “{option.key}”"
    yield name, option.text
    yield f"{name}, urutan", str(number)
    yield f"{name}, nilai", f"{(option.fraction * 100).normalize():f}%"
    yield f"{name}, alasan", option.feedback
    yield f"{name}, pasangan", option.match
    yield f"{name}, kelompok", option.group
