"""May a certificate be issued? Plain Python."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EnrollmentFacts:
    """What speaks for or against a certificate."""

    completed_at: datetime | None
    person_name: str


def reasons_against(facts: EnrollmentFacts) -> list[str]:
    """Return the codes of everything that stands in the way; empty: issue it."""
    reasons = []
    if facts.completed_at is None:
        reasons.append("not_complete")
    if not facts.person_name.strip():
        reasons.append("no_name")
    return reasons
