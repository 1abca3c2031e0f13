"""When is a course complete, and how far has somebody come?

Plain Python over facts: no database, no clock. `RULE` is stored with every
completion; a changed rule gets a new number and old completions keep theirs.

The rule (ARCHITECTURE §8): required lessons done, post-test at or above the pass mark.
The pre-test is offered first and holds up nothing: it may be skipped by choice
(`courses.pretest`). The action plan is not required. Rule 1 asked for the pre-test too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from operator import mul

from courses.kinds import RequirementKind
from lib.scores import passes, shown

RULE = 2


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

    `grades` holds the exact score (0 to 100) of the grade by item key, `pass_marks`
    the one under which its evidence began, where that version asked for one.
    """

    required_lessons: frozenset[str]
    done_lessons: frozenset[str]
    grades: Mapping[str, Fraction | Decimal]
    pass_marks: Mapping[str, Decimal] = field(default_factory=dict)

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
        # What began before the item had to be passed is judged by today's version.
        mark = facts.pass_marks.get(requirement.key, requirement.pass_mark)
        return mark is not None and passes(grade, mark)
    return True


def is_complete(requirements: Sequence[Requirement], facts: Facts) -> bool:
    """Say whether every line that must be is fulfilled; without any, nothing is."""
    must = [line for line in requirements if line.kind != RequirementKind.SUBMITTED]
    return bool(must) and all(is_met(line, facts) for line in must)


def progress(requirements: Sequence[Requirement], facts: Facts) -> int:
    """Return whole percent from 0 to 100; 100 exactly when complete.

    Each required lesson and each other line is one step of the same size; what was
    skipped is none, once lessons are done without it.
    """
    if is_complete(requirements, facts):
        return 100
    done = total = 0
    for line in requirements:
        if line.kind == "lessons":
            done += facts.lessons_done
            total += len(facts.required_lessons)
        elif is_met(line, facts):
            done += 1
            total += 1
        elif line.kind != RequirementKind.SUBMITTED or not facts.done_lessons:
            total += 1
    return min(99, 100 * done // total) if total else 0


def final_percent(requirements: Sequence[Requirement], facts: Facts) -> Decimal | None:
    """Return the weighted mean of the grades that count, in percent, as shown.

    The mean is that of the exact scores, rounded once. None while a weighted item has
    no grade, or when nothing carries weight.
    """
    weighted = [line for line in requirements if line.weight]
    if not weighted or any(line.key not in facts.grades for line in weighted):
        return None
    weights = [Fraction(line.weight) for line in weighted]
    scores = [Fraction(facts.grades[line.key]) for line in weighted]
    return shown(sum(map(mul, weights, scores), Fraction(0)) / sum(weights))
