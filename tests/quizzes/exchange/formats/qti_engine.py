"""A small engine of QTI 2.1: marks a response as the standard says.

Only what our items use, and strictly: an expression that meets no value where it needs
one raises, as some engines do.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from quizzes.exchange.formats.qti.writing import NAMESPACE

_Q = f"{{{NAMESPACE}}}"

Said = Mapping[str, str | list[str]]
"""What was answered, by response variable; a missing one was left blank."""


class Engine:
    """Marks one item."""

    def __init__(self, item: Element) -> None:
        self._item = item
        self._values = {}
        self._responses = {
            one.get("identifier"): one for one in item.iter(f"{_Q}responseDeclaration")
        }

    def outcomes(self, said: Said) -> dict[str, str]:
        """Return every outcome after the response processing."""
        self._values = dict(said)
        for one in self._item.iter(f"{_Q}outcomeDeclaration"):
            self._values[one.get("identifier")] = one.findtext(f"{_Q}*/{_Q}value")
        (processing,) = self._item.iter(f"{_Q}responseProcessing")
        self._run(processing)
        return {
            name: value
            for name, value in self._values.items()
            if name not in self._responses
        }

    def _run(self, rules) -> None:
        for rule in rules:
            if _name(rule) == "setOutcomeValue":
                self._values[rule.get("identifier")] = self._value(rule[0])
            elif _name(rule) == "responseCondition":
                self._run(self._branch(rule))

    def _branch(self, condition) -> list[Element]:
        for branch in condition:
            if _name(branch) == "responseElse":
                return list(branch)
            if self._value(branch[0]):
                return list(branch)[1:]
        return []

    def _value(self, expression):
        return getattr(self, f"_{_name(expression)}")(expression)

    def _operands(self, expression):
        values = [self._value(child) for child in expression]
        assert all(value not in (None, []) for value in values), "met no value"
        return values

    def _variable(self, expression):
        return self._values.get(expression.get("identifier"))

    def _baseValue(self, expression):  # noqa: N802
        return expression.text

    def _isNull(self, expression):  # noqa: N802
        return self._value(expression[0]) in (None, [], "")

    def _correct(self, expression):
        response = self._responses[expression.get("identifier")]
        values = [one.text for one in response.iter(f"{_Q}value")]
        return values if response.get("cardinality") != "single" else values[0]

    def _match(self, expression):
        first, second = (self._value(child) for child in expression)
        if isinstance(first, list) and expression[0].tag == f"{_Q}variable":
            name = expression[0].get("identifier")
            if self._responses[name].get("cardinality") == "multiple":
                return sorted(first) == sorted(second)
        return first == second

    def _index(self, expression):
        (values,) = self._operands(expression)
        at = int(expression.get("n")) - 1
        return values[at] if at < len(values) else None

    def _sum(self, expression):
        return str(sum(int(value) for value in self._operands(expression)))

    def _containerSize(self, expression):  # noqa: N802
        return str(len(self._value(expression[0]) or []))

    def _gte(self, expression):
        first, second = map(float, self._operands(expression))
        return first >= second

    def _lte(self, expression):
        first, second = map(float, self._operands(expression))
        return first <= second

    def _stringMatch(self, expression):  # noqa: N802
        first, second = self._operands(expression)
        if expression.get("caseSensitive") == "false":
            return first.casefold() == second.casefold()
        return first == second

    def _patternMatch(self, expression):  # noqa: N802
        (value,) = self._operands(expression)
        return re.fullmatch(expression.get("pattern"), value) is not None

    def _mapResponse(self, expression):  # noqa: N802
        name = expression.get("identifier")
        said = self._values[name]
        given = set(said) if isinstance(said, list) else {said}
        (mapping,) = self._responses[name].iter(f"{_Q}mapping")
        total = 0.0
        for value in given:
            total += next(
                (float(e.get("mappedValue")) for e in mapping if _fits(e, value)), 0.0
            )
        low, high = (float(mapping.get(f"{end}Bound")) for end in ("lower", "upper"))
        return str(min(high, max(low, total)))


def _fits(entry: Element, value: str) -> bool:
    key = entry.get("mapKey")
    if entry.get("caseSensitive") == "false":
        return key.casefold() == value.casefold()
    return key == value


def _name(element: Element) -> str:
    return element.tag.removeprefix(_Q)
