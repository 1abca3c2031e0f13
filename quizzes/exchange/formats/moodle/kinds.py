"""Each of Moodle's kinds as the nearest of our types, with keys made here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quizzes.exchange.formats.keys import letters, replace_gaps
from quizzes.exchange.formats.moodle.question import (
    FIRST_MATCH,
    MoodleAnswer,
    MoodleKind,
    MoodleQuestion,
    shown_percent,
    without_literal_stars,
)
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types import gaps
from quizzes.questions.types.wildcards import segments

_SLACK = Decimal("0.001")
_SCORINGS = {
    "ALL_OR_NOTHING": "all_or_nothing",
    "ABSOLUTE_POSITION": "absolute",
    "RELATIVE_TO_CORRECT": "relative_to_correct",
}


def _question(
    moodle: MoodleQuestion, type: str, options: Sequence[OptionContent], **said: Any
) -> QuestionContent:
    said.setdefault("stem", moodle.stem)
    return QuestionContent(key="", type=type, options=tuple(options), **said)


def _options(
    answers: Sequence[MoodleAnswer],
    fraction: Callable[[Decimal], Decimal] = lambda share: share,
) -> list[OptionContent]:
    return [
        OptionContent(key, answer.text, fraction(answer.fraction), answer.feedback)
        for key, answer in zip(letters(len(answers)), answers, strict=True)
    ]


def _choice(moodle: MoodleQuestion, losses: list[str]) -> QuestionContent:
    least = min((answer.fraction for answer in moodle.answers), default=Decimal(0))
    if least < 0:
        losses.append(
            "Di Moodle pilihan salah mengurangi nilai sampai "
            f"{shown_percent(-least)}%; di sini nilai soal paling rendah 0."
        )
    return _question(moodle, "single_choice", _options(moodle.answers))


def _true_false(moodle: MoodleQuestion, _losses: list[str]) -> QuestionContent:
    options = [
        OptionContent(key, answer.text, answer.fraction, answer.feedback)
        for key, answer in zip(("benar", "salah"), moodle.answers, strict=True)
    ]
    return _question(moodle, "single_choice", options)


def _choices(moodle: MoodleQuestion, _losses: list[str]) -> QuestionContent:
    if is_balanced([answer.fraction for answer in moodle.answers]):
        options = _options(moodle.answers, lambda share: Decimal(share > 0))
        return _question(moodle, "multiple_response", options, scoring="balanced")
    return _question(
        moodle, "multiple_response", _options(moodle.answers), scoring="fractions"
    )


def is_balanced(shares: Sequence[Decimal]) -> bool:
    """Whether Moodle's weights add up to the balanced rule (FEATURES 1.2.2)."""
    right = [share for share in shares if share > 0]
    wrong = [share for share in shares if share <= 0]
    return (
        bool(right)
        and all(abs(share * len(right) - 1) < _SLACK for share in right)
        and all(abs(share * len(wrong) + 1) < _SLACK for share in wrong)
    )


def _text(moodle: MoodleQuestion, losses: list[str]) -> QuestionContent:
    has_stars = any(len(segments(answer.text)) > 1 for answer in moodle.answers)
    if not has_stars:
        answers = [
            replace(one, text=without_literal_stars(one.text)) for one in moodle.answers
        ]
        moodle = replace(moodle, answers=answers)
    if has_stars and moodle.case_matters:
        losses.append(
            "Besar-kecil huruf tidak lagi dibedakan, karena jawabannya memakai tanda *."
        )
    scoring = "exact" if moodle.case_matters else "casefold"
    losses += _best_instead_of_first(moodle)
    return _question(
        moodle,
        "short_text",
        _options(moodle.answers),
        scoring="wildcard" if has_stars else scoring,
    )


def _best_instead_of_first(moodle: MoodleQuestion) -> list[str]:
    """Say that Moodle gives less where an answer is listed before one worth more."""
    worths = [answer.fraction for answer in moodle.answers]
    if worths == sorted(worths, reverse=True):
        return []
    return [FIRST_MATCH]


def _number(moodle: MoodleQuestion, losses: list[str]) -> QuestionContent:
    losses += _best_instead_of_first(moodle)
    options = [
        OptionContent(
            key, one.text, one.fraction, one.feedback, match=one.tolerance or "0"
        )
        for key, one in zip(letters(len(moodle.answers)), moodle.answers, strict=True)
    ]
    settings = {"unit": moodle.unit} if moodle.unit else {}
    return _question(moodle, "numeric", options, settings=settings)


def _match(moodle: MoodleQuestion, _losses: list[str]) -> QuestionContent:
    rows = [pair for pair in moodle.pairs if pair.text]
    texts = dict.fromkeys(pair.match for pair in moodle.pairs)
    keys = letters(len(rows) + len(texts))
    choice_of = dict(zip(texts, keys[len(rows) :], strict=True))
    options = [
        OptionContent(key, row.text, group="row", match=choice_of[row.match])
        for key, row in zip(keys, rows, strict=False)
    ]
    options += [OptionContent(k, t, group="choice") for t, k in choice_of.items()]
    return _question(moodle, "matching", options)


def _order(moodle: MoodleQuestion, losses: list[str]) -> QuestionContent:
    scoring = _SCORINGS.get(moodle.grading, "")
    if moodle.grading and not scoring:
        losses.append(
            f"Cara menilai {moodle.grading[:40]} tidak ada di sini. "
            "Dipakai urutan terhadap jawaban benar; periksa aturannya."
        )
    return _question(moodle, "ordering", _options(moodle.answers), scoring=scoring)


def _gaps(moodle: MoodleQuestion, _losses: list[str]) -> QuestionContent:
    keys = letters(len(moodle.answers))
    names = {str(at): key for at, key in enumerate(keys, 1)}
    # A number without an answer is kept, for the type to complain of.
    stem = replace_gaps(moodle.stem, lambda number: f"[[{names.get(number, number)}]]")
    used = set(gaps.keys_in(stem))
    groups = {one.group for one in moodle.answers}
    options = [
        OptionContent(
            key,
            one.text,
            feedback=one.feedback,
            group=f"g{one.group}" if len(groups) > 1 else "",
        )
        for key, one in zip(keys, moodle.answers, strict=True)
        if one.text or key in used
    ]
    return _question(moodle, "gap_select", options, stem=stem)


BY_KIND: dict[MoodleKind, Callable[[MoodleQuestion, list[str]], QuestionContent]] = {
    "choice": _choice,
    "choices": _choices,
    "truefalse": _true_false,
    "text": _text,
    "number": _number,
    "match": _match,
    "order": _order,
    "gaps": _gaps,
}
