"""Response processing of QTI 2.1: how a response becomes a score from 0 to 1."""

import re
from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.formats.qti.writing import RESPONSE, SCORE, base_value, number
from quizzes.questions.content import OptionContent
from quizzes.questions.types.wildcards import segments

_SLACK = Decimal("0.001")


def _set(parent: Element) -> Element:
    return SubElement(parent, "setOutcomeValue", identifier=SCORE)


def _set_to(parent: Element, value: Decimal) -> None:
    base_value(_set(parent), "float", number(value))


def mapped(processing: Element) -> None:
    """Sum what the mapping gives; no answer earns nothing."""
    condition = SubElement(processing, "responseCondition")
    nothing = SubElement(condition, "responseIf")
    empty = SubElement(nothing, "isNull")
    SubElement(empty, "variable", identifier=RESPONSE)
    _set_to(nothing, Decimal(0))
    otherwise = SubElement(condition, "responseElse")
    SubElement(_set(otherwise), "mapResponse", identifier=RESPONSE)


def all_or_nothing(processing: Element) -> None:
    """Ask for exactly what is correct (the standard's match_correct)."""
    condition = SubElement(processing, "responseCondition")
    right = SubElement(condition, "responseIf")
    match = SubElement(right, "match")
    SubElement(match, "variable", identifier=RESPONSE)
    SubElement(match, "correct", identifier=RESPONSE)
    _set_to(right, Decimal(1))
    _set_to(SubElement(condition, "responseElse"), Decimal(0))


def nothing_chosen(processing: Element) -> None:
    """Give the mark for choosing nothing."""
    condition = SubElement(processing, "responseCondition")
    right = SubElement(condition, "responseIf")
    SubElement(SubElement(right, "isNull"), "variable", identifier=RESPONSE)
    _set_to(right, Decimal(1))
    _set_to(SubElement(condition, "responseElse"), Decimal(0))


def kprim(processing: Element, count: int) -> None:
    """Give all for no error, half for one, nothing for more."""
    condition = SubElement(processing, "responseCondition")
    ladder = (("responseIf", count, "1"), ("responseElseIf", count - 1, "0.5"))
    for name, right, worth in ladder:
        step = SubElement(condition, name)
        enough = SubElement(step, "gte")
        SubElement(enough, "mapResponse", identifier=RESPONSE)
        least = Decimal(right) / count - _SLACK
        base_value(enough, "float", number(least))
        base_value(_set(step), "float", worth)
    _set_to(SubElement(condition, "responseElse"), Decimal(0))


def parts(processing: Element, names: Sequence[str]) -> None:
    """Give an equal part for each response that is correct."""
    part = Decimal(1) / max(1, len(names))
    for name in names:
        condition = SubElement(processing, "responseCondition")
        right = SubElement(condition, "responseIf")
        match = SubElement(right, "match")
        SubElement(match, "variable", identifier=name)
        SubElement(match, "correct", identifier=name)
        _add(right, part)


def places(processing: Element, names: Sequence[str]) -> None:
    """Give an equal part for each element that stands in its own place."""
    part = Decimal(1) / max(1, len(names))
    for index, name in enumerate(names, 1):
        condition = SubElement(processing, "responseCondition")
        right = SubElement(condition, "responseIf")
        match = SubElement(right, "match")
        at = SubElement(match, "index", n=str(index))
        SubElement(at, "variable", identifier=RESPONSE)
        base_value(match, "identifier", name)
        _add(right, part)


def _add(parent: Element, part: Decimal) -> None:
    total = SubElement(_set(parent), "sum")
    SubElement(total, "variable", identifier=SCORE)
    base_value(total, "float", number(part))


def tolerances(processing: Element, options: Sequence[OptionContent]) -> None:
    """Give the share of the best accepted number that the response comes near to."""
    condition = SubElement(processing, "responseCondition")
    ranked = sorted(options, key=lambda option: -option.fraction)
    for index, option in enumerate(ranked):
        step = SubElement(condition, "responseElseIf" if index else "responseIf")
        tolerance = option.match or "0"
        mode = "relative" if tolerance.endswith("%") else "absolute"
        equal = SubElement(
            step,
            "equal",
            toleranceMode=mode,
            tolerance=f"{tolerance.rstrip('%')} {tolerance.rstrip('%')}",
        )
        SubElement(equal, "variable", identifier=RESPONSE)
        base_value(equal, "float", option.text)
        _set_to(step, max(Decimal(0), option.fraction))


def patterns(processing: Element, options: Sequence[OptionContent]) -> None:
    """Give the share of the best pattern that the whole response fits."""
    condition = SubElement(processing, "responseCondition")
    ranked = sorted(options, key=lambda option: -option.fraction)
    for index, option in enumerate(ranked):
        step = SubElement(condition, "responseElseIf" if index else "responseIf")
        match = SubElement(step, "patternMatch", pattern=_pattern(option.text))
        SubElement(match, "variable", identifier=RESPONSE)
        _set_to(step, max(Decimal(0), option.fraction))


def _pattern(text: str) -> str:
    """Return a pattern of XML Schema, in which large and small letters are alike."""
    return ".*".join(_either(part) for part in segments(text))


def _either(words: str) -> str:
    signs = []
    for sign in words:
        large, small = sign.upper(), sign.lower()
        if large != small and len(large) == len(small) == 1:
            signs.append(f"[{large}{small}]")
        else:
            signs.append(re.sub(r"[.\\?*+{}()|\[\]^$-]", r"\\\g<0>", sign))
    return "".join(signs)
