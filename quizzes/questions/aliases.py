"""Names that options go by in the form of a graded attempt; plain Python.

Authors' own keys may be the answer: a, b, c in the right order, or `row-1` beside
`choice-1`. Hence a form names an option by its position in the attempt's own order,
which shows no more than the page does. No key begins with the sign of an alias.
"""

from collections.abc import Mapping, Sequence

_SIGN = "_"


class Aliases:
    """The aliases of an attempt's options; those outside `order` keep their keys."""

    def __init__(self, order: Sequence[str]) -> None:
        self._aliases = {
            key: f"{_SIGN}{position}" for position, key in enumerate(order)
        }
        self._keys = {alias: key for key, alias in self._aliases.items()}

    def alias_of(self, key: str) -> str:
        """Return what a form calls the option."""
        return self._aliases.get(key, key)

    def said(self, posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Return a posted form by the options' own keys.

        What is no alias stays as it is; for typed text this function is not meant.
        """
        return {
            self._name(name): [self._keys.get(value, value) for value in values]
            for name, values in posted.items()
        }

    def _name(self, field: str) -> str:
        answer, _stop, alias = field.partition("-")
        return f"{answer}-{self._keys[alias]}" if alias in self._keys else field
