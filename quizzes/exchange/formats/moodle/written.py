"""A question of ours put into Moodle's terms: its parts, and what is said of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from quizzes.exchange.formats.moodle.question import (
    MoodleAnswer,
    MoodleKind,
    MoodlePair,
    MoodleQuestion,
    choice_words,
    shown_percent,
)
from quizzes.exchange.formats.moodle.weights import listed_weights
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types.shares import plain_number

Target = Literal["xml", "gift"]
"""The format that a question is written for."""

AS = (
    "Di Moodle soal ini menjadi {}. Berkas ini tetap utuh bila diimpor kembali ke "
    "sini; ekspor dari Moodle tidak."
)
RULE = "Moodle menilai soal ini dengan cara lain: {}. Periksa nilainya di sana."
_FEEDBACK = (
    "Moodle tidak menampilkan umpan balik tiap {}. Bila perlu, pindahkan isinya ke "
    "pembahasan."
)
_WEIGHED: Collection[MoodleKind] = {"choice", "choices", "text", "number"}
_NEAR = Decimal("0.00001")
# As wide as Moodle's column; a longer one ends the import in the middle of the file.
_LONGEST_MATCH = 255


@dataclass(frozen=True)
class WrittenQuestion:
    """A question in Moodle's terms and what is lost to Moodle.

    With a `refusal` it must not be written: Moodle's import would end there.
    """

    question: MoodleQuestion
    losses: Sequence[str]
    refusal: str = ""


def written(
    question: QuestionContent,
    kind: MoodleKind,
    *,
    losses: Iterable[str] = (),
    beside: Sequence[str] = ("group", "match"),
    stem: str | None = None,
    answers: Sequence[MoodleAnswer] = (),
    pairs: Sequence[MoodlePair] = (),
    extras: Mapping[str, Any] | None = None,
    **said: Any,
) -> WrittenQuestion:
    """Put the parts together; `beside` are the fields of options that go along."""
    moodle = MoodleQuestion(
        kind=kind,
        name=question.key,
        stem=question.stem if stem is None else stem,
        answers=answers,
        pairs=pairs,
        feedback=question.feedback,
        idnumber=question.key,
        tags=tuple(question.tags),
        extras={
            **_extras(question),
            "options": [_row(option, beside) for option in question.options],
            **(extras or {}),
        },
        **said,
    )
    return WrittenQuestion(moodle, tuple(filter(None, losses)), _refusal(moodle))


def _extras(question: QuestionContent) -> dict[str, Any]:
    """Return what Moodle has no place for, in any type."""
    expected = question.composition.expected
    found = {
        "type": question.type,
        "scoring": question.scoring,
        "objective": question.objective_key,
        "level": question.level,
        "pillar": question.pillar,
        "sources": list(question.source_keys),
        "checked": question.checked_on.isoformat() if question.checked_on else "",
        "settings": dict(question.settings),
        "expected": [expected.untrained, expected.trained] if expected else [],
        "enemies": list(question.composition.enemies),
    }
    return {name: value for name, value in found.items() if value}


def _row(option: OptionContent, fields: Sequence[str]) -> dict[str, str]:
    row = {"key": option.key}
    for name in fields:
        value = getattr(option, name)
        if value:
            row[name] = _plain(value) if isinstance(value, Decimal) else value
    return row


def _plain(number: Decimal) -> str:
    return f"{plain_number(number):f}"


def _refusal(moodle: MoodleQuestion) -> str:
    """Say why Moodle's import would end at the question; "" where it does not."""
    if moodle.kind in {"choice", "choices"} and len(moodle.answers) < 2:
        return (
            "Soal ini tidak ditulis: Moodle meminta sedikitnya dua pilihan. Tambahkan "
            "pilihan, atau pakai format lain."
        )
    if any(len(choice_words(pair.match)) > _LONGEST_MATCH for pair in moodle.pairs):
        return (
            f"Soal ini tidak ditulis: di Moodle sebuah jodoh paling panjang "
            f"{_LONGEST_MATCH} huruf. Pendekkan teksnya, atau pakai format lain."
        )
    return ""


def with_listed_weights(told: WrittenQuestion) -> WrittenQuestion:
    """Return the question with weights that Moodle takes; its own go along."""
    moodle = told.question
    if moodle.kind not in _WEIGHED:
        return told
    own = [answer.fraction for answer in moodle.answers]
    weights = listed_weights(moodle.kind, own)
    if weights == own:
        return told
    rows = [
        row if share == weight else {**row, **_both(share, weight)}
        for row, share, weight in zip(
            moodle.extras["options"], own, weights, strict=True
        )
    ]
    answers = [
        replace(answer, fraction=weight)
        for answer, weight in zip(moodle.answers, weights, strict=True)
    ]
    moodle = replace(moodle, answers=answers, extras={**moodle.extras, "options": rows})
    return replace(
        told, question=moodle, losses=(*told.losses, *_weight_losses(own, weights))
    )


def _both(share: Decimal, weight: Decimal) -> dict[str, str]:
    return {"fraction": _plain(share), "weight": _plain(weight)}


def _weight_losses(own: Sequence[Decimal], weights: Sequence[Decimal]) -> list[str]:
    """Name the weights that changed; what is written as 0 earns nothing here too."""
    changed = [
        (share, weight)
        for share, weight in zip(own, weights, strict=True)
        if abs(share - weight) > _NEAR and weight
    ]
    if not changed:
        return []
    before, after = (
        ", ".join(dict.fromkeys(f"{shown_percent(one)}%" for one in shares))
        for shares in zip(*changed, strict=True)
    )
    return [
        f"Moodle tidak menerima bobot {before}; di berkas ini dipakai {after}, "
        "sehingga nilai sebagian dapat berbeda."
    ]


def offered(options: Iterable[OptionContent]) -> list[MoodleAnswer]:
    """Return options with their own worth."""
    return [MoodleAnswer(o.text, o.fraction, o.feedback) for o in options]


def feedback_loss(question: QuestionContent, what: str) -> str:
    """Say that feedback stays away; "" where there is none."""
    has_any = any(option.feedback for option in question.options)
    return _FEEDBACK.format(what) if has_any else ""


def alike_loss(texts: Iterable[str]) -> str:
    """Name a choice that looks like another where marks are gone; "" without any."""
    counts = Counter(choice_words(text) for text in dict.fromkeys(texts))
    for words, count in counts.items():
        if count > 1:
            return (
                f"Di Moodle dua pilihan tampil sama, “{words[:40]}”, dan dinilai "
                "sebagai satu. Bedakan kata-katanya."
            )
    return ""
