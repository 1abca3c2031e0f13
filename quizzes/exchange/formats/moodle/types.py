"""Questions that were exported from here, put together again with their extras.

Texts come from Moodle's own places, keys from the extras. Where the two no longer
belong together, `DoesNotFit` is raised and the question is read as a foreign one.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from quizzes.exchange.formats.keys import replace_gaps
from quizzes.exchange.formats.moodle.question import (
    FALSE_TEXT,
    TRUE_TEXT,
    MoodleAnswer,
    MoodleKind,
    MoodleQuestion,
    amount_of,
    without_literal_stars,
)
from quizzes.questions.content import OptionContent, QuestionContent
from quizzes.questions.types.shares import stored_share

# GIFT cannot tell one from the other where there is a single answer.
_CHOICES: Collection[MoodleKind] = {"choice", "choices"}
_SCENE = re.compile(r"(?:\A|\n\n)\[\[(?P<number>\d{1,4})\]\] ")


class DoesNotFit(Exception):
    """The extras belong to another wording than the one in the file."""


def _rows(moodle: MoodleQuestion) -> list[Mapping[str, str]]:
    rows = moodle.extras.get("options")
    if not isinstance(rows, list) or not all(map(_is_row, rows)):
        raise DoesNotFit
    return rows


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, Mapping)
        and "key" in row
        and all(isinstance(value, str) for value in row.values())
    )


def _listed_keys(moodle: MoodleQuestion, name: str) -> list[str]:
    keys = moodle.extras.get(name)
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise DoesNotFit
    return keys


def _option(
    row: Mapping[str, str],
    text: str,
    fraction: Decimal | None = None,
    feedback: str | None = None,
) -> OptionContent:
    """Return an option of what its row says and what stands in the question."""
    try:
        stored = Decimal(row.get("fraction", "0"))
    except InvalidOperation as error:
        raise DoesNotFit from error
    return OptionContent(
        key=row["key"],
        text=text,
        fraction=stored if fraction is None else fraction,
        feedback=row.get("feedback", "") if feedback is None else feedback,
        group=row.get("group", ""),
        match=row.get("match", ""),
    )


def _question(
    moodle: MoodleQuestion, options: Sequence[OptionContent], **said: Any
) -> QuestionContent:
    said.setdefault("stem", moodle.stem)
    return QuestionContent(
        key="", type=str(moodle.extras["type"]), options=tuple(options), **said
    )


def _answered(
    moodle: MoodleQuestion,
    kinds: Collection[MoodleKind],
    fraction: Callable[[Decimal], Decimal],
) -> list[OptionContent]:
    rows = _rows(moodle)
    if moodle.kind not in kinds or len(rows) != len(moodle.answers):
        raise DoesNotFit
    return [
        _option(row, answer.text, fraction(_own_share(row, answer)), answer.feedback)
        for row, answer in zip(rows, moodle.answers, strict=True)
    ]


def _own_share(row: Mapping[str, str], answer: MoodleAnswer) -> Decimal:
    """Return the worth that stands beside a weight which is still the one written."""
    try:
        is_same = stored_share(Decimal(row["weight"])) == stored_share(answer.fraction)
        return Decimal(row["fraction"]) if is_same else answer.fraction
    except KeyError:
        return answer.fraction
    except InvalidOperation as error:
        raise DoesNotFit from error


def _as_it_is(share: Decimal) -> Decimal:
    return share


def _right_or_wrong(share: Decimal) -> Decimal:
    return Decimal(share > 0)


def _choice(moodle: MoodleQuestion) -> QuestionContent:
    return _question(moodle, _answered(moodle, _CHOICES, _as_it_is))


def _short_text(moodle: MoodleQuestion) -> QuestionContent:
    if moodle.extras.get("scoring") != "wildcard":
        moodle = replace(
            moodle,
            answers=[
                replace(one, text=without_literal_stars(one.text))
                for one in moodle.answers
            ],
        )
    options = _answered(moodle, {"text"}, _as_it_is)
    return _question(moodle, _in_own_order(moodle, options))


def _multiple_response(moodle: MoodleQuestion) -> QuestionContent:
    has_parts = moodle.extras.get("scoring") == "fractions"
    fraction = _as_it_is if has_parts else _right_or_wrong
    return _question(moodle, _answered(moodle, _CHOICES, fraction))


def _in_own_order(
    moodle: MoodleQuestion, options: Sequence[OptionContent]
) -> list[OptionContent]:
    """Put answers back that were written by worth; as they are where none were."""
    order = moodle.extras.get("order")
    if not isinstance(order, list) or not all(type(index) is int for index in order):
        return list(options)
    if sorted(order) != list(range(len(options))):
        return list(options)
    own = dict(zip(order, options, strict=True))
    return [own[index] for index in range(len(options))]


def _numeric(moodle: MoodleQuestion) -> QuestionContent:
    options = [
        _with_tolerance(option, answer)
        for option, answer in zip(
            _answered(moodle, {"number"}, _as_it_is), moodle.answers, strict=True
        )
    ]
    settings = {"unit": moodle.unit} if moodle.unit else {}
    return _question(moodle, _in_own_order(moodle, options), settings=settings)


def _with_tolerance(option: OptionContent, answer: MoodleAnswer) -> OptionContent:
    """Keep the tolerance as it was written where it is still the same amount."""
    try:
        amount = Decimal(amount_of(option.text, option.match))
        is_same = amount == Decimal(answer.tolerance or "0")
    except InvalidOperation as error:
        raise DoesNotFit from error
    match = option.match if is_same else answer.tolerance
    return OptionContent(
        option.key, option.text, option.fraction, option.feedback, option.group, match
    )


def _true_false_set(moodle: MoodleQuestion) -> QuestionContent:
    rows = _rows(moodle)
    pairs = [pair for pair in moodle.pairs if pair.text]
    says_so = all(pair.match in {TRUE_TEXT, FALSE_TEXT} for pair in pairs)
    if len(rows) != len(pairs) or not says_so:
        raise DoesNotFit
    options = [
        _option(row, pair.text, Decimal(pair.match == TRUE_TEXT))
        for row, pair in zip(rows, pairs, strict=True)
    ]
    return _question(moodle, options)


def _matching(moodle: MoodleQuestion) -> QuestionContent:
    rows = _rows(moodle)
    keys = [row["key"] for row in rows if row.get("group") == "row"]
    choices = [row["key"] for row in rows if row.get("group") != "row"]
    match_of = {row["key"]: row.get("match", "") for row in rows}
    texts = dict(zip(keys, (p.text for p in moodle.pairs if p.text), strict=False))
    used = [match_of[key] for key in keys]
    texts |= _choice_texts(moodle, used, choices)
    if len(texts) != len(rows):
        raise DoesNotFit
    return _question(moodle, [_option(row, texts[row["key"]]) for row in rows])


def _choice_texts(
    moodle: MoodleQuestion, used: Sequence[str], choices: Sequence[str]
) -> dict[str, str]:
    """Return the texts of choices by key: those used, in order, then the others."""
    matched = [pair.match for pair in moodle.pairs if pair.text]
    others = [pair.match for pair in moodle.pairs if not pair.text]
    free = [key for key in choices if key not in used]
    if len(matched) != len(used) or len(others) != len(free):
        raise DoesNotFit
    texts = dict(zip([*used, *free], [*matched, *others], strict=True))
    if any(texts[key] != text for key, text in zip(used, matched, strict=True)):
        raise DoesNotFit
    return texts


def _ordering(moodle: MoodleQuestion) -> QuestionContent:
    rows = _rows(moodle)
    if moodle.kind == "order":
        texts = [answer.text for answer in moodle.answers]
    else:
        texts = [pair.text for pair in moodle.pairs]
    if len(rows) != len(texts):
        raise DoesNotFit
    options = [_option(row, text) for row, text in zip(rows, texts, strict=True)]
    if moodle.kind == "order":
        return _question(moodle, options)
    positions = [pair.match for pair in moodle.pairs]
    if sorted(positions) != sorted(str(at) for at in range(1, len(rows) + 1)):
        raise DoesNotFit
    by_position = dict(zip(positions, options, strict=True))
    return _question(moodle, [by_position[at] for at in sorted(positions, key=int)])


def _gap_select(moodle: MoodleQuestion) -> QuestionContent:
    rows = _rows(moodle)
    keys = [row["key"] for row in rows]
    if moodle.kind == "gaps":
        if len(rows) != len(moodle.answers):
            raise DoesNotFit
        names = {str(at): key for at, key in enumerate(keys, 1)}
        texts = dict(zip(keys, (one.text for one in moodle.answers), strict=True))
    else:
        gaps = _listed_keys(moodle, "gaps")
        names = {str(at): key for at, key in enumerate(gaps, 1)}
        texts = _choice_texts(moodle, gaps, keys)
    if set(texts) != set(keys):
        raise DoesNotFit
    stem = replace_gaps(moodle.stem, lambda number: f"[[{names.get(number, number)}]]")
    return _question(
        moodle, [_option(row, texts[row["key"]]) for row in rows], stem=stem
    )


def _mark_text(moodle: MoodleQuestion) -> QuestionContent:
    options = _answered(moodle, _CHOICES, _right_or_wrong)
    stem = moodle.stem
    for number, option in enumerate(options, 1):
        shown = f"{option.text} [[{number}]]"
        if shown not in stem:
            raise DoesNotFit
        stem = stem.replace(shown, f"[[\n{option.key}]]")
    # Until all are in place no key can be taken for a number.
    return _question(moodle, options, stem=stem.replace("[[\n", "[["))


def _dialogue(moodle: MoodleQuestion) -> QuestionContent:
    keys = _listed_keys(moodle, "scenes")
    pieces = _SCENE.split(moodle.stem)
    numbers, texts = pieces[1::2], pieces[2::2]
    if numbers != [str(at) for at in range(1, len(keys) + 1)]:
        raise DoesNotFit
    scenes = [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)]
    return _question(
        moodle,
        _answered(moodle, _CHOICES, _as_it_is),
        stem=pieces[0],
        settings={"scenes": scenes},
    )


BY_TYPE: dict[str, Callable[[MoodleQuestion], QuestionContent]] = {
    "single_choice": _choice,
    "situational": _choice,
    "multiple_response": _multiple_response,
    "true_false_set": _true_false_set,
    "matching": _matching,
    "ordering": _ordering,
    "gap_select": _gap_select,
    "numeric": _numeric,
    "short_text": _short_text,
    "mark_text": _mark_text,
    "dialogue": _dialogue,
}
