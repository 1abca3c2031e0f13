"""Typed answers, words and numbers, in Moodle's terms."""

import re
from dataclasses import replace
from typing import Any

from quizzes.exchange.formats.moodle.question import (
    MoodleAnswer,
    amount_of,
    with_literal_stars,
)
from quizzes.exchange.formats.moodle.written import (
    RULE,
    Target,
    WrittenQuestion,
    offered,
    written,
)
from quizzes.questions.content import QuestionContent
from quizzes.questions.types.signs import plain_signs

_DECIMALS = (
    "Moodle membaca koma menurut bahasa peserta, dan titik selalu sebagai titik "
    "desimal: 1.500 terbaca 1,5. Pasang bahasa Indonesia di sana, dengan koma desimal."
)
_UNITS = (
    "Moodle juga menerima angka yang diikuti kata atau satuan lain, seperti 12 minggu; "
    "di sini hanya satuan soal yang diterima."
)
_MOST_DIGITS = 15
_TYPED_SIGNS = re.compile(r"['\"-]")


def short_text(question: QuestionContent, target: Target) -> WrittenQuestion:
    """Return accepted words, the best first."""
    is_exact = question.scoring == "exact"
    question, order = _by_worth(question)
    losses = [_spelling_loss(question)]
    if is_exact and target == "gift":
        losses.append(RULE.format("GIFT selalu menyamakan huruf besar dan kecil"))
    answers = offered(question.options)
    if question.scoring != "wildcard":
        answers = [replace(one, text=with_literal_stars(one.text)) for one in answers]
    return written(
        question,
        "text",
        answers=answers,
        case_matters=is_exact,
        extras=order,
        losses=losses,
    )


def _spelling_loss(question: QuestionContent) -> str:
    """Say which spellings count as one here and not in Moodle; "" where none do."""
    if question.scoring in {"", "normalized"}:
        return RULE.format("ejaan yang dirapikan tidak disamakan")
    texts = [option.text.strip() for option in question.options]
    has_spaces = any(" " in text for text in texts)
    if question.scoring == "exact":
        return RULE.format("spasi ganda dibedakan") if has_spaces else ""
    has_signs = any(_TYPED_SIGNS.search(plain_signs(text)) for text in texts)
    has_folds = any(len(text.casefold()) != len(text) for text in texts)
    if not has_spaces and not has_signs and not has_folds:
        return ""
    return RULE.format("spasi ganda, tanda petik, dan tanda hubung dibedakan")


def numeric(question: QuestionContent, _target: Target) -> WrittenQuestion:
    """Return accepted numbers, the best first, with tolerances as amounts."""
    settings = dict(question.settings)
    unit = str(settings.pop("unit", ""))
    question, order = _by_worth(question)
    return written(
        question,
        "number",
        answers=[
            MoodleAnswer(o.text, o.fraction, o.feedback, amount_of(o.text, o.match))
            for o in question.options
        ],
        unit=unit,
        extras={"settings": settings, **order},
        losses=[_DECIMALS, _UNITS, *_digit_losses(question)],
    )


def _digit_losses(question: QuestionContent) -> list[str]:
    """Say where a number has more digits than Moodle compares."""
    for option in question.options:
        if sum(sign.isdigit() for sign in option.text.lstrip("-0.")) > _MOST_DIGITS:
            return [
                f"Moodle membandingkan {_MOST_DIGITS} angka pertama saja. Pakai isian "
                "singkat untuk nomor yang panjang."
            ]
    return []


def _by_worth(question: QuestionContent) -> tuple[QuestionContent, dict[str, Any]]:
    """Return the question with the answers first that earn most, and their own order.

    Moodle takes the first accepted answer that fits, this site the best.
    """
    own = range(len(question.options))
    order = sorted(own, key=lambda index: -question.options[index].fraction)
    if order == list(own):
        return question, {}
    ranked = tuple(question.options[index] for index in order)
    return replace(question, options=ranked), {"order": order}
