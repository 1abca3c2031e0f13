"""The facts, read as plain rows, and what was known in the weeks before.

Nothing here and in the invariants calls the rule that it judges: rows are read as
they are, and added up in plain Python.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import AuditRecord, Unit, UnitMembership, UnitPlacement, User
from bench.year.learners import Learners
from bench.year.world import World
from certificates.models import Certificate, CertificateMail, Revocation
from courses.models import (
    Assignment,
    CompletionRequirement,
    Course,
    CourseVersion,
    Enrollment,
    GradeEntry,
    JpEntry,
    Lesson,
    LessonCompletion,
    UnitCourseRollup,
)
from quizzes.models import (
    Attempt,
    AttemptItem,
    AttemptVisit,
    LateAcceptance,
    Option,
    QuestionVersion,
    Quiz,
    Repair,
    RepairNotice,
    RepairOutcome,
    ResponseSave,
)

Row = dict[str, Any]
# What it is about, and what is wrong.
Problem = tuple[str, str]
Problems = Iterator[Problem]


def rows_of(model: Any, **where: Any) -> list[Row]:
    """Return every row as it is stored, oldest first."""
    return list(model._default_manager.filter(**where).order_by("pk").values())


def by(rows: list[Row], *names: str) -> dict[Any, list[Row]]:
    """Return the rows in groups."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        key = tuple(row[name] for name in names)
        groups[key if len(names) > 1 else key[0]].append(row)
    return groups


@dataclass
class Memory:
    """What earlier weeks knew, so that what must not change can be compared."""

    world: World
    learners: Learners
    places: dict[int, Row] = field(default_factory=dict)
    attempts: dict[int, Row] = field(default_factory=dict)
    # Of each table of facts: the newest row, and a hash of all up to it.
    prefixes: dict[str, tuple[int, str]] = field(default_factory=dict)
    past_reports: dict[tuple[str, date], list[Any]] = field(default_factory=dict)
    last_audit: int = 0
    last_seal: int = 0
    seal_hash: str = ""
    mails: int = 0
    marked: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    # Attempts whose paper was looked at.
    papers: set[int] = field(default_factory=set)


