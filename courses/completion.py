"""When is a course complete, and how far has somebody come?

Plain Python over facts: no database, no clock. `RULE` is stored with every
completion; a changed rule gets a new number and old completions keep theirs.

The first rule (ARCHITECTURE §8): pre-test submitted, required lessons done,
post-test at or above the pass mark. The action plan is not required.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from courses.kinds import RequirementKind

RULE = 1


@dataclass(frozen=True)
class Requirement:
    """One line of the rule; `pass_mark` in percent where it must be passed."""

    key: str
    kind: str
    pass_mark: Decimal | None = None
    weight: Decimal = Decimal(0)


@dataclass(frozen=True)
class Facts:
    """What one person has done.

    `grades` holds the counting grade in percent (0 to 100) by item key.
    """

    required_lessons: frozenset[str]
    done_lessons: frozenset[str]
    grades: Mapping[str, Decimal]

    @property
    def lessons_done(self) -> int:
        """How many required lessons are done."""
        return len(self.required_lessons & self.done_lessons)


def is_met(requirement: Requirement, facts: Facts) -> bool:
    """Say whether one line of the rule is fulfilled."""
    if requirement.kind == RequirementKind.LESSONS:
        return facts.required_lessons <= facts.done_lessons
    grade = facts.grades.get(requirement.key)
    if grade is None:
        return False
    if requirement.kind == RequirementKind.PASSED:
        return requirement.pass_mark is not None and grade >= requirement.pass_mark
    return True


def is_complete(requirements: Sequence[Requirement], facts: Facts) -> bool:
    """Say whether every line is fulfilled; a rule without lines never is."""
    return bool(requirements) and all(is_met(line, facts) for line in requirements)


def progress(requirements: Sequence[Requirement], facts: Facts) -> int:
    """Return whole percent from 0 to 100; 100 exactly when complete.

    Each required lesson and each other line is one step of the same size.
    """
    if is_complete(requirements, facts):
        return 100
    done = total = 0
    for line in requirements:
        if line.kind == "lessons":
            done += facts.lessons_done
            total += len(facts.required_lessons)
        else:
            done += is_met(line, facts)
            total += 1
    return min(99, 100 * done // total) if total else 0


def final_percent(requirements: Sequence[Requirement], facts: Facts) -> Decimal | None:
    """Return the weighted mean of the grades that count, in percent, two decimals.

    None while a weighted item has no grade, or when nothing carries weight.
    """
    weighted = [line for line in requirements if line.weight]
    if not weighted or any(line.key not in facts.grades for line in weighted):
        return None
    total = sum((line.weight * facts.grades[line.key] for line in weighted), Decimal())
    mean = total / sum((line.weight for line in weighted), Decimal())
    return mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
