"""Kinds and fixed values that pure rules and stored rows share, without Django."""

from datetime import timedelta
from enum import StrEnum

# Days after completion on which a course is asked about again.
FOLLOW_UP_DAYS = (30, 90)
# Fewer people might be recognised by what is told of them (ARCHITECTURE §8).
FEWEST_PEOPLE = 5
# How long after a deadline answers said before it may still arrive (ARCHITECTURE §8).
LATE_WINDOW = timedelta(hours=72)


class Purpose(StrEnum):
    """What a result is used for."""

    PRETEST = "pretest"
    POSTTEST = "posttest"
    PRACTICE = "practice"
    ASSESSMENT = "assessment"


class BankUse(StrEnum):
    """What the questions of a bank are for."""

    PRETEST = "pretest"
    GRADED = "graded"
    PRACTICE = "practice"


class Counting(StrEnum):
    """Which attempt gives the grade."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"


class KeyRelease(StrEnum):
    """When keys may be seen; the field that holds it is called `review`."""

    LEARN = "learn"
    TEST = "test"
    EXAM = "exam"


class Selection(StrEnum):
    """Which attempts of a person item analysis looks at."""

    FIRST = "first"
    LAST = "last"
    BEST = "best"
    ALL = "all"


class QuestionState(StrEnum):
    """draft → ready ⇄ retired; a wording is a draft or ready."""

    DRAFT = "draft"
    READY = "ready"
    RETIRED = "retired"


class AttemptState(StrEnum):
    """in progress → (closed →) submitted. There is no way back.

    Closed is what the deadline ended while a device may still hold answers: nothing is
    marked yet, and nobody can learn anything.
    """

    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    SUBMITTED = "submitted"


class RepairKind(StrEnum):
    """How an answer to a flawed wording is marked."""

    CORRECTED = "corrected"
    DISREGARDED = "disregarded"
    ALL_RIGHT = "all_right"


class Refusal(StrEnum):
    """Why an attempt cannot be started; stable, the words are another's."""

    COURSE_FINISHED = "course_finished"
    LESSONS_FIRST = "lessons_first"
    ALREADY_PASSED = "already_passed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    RESTING = "resting"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    PASSWORD = "password"  # noqa: S105 - the name of a reason
    NOT_READY = "not_ready"
    PRETEST_LOCKED = "pretest_locked"