class Facts:
    """The stored rows of one moment."""

    def __init__(self, world: World) -> None:
        self.now = world.now
        self.names = {one.pk: one.name for one in world.people}
        self.people = {row["id"]: row for row in rows_of(User)}
        self.units = {row["id"]: row for row in rows_of(Unit)}
        self.memberships = by(rows_of(UnitMembership), "person_id")
        self.placements = by(rows_of(UnitPlacement), "unit_id")
        self.courses = {row["id"]: row for row in rows_of(Course)}
        self.versions = {row["id"]: row for row in rows_of(CourseVersion)}
        self.lessons = by(rows_of(Lesson), "version_id")
        self.requirements = by(rows_of(CompletionRequirement), "version_id")
        quizzes = list(
            Quiz.objects.order_by("pk").values(
                "id", "key", "purpose", "counting", "grade_item__version_id"
            )
        )
        self.quizzes = {row["id"]: row for row in quizzes}
        self.quiz_of = {
            (row["grade_item__version_id"], row["key"]): row for row in quizzes
        }
        self.places = {row["id"]: row for row in rows_of(Enrollment)}
        self.done = by(rows_of(LessonCompletion), "enrollment_id")
        self.grades = by(rows_of(GradeEntry), "enrollment_id", "item_key")
        self.jp = rows_of(JpEntry)
        self.certificates = rows_of(Certificate)
        self.mailed_at = {
            row["certificate_id"]: row["sent_at"] for row in rows_of(CertificateMail)
        }
        self.revoked = {row["certificate_id"] for row in rows_of(Revocation)}
        self.orders = rows_of(Assignment, cancelled_at=None)
        self.rollups = {
            (row["unit_id"], row["course_id"]): row for row in rows_of(UnitCourseRollup)
        }
        self.attempts = {row["id"]: row for row in rows_of(Attempt)}
        self.items = by(rows_of(AttemptItem), "attempt_id")
        self.saves = by(rows_of(ResponseSave), "attempt_id")
        self.wordings = {row["id"]: row for row in rows_of(QuestionVersion)}
        self.options = by(rows_of(Option), "version_id")
        self.repairs = by(rows_of(Repair), "question_version_id")
        self.outcomes = rows_of(RepairOutcome)
        self.outcomes_of = by(self.outcomes, "attempt_id")
        self.notices = rows_of(RepairNotice)
        self.marked = {
            row["object_id"]: row["at"]
            for row in self.records(("quizzes.attempt.submitted",))
        }
        # Of those that the deadline ended while answers could still come.
        self.ended = {
            row["object_id"]: row["at"]
            for row in self.records(("quizzes.attempt.closed",))
        }
        self.visits = by(rows_of(AttemptVisit), "attempt_id")
        self.accepted = {
            row["late_save_id"]: row["accepted_at"] for row in rows_of(LateAcceptance)
        }
        self.sittings = by(
            [row for row in self.attempts.values() if row["state"] == "submitted"],
            "enrollment_id",
            "quiz_key",
        )

    # --- names -----------------------------------------------------------------------
    def about(self, place: Row) -> str:
        """Return what events call an enrolment."""
        name = self.names.get(place["person_id"], "?")
        return f"{name} {self.courses[place['course_id']]['key']}"

    # --- the organisation ------------------------------------------------------------
    def today(self, zone: str) -> date:
        """Return the day in a zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()

    def unit_of(self, person_id: int, day: date | None = None) -> int | None:
        """Return the unit that a person belonged to on a day; today without one."""
        rows = self.memberships.get(person_id, [])
        if day is None:
            day = self.today(self.people[person_id]["time_zone"])
        begun = [row for row in rows if row["starts_on"] <= day]
        if not begun:
            return None
        last = max(
            begun, key=lambda row: (row["starts_on"], row["recorded_at"], row["id"])
        )
        found: int = last["unit_id"]
        return found

    def above(self, unit_id: int) -> list[int]:
        """Return a unit and those above it, as the parents say."""
        found = []
        step: int | None = unit_id
        while step is not None:
            found.append(step)
            step = self.units[step]["parent_id"]
        return found

    def below(self, unit_id: int) -> set[int]:
        """Return a unit and those below it."""
        return {one for one in self.units if unit_id in self.above(one)}

    def due(self, unit_id: int) -> dict[int, date]:
        """Return the earliest day by which each ordered course is due in a unit."""
        days: dict[int, date] = {}
        above = set(self.above(unit_id))
        for row in self.orders:
            if row["unit_id"] in above:
                course = row["course_id"]
                days[course] = min(days.get(course, row["due_on"]), row["due_on"])
        return days

    def active_people(self, unit_ids: set[int]) -> list[Row]:
        """Return who belongs to these units today and may sign in."""
        return [
            row
            for row in self.people.values()
            if row["is_active"] and self.unit_of(row["id"]) in unit_ids
        ]

    # --- courses ---------------------------------------------------------------------
    def required(self, version_id: int) -> set[str]:
        """Return the keys of the lessons that a version asks for."""
        rows = self.lessons.get(version_id, [])
        return {row["key"] for row in rows if row["is_required"]}

    def lessons_done(self, place: Row, version_id: int, by: Any = None) -> set[str]:
        """Return what she read `by` then, but for what had a required part added."""
        since = {
            row["key"]: row["read_since"] for row in self.lessons.get(version_id, [])
        }
        return {
            row["lesson_key"]
            for row in self.done.get(place["id"], [])
            if (by is None or row["completed_at"] <= by)
            and self.versions[row["version_id"]]["number"]
            >= since.get(row["lesson_key"], 0)
        }

    def pass_mark(self, version_id: int, quiz_key: str) -> Any:
        """Return the pass mark of a version's test; None where nothing is passed."""
        rows = self.requirements.get(version_id, [])
        return next((r["pass_mark"] for r in rows if r["key"] == quiz_key), None)

    def records(self, verbs: tuple[str, ...], *, since: int = 0) -> list[Row]:
        """Return what the audit trail says of these verbs."""
        return rows_of(AuditRecord, verb__in=verbs, pk__gt=since)


def moment(value: Any) -> datetime:
    """Return a moment that must be there."""
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no moment.")
    return value
