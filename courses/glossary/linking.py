"""Where terms first stand in the HTML of a lesson. Plain Python."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from courses.content_types import GlossaryEntry

# A list under a lesson stays a short one; further terms are on the page of all.
MOST_IN_A_LESSON = 10
# Words of these elements are left as they are, and so is every tag.
_LEFT = "a|abbr|button|code|h[1-6]|pre|summary|svg"
_TAG = rf"<(?P<left>{_LEFT})\b.*?</(?P=left)>|<[^>]*>"


@dataclass(frozen=True)
class LinkedTerm:
    """A term that a lesson uses; `anchor` is its place in the list under it."""

    anchor: str
    term: str
    meaning: str


class TermLinker:
    """Leads from where a term first stands to its meaning, through a whole lesson.

    Holds what it has found: take a new one for each lesson.
    """

    def __init__(self, entries: Sequence[GlossaryEntry]) -> None:
        self._known = {_form(entry.term): entry for entry in entries}
        self._pattern = _pattern_of(tuple(entry.term for entry in entries))
        self._found: dict[str, LinkedTerm] = {}

    @property
    def found(self) -> tuple[LinkedTerm, ...]:
        """The terms that were found, in the order of the alphabet."""
        return tuple(sorted(self._found.values(), key=lambda one: one.term.casefold()))

    def html(self, html: str) -> str:
        """Return sanitised HTML with a link where a term stands first."""
        return self._pattern.sub(self._link, html) if self._known else html

    def _link(self, found: re.Match[str]) -> str:
        words = found["term"]
        form = _form(words or "")
        if not words or form in self._found or len(self._found) == MOST_IN_A_LESSON:
            return found[0]
        entry = self._known.get(form)
        if entry is None:
            return found[0]
        anchor = f"arti.{len(self._found) + 1}"
        self._found[form] = LinkedTerm(anchor, entry.term, entry.meaning)
        return f'<a class="m-term" href="#{anchor}">{words}</a>'


def _form(term: str) -> str:
    """Return how a term is told from others: short forms by case, words without."""
    return term if _is_short_form(term) else term.casefold()


def _is_short_form(term: str) -> bool:
    return sum(letter.isupper() for letter in term) > 1 and " " not in term


@lru_cache(maxsize=256)
def _pattern_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a tag or a term; the longest term that fits is taken."""
    return re.compile(
        rf"{_TAG}|(?<![\w.@/-])(?P<term>{_any_of(terms)})(?![\w@/])",
        re.DOTALL,
    )


def _any_of(terms: Iterable[str]) -> str:
    longest_first = sorted(terms, key=len, reverse=True)
    return "|".join(
        re.escape(term) if _is_short_form(term) else f"(?i:{re.escape(term)})"
        for term in longest_first
    )
