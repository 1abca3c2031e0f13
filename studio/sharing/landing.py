"""How a question of another course reads in this one. Plain Python.

Its wording is its owner's; what it tests is said by the course that asks it. Sources
that it cites come along.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from courses.content_types import SourceContent, VersionContent
from quizzes.questions import QuestionContent

# As long as keys of sources may be.
_KEY = 80


@dataclass(frozen=True)
class Landing:
    """The course that a question comes from, and the one that it comes to."""

    origin: VersionContent
    here: VersionContent
    prefix: str

    def objective(self, key: str) -> str:
        """Return the objective of this course that says the same, "" without one."""
        theirs = {row.key: row.text for row in self.origin.objectives}
        ours = {row.key: row.text for row in self.here.objectives}
        return key if key in ours and ours[key] == theirs.get(key) else ""

    def source(self, key: str) -> str:
        """Return what a source of theirs is called here: its own name where it is free
        or means the same, else one with the course before it.
        """
        ours = {row.key: row for row in self.here.sources}
        theirs = {row.key: row for row in self.origin.sources}
        if key not in ours or _is_same(ours[key], theirs.get(key)):
            return key
        return f"{self.prefix}-{key}"[:_KEY]

    def new_sources(self, keys: set[str]) -> tuple[SourceContent, ...]:
        """Return those of their sources that this course does not have yet."""
        there = {row.key for row in self.here.sources}
        rows = {
            self.source(row.key): row for row in self.origin.sources if row.key in keys
        }
        return tuple(
            replace(row, key=key) for key, row in rows.items() if key not in there
        )


def _is_same(ours: SourceContent, theirs: SourceContent | None) -> bool:
    if theirs is None:
        return False
    return ours.text == theirs.text or bool(ours.url and ours.url == theirs.url)


def landed(
    content: QuestionContent,
    landing: Landing,
    *,
    keys: Mapping[str, str],
    objective: str,
) -> QuestionContent:
    """Return a question as this course has it.

    `keys` says what their questions are called here; an `objective` that was chosen
    here stays.
    """
    enemies = content.composition.enemies
    return replace(
        content,
        key=keys[content.key],
        objective_key=objective or landing.objective(content.objective_key),
        source_keys=tuple(landing.source(key) for key in content.source_keys),
        composition=replace(
            content.composition,
            enemies=tuple(sorted(keys[key] for key in enemies if key in keys)),
        ),
    )
