"""Kinds and fixed values that pure rules and stored rows share, without Django."""

from enum import StrEnum

# Days after completion on which a course is asked about again.
FOLLOW_UP_DAYS = (30, 90)
# Fewer people might be recognised by what is told of them (ARCHITECTURE §8).
FEWEST_PEOPLE = 5


class Refusal(StrEnum):
    """Why an attempt cannot be started; stable, the words are another's."""

    LESSONS_FIRST = "lessons_first"
    ALREADY_PASSED = "already_passed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    RESTING = "resting"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    PASSWORD = "password"  # noqa: S105 - the name of a reason
    NOT_READY = "not_ready"
