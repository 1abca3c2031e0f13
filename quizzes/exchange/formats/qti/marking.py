"""Response processing of QTI 2.1: how a response becomes a score from 0 to 1.

Every score is written out. An engine computes in floating point, may round what it
computed to three places, and may lose its decimal point where the browser speaks
Indonesian; so sums are only compared, half-way between those that can occur.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from quizzes.exchange.formats.qti.writing import (
    COUNT,
    RESPONSE,
    SCORE,
    base_value,
    number,
)

Test = Callable[[Element], object]
"""Adds an expression that is true or false to the branch of a condition."""

_ZERO, _ONE = Decimal(0), Decimal(1)


def _set_to(parent: Element, value: Decimal) -> None:
    rule = SubElement(parent, "setOutcomeValue", identifier=SCORE)
    base_value(rule, "float", number(value))


def answered(processing: Element, name: str = RESPONSE) -> Element:
    """Open a condition whose first branch is no answer; branches are added to it.

    An engine may end in an exception where an expression meets no value.
    """
    condition = SubElement(processing, "responseCondition")
    nothing = SubElement(condition, "responseIf")
    SubElement(SubElement(nothing, "isNull"), "variable", identifier=name)
    _set_to(nothing, _ZERO)
    return condition


def steps(processing: Element, tests: Iterable[tuple[Test, Decimal]]) -> None:
    """Give what the first test that holds is worth; no answer earns nothing."""
    condition = answered(processing)
    _branches(condition, "responseElseIf", tests)
    _set_to(SubElement(condition, "responseElse"), _ZERO)


def _branches(
    condition: Element, name: str, tests: Iterable[tuple[Test, Decimal]]
) -> None:
    for test, worth in tests:
        step = SubElement(condition, name)
        test(step)
        _set_to(step, worth)


def at_least(least: Decimal, add: Test) -> Test:
    """Return the test whether what `add` computes is at least so much."""

    def test(parent: Element) -> None:
        enough = SubElement(parent, "gte")
        add(enough)
        base_value(enough, "float", number(least))

    return test


def map_response(parent: Element) -> Element:
    """Add the sum of what the mapping gives."""
    return SubElement(parent, "mapResponse", identifier=RESPONSE)


def is_correct(name: str = RESPONSE) -> Test:
    """Return the test for exactly what is correct (the standard's match_correct)."""

    def test(parent: Element) -> None:
        match = SubElement(parent, "match")
        SubElement(match, "variable", identifier=name)
        SubElement(match, "correct", identifier=name)

    return test


def summed(processing: Element, worths: Mapping[Decimal, Decimal]) -> None:
    """Give what the mapping's sum is worth; `worths` has every sum that can occur."""
    steps(
        processing,
        [(at_least(least, map_response), worth) for least, worth in lowest(worths)],
    )


def lowest(worths: Mapping[Decimal, Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Return from which sum on each worth is earned, the best first.

    More never earns less. Each limit lies half-way to the next lower sum, so that no
    rounding crosses it.
    """
    found = []
    below, earned = -_ONE, _ZERO
    for total in sorted(worths):
        if worths[total] > earned:
            earned = worths[total]
            found.append(((below + total) / 2, earned))
        below = total
    return found[::-1]


def as_they_are(sums: Iterable[Decimal]) -> dict[Decimal, Decimal]:
    """Return sums that are worth what they are."""
    return {_ZERO: _ZERO, **{total: total for total in sums}}


def parts(count: int) -> dict[Decimal, Decimal]:
    """Return what so many equal parts can sum up to."""
    return as_they_are(Decimal(right) / max(1, count) for right in range(count + 1))


def all_or_nothing(processing: Element) -> None:
    """Ask for exactly what is correct."""
    steps(processing, [(is_correct(), _ONE)])


def nothing_chosen(processing: Element) -> None:
    """Give the mark for choosing nothing: no value, or a container without one."""
    condition = SubElement(processing, "responseCondition")
    right = SubElement(condition, "responseIf")
    SubElement(SubElement(right, "isNull"), "variable", identifier=RESPONSE)
    _set_to(right, _ONE)

    def size(parent: Element) -> None:
        within = SubElement(parent, "containerSize")
        SubElement(within, "variable", identifier=RESPONSE)

    _branches(condition, "responseElseIf", [(at_least(_ONE, size), _ZERO)])
    _set_to(SubElement(condition, "responseElse"), _ONE)


def each_gap(processing: Element, names: Sequence[str]) -> None:
    """Give an equal part for each response that is correct."""
    for name in names:
        condition = SubElement(processing, "responseCondition")
        nothing = SubElement(condition, "responseIf")
        SubElement(SubElement(nothing, "isNull"), "variable", identifier=name)
        _count(nothing, 0)
        right = SubElement(condition, "responseElseIf")
        is_correct(name)(right)
        _count(right, 1)
    _give_counted(processing, len(names))


def places(processing: Element, points: Sequence[Mapping[str, int]], most: int) -> None:
    """Give points / `most` for what stands at each place of an ordered response."""
    given = SubElement(answered(processing), "responseElse")
    for index, worths in enumerate(points, 1):
        condition = SubElement(given, "responseCondition")
        for at, (name, amount) in enumerate(worths.items()):
            branch = "responseElseIf" if at else "responseIf"
            right = SubElement(condition, branch)
            match = SubElement(right, "match")
            place = SubElement(match, "index", n=str(index))
            SubElement(place, "variable", identifier=RESPONSE)
            base_value(match, "identifier", name)
            _count(right, amount)
    _give_counted(processing, most)


def _count(parent: Element, amount: int) -> None:
    rule = SubElement(parent, "setOutcomeValue", identifier=COUNT)
    total = SubElement(rule, "sum")
    SubElement(total, "variable", identifier=COUNT)
    base_value(total, "integer", str(amount))


def _give_counted(processing: Element, most: int) -> None:
    condition = SubElement(processing, "responseCondition")
    for counted in range(most, 0, -1):
        step = SubElement(
            condition, "responseIf" if counted == most else "responseElseIf"
        )
        enough = SubElement(step, "gte")
        SubElement(enough, "variable", identifier=COUNT)
        base_value(enough, "integer", str(counted))
        _set_to(step, Decimal(counted) / most)


def ranges(
    processing: Element, accepted: Iterable[tuple[Decimal, Decimal, Decimal]]
) -> None:
    """Give the best worth of the ranges (from, to, worth) that the number lies in.

    Not `equal` with a tolerance, which not every engine reads. From one range to the
    next the worth grows, so the last one that holds is the best.
    """
    given = SubElement(answered(processing), "responseElse")
    for low, high, worth in accepted:
        parent = given
        for name, limit in (("gte", low), ("lte", high)):
            condition = SubElement(parent, "responseCondition")
            parent = SubElement(condition, "responseIf")
            inside = SubElement(parent, name)
            SubElement(inside, "variable", identifier=RESPONSE)
            base_value(inside, "float", number(limit))
        _set_to(parent, worth)
