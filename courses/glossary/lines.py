"""Glossary entries as lines of text, one "term: meaning" each. Plain Python."""

from collections.abc import Iterable

from courses.content_types import GlossaryEntry
from lib.folding import fold

MOST_ENTRIES, LONGEST_TERM, LONGEST_MEANING = 100, 60, 300
_BETWEEN = ": "


def written_entries(entries: Iterable[GlossaryEntry]) -> str:
    """Return entries as the lines in which they are stored and typed."""
    return "\n".join(f"{entry.term}{_BETWEEN}{entry.meaning}" for entry in entries)


def read_entries_of(text: str) -> tuple[GlossaryEntry, ...]:
    """Return the entries of lines that were checked before they were stored."""
    cut = (line.partition(_BETWEEN) for line in text.splitlines())
    return tuple(GlossaryEntry(term, meaning) for term, _colon, meaning in cut if term)


def typed_entries(text: str) -> list[tuple[int, GlossaryEntry]]:
    """Return what somebody typed, right or wrong, with the number of each line.

    Spaces around and between words do not count; empty lines are passed over.
    """
    lines = enumerate((" ".join(line.split()) for line in text.splitlines()), 1)
    cut = ((number, *line.partition(":")) for number, line in lines if line)
    return [
        (number, GlossaryEntry(term.strip(), meaning.strip()))
        for number, term, _colon, meaning in cut
    ]


def repeated_terms(terms: Iterable[str]) -> list[str]:
    """Return the terms that stood before, whatever their case."""
    seen: set[str] = set()
    repeated = []
    for term in terms:
        folded = fold(term)
        if folded in seen:
            repeated.append(term)
        seen.add(folded)
    return repeated
