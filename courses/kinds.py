"""Kinds that pure rules and stored rows share, without Django.

The models' choices are built from these and add the words for people.
"""

from enum import StrEnum


class PillarCode(StrEnum):
    """The four pillars of digital literacy (DOMAIN §7.1)."""

    CAKAP = "cakap"
    AMAN = "aman"
    ETIKA = "etika"
    BUDAYA = "budaya"


class LevelCode(StrEnum):
    """Levels of the revised Bloom taxonomy as curricula write them."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"


class VersionState(StrEnum):
    """draft → published. There is no way back."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ReachCode(StrEnum):
    """Which units may refer to what another one owns."""

    NOBODY = "nobody"
    BELOW = "below"
    EVERYBODY = "everybody"


class EnrollmentState(StrEnum):
    """active ⇄ withdrawn; completion is a time, not a state."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class RequirementKind(StrEnum):
    """What must have happened."""

    LESSONS = "lessons"
    SUBMITTED = "submitted"
    PASSED = "passed"


class GradeKind(StrEnum):
    """What something that is graded is for."""

    PRETEST = "pretest"
    POSTTEST = "posttest"


class ReviewState(StrEnum):
    """open → approved, changes or withdrawn."""

    OPEN = "open"
    APPROVED = "approved"
    CHANGES = "changes"
    WITHDRAWN = "withdrawn"


class PlannedState(StrEnum):
    """waiting → published, stopped or cancelled."""

    WAITING = "waiting"
    PUBLISHED = "published"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
