"""Claims that nobody vouches for, and those that were true once.

What they are stands in `claims.yaml`, with the number of `DOMAIN.md` 10.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from lib.findings import FileProblem
from studio.folders.checks.course import Course, Passage

_FILE = Path(__file__).with_name("claims.yaml")
_YEAR = r"\b(?:19|20)\d\d\b"
_NEVER = "never"


@dataclass(frozen=True)
class Claim:
    """A claim: the patterns that a paragraph must all hold to make it.

    `dated` is what turns it into history, None where it may not stand at all.
    """

    number: str
    patterns: tuple[re.Pattern[str], ...]
    dated: re.Pattern[str] | None
    instead: str

    def found_in(self, words: str) -> str:
        """Return those of the words that make the claim; "" where none do."""
        first, *others = self.patterns
        found = first.search(words)
        if found and all(pattern.search(words) for pattern in others):
            return found[0]
        return ""

    def may_stand_in(self, passage: Passage) -> bool:
        """May the claim be made here: as an exercise, or as dated history?"""
        if passage.is_figure_check:
            return True
        return self.dated is not None and bool(self.dated.search(passage.words))


@cache
def load_claims() -> tuple[Claim, ...]:
    """Return the claims of `claims.yaml`."""
    rows = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Claim(
            number=row["claim"],
            patterns=tuple(_pattern(text) for text in row["all"]),
            dated=(None if row["use"] == _NEVER else _pattern(row.get("dated", _YEAR))),
            instead=row["instead"],
        )
        for row in rows
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# Who writes changes one paragraph; the others were looked at a second ago.
@lru_cache(maxsize=2048)
def _claims_in(words: str) -> tuple[tuple[Claim, str], ...]:
    """Return the claims that a passage makes, each with the words that make it."""
    words = " ".join(words.split())
    found = ((claim, claim.found_in(words)) for claim in load_claims())
    return tuple((claim, said) for claim, said in found if said)


def check(course: Course) -> Iterator[FileProblem]:
    """Find claims outside the exercises that check figures."""
    for passage in course.passages:
        for claim, found in _claims_in(passage.words):
            if not claim.may_stand_in(passage):
                yield FileProblem(
                    passage.file,
                    passage.line_of(found),
                    f"“{found}” (pernyataan {claim.number}) tidak dipakai sebagai "
                    f"{'fakta' if claim.dated is None else 'keadaan sekarang'}.",
                    claim.instead,
                )
