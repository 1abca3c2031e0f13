"""Typed answers as QTI: words compared as texts or patterns, numbers within ranges."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.formats.moodle.question import amount_of
from quizzes.exchange.formats.qti import marking
from quizzes.exchange.formats.qti.item import QtiItem
from quizzes.exchange.formats.qti.writing import (
    RESPONSE,
    base_value,
    declare_response,
)
from quizzes.questions.content import OptionContent
from quizzes.questions.types.wildcards import segments

DIFFERS = "QTI menilai soal ini dengan cara lain: {}. Periksa di sistem tujuan."
_NUMBERS = (
    "angka dengan koma, pemisah ribuan, satuan, atau huruf dibaca lain, misalnya 9,6 "
    "menjadi 9, jadi minta peserta menulis 9.6"
)
_SPELLING = {
    "exact": "spasi berlebih tidak diabaikan",
    "normalized": "tanda baca di tepi, spasi berlebih, serta bentuk tanda petik dan "
    "tanda hubung tidak disamakan",
}
_SIGNS = "spasi berlebih serta bentuk tanda petik dan tanda hubung tidak disamakan"
_PATTERN = "sebagian sistem menerima pola * di tengah jawaban yang lebih panjang"
_CASE = "sebagian sistem membedakan huruf besar pada jawaban bertanda & < > ' \""
# Signs that one importer escapes in the keys of a mapping, which then fit nothing.
_ESCAPED = frozenset("&<>'\"")
_HAIR = Decimal("1E-9")


def write_short_text(item: QtiItem) -> None:
    """Write a short text; each rule compares in the words that engines agree on.

    Where case counts that is `stringMatch`, where it does not a mapping: engines read
    `caseSensitive="false"` of a `stringMatch` differently.
    """
    question = item.question
    scoring = question.scoring or "normalized"
    is_exact = scoring == "exact"
    patterns = [o for o in question.options if scoring == "wildcard" and _has_star(o)]
    texts = {
        _text_of(o, scoring): max(Decimal(0), o.fraction)
        for o in question.options
        if o not in patterns
    }
    best = [text for text, worth in texts.items() if worth == 1]
    declare_response(
        item.root,
        RESPONSE,
        "single",
        "string",
        best[:1],
        None if is_exact else texts,
        caseSensitive="false",
    )
    _entry(item)
    tests = [(_pattern_test(o.text), o.fraction) for o in patterns]
    tests += [
        (_text_test(text, is_exact), worth)
        for text, worth in texts.items()
        if is_exact or _ESCAPED & set(text)
    ]
    if not is_exact:
        worths = marking.as_they_are(texts.values())
        mapped = marking.lowest(worths)
        tests = [
            *((marking.at_least(at, marking.map_response), w) for at, w in mapped),
            *tests,
        ]
    tests.sort(key=lambda test: -test[1])
    marking.steps(item.processing(), [test for test in tests if test[1] > 0])
    item.losses += _differences(scoring, texts, patterns)
    item.say_lost_feedback("jawaban")


def _text_of(option: OptionContent, scoring: str) -> str:
    """Return an accepted text as it is typed."""
    return segments(option.text)[0] if scoring == "wildcard" else option.text


def _has_star(option: OptionContent) -> bool:
    return len(segments(option.text)) > 1


def _differences(
    scoring: str, texts: dict[str, Decimal], patterns: Sequence[OptionContent]
) -> Iterator[str]:
    told = [_SPELLING.get(scoring, _SIGNS)]
    if any(segments(one.text)[0] or segments(one.text)[-1] for one in patterns):
        told.append(_PATTERN)
    if scoring != "exact" and any(_ESCAPED & set(text) for text in texts):
        told.append(_CASE)
    yield DIFFERS.format("; ".join(told))


def _text_test(text: str, is_exact: bool) -> marking.Test:
    def test(parent: Element) -> None:
        said = "true" if is_exact else "false"
        match = SubElement(parent, "stringMatch", caseSensitive=said)
        SubElement(match, "variable", identifier=RESPONSE)
        base_value(match, "string", text)

    return test


def _pattern_test(text: str) -> marking.Test:
    pattern = ".*".join(_either(part) for part in segments(text))

    def test(parent: Element) -> None:
        match = SubElement(parent, "patternMatch", pattern=pattern)
        SubElement(match, "variable", identifier=RESPONSE)

    return test


# Letters in XML Schema, anchors elsewhere. TAO escapes both once more, and an escaped
# one then matches nothing (findings/tao-escaped-caret.sh): in brackets it is a letter.
_ANCHORS = {"$": "[$]", "^": r"[\^]"}


def _either(words: str) -> str:
    """Return words as a pattern of XML Schema in which large and small are alike."""
    signs = []
    for sign in words:
        large, small = sign.upper(), sign.lower()
        if large != small and len(large) == len(small) == 1:
            signs.append(f"[{large}{small}]")
        elif sign in _ANCHORS:
            signs.append(_ANCHORS[sign])
        else:
            signs.append(re.sub(r"[.\\?*+{}()|\[\]-]", r"\\\g<0>", sign))
    return "".join(signs)


def write_numeric(item: QtiItem) -> None:
    """Write a number; tolerances become ranges, a hair wider: engines round."""
    options = item.question.options
    best = [option.text for option in options if option.fraction == 1]
    declare_response(item.root, RESPONSE, "single", "float", best[:1])
    entry = _entry(item)
    unit = str(item.question.settings.get("unit", ""))
    if unit:
        entry.tail = f" {unit}"
    ordered = sorted(options, key=lambda option: option.fraction)
    marking.ranges(
        item.processing(),
        [(*_range(one), max(Decimal(0), one.fraction)) for one in ordered],
    )
    item.losses.append(DIFFERS.format(_NUMBERS))
    item.say_lost_feedback("jawaban")


def _range(option: OptionContent) -> tuple[Decimal, Decimal]:
    value, amount = Decimal(option.text), Decimal(amount_of(option.text, option.match))
    if amount:
        amount += _HAIR * max(Decimal(1), abs(value))
    return value - amount, value + amount


def _entry(item: QtiItem) -> Element:
    paragraph = SubElement(item.body(), "p")
    return SubElement(
        paragraph,
        "textEntryInteraction",
        responseIdentifier=RESPONSE,
        expectedLength="40",
    )
