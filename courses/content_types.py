"""A course version as values: what a folder or Studio hands to `write_version`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ObjectiveContent:
    """A learning objective."""

    key: str
    level: str
    text: str


@dataclass(frozen=True)
class PartContent:
    """A part of a lesson, in Markdown with its heading line."""

    key: str
    title: str
    source: str


@dataclass(frozen=True)
class LessonContent:
    """A lesson; `minutes` is planned time."""

    key: str
    title: str
    minutes: int
    parts: Sequence[PartContent]
    summary: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class ModuleContent:
    """An ordered part of the course."""

    key: str
    title: str
    lessons: Sequence[LessonContent]


@dataclass(frozen=True)
class SourceContent:
    """A cited source; `dated_on` is a year or an ISO date."""

    key: str
    text: str
    checked_on: date
    url: str = ""
    dated_on: str = ""


@dataclass(frozen=True)
class GlossaryEntry:
    """A term and what it means, each in one line; the term has no colon."""

    term: str
    meaning: str


@dataclass(frozen=True)
class RequirementContent:
    """One line of the completion rule; `pass_mark` in percent."""

    key: str
    kind: str
    pass_mark: Decimal | None = None
    weight: Decimal = Decimal(0)
    minutes: int = 0


@dataclass(frozen=True)
class GradeItemContent:
    """Something the version will grade once it is published."""

    key: str
    kind: str
    title: str
    summary: str = ""
    opens_after_lessons: bool = False


@dataclass(frozen=True)
class VersionContent:
    """Everything a version says about itself."""

    title: str
    summary: str
    pillar: str
    digcomp: Sequence[int]
    jp: int
    jp_basis: str
    objectives: Sequence[ObjectiveContent]
    modules: Sequence[ModuleContent]
    sources: Sequence[SourceContent]
    requirements: Sequence[RequirementContent]
    plan_title: str = ""
    plan_source: str = ""
    plan_minutes: int = 0
    # Sentences: what somebody should know or have done before.
    prerequisites: Sequence[str] = ()
    glossary: Sequence[GlossaryEntry] = ()
    content_hash: str = field(default="", compare=False)

    @property
    def minutes(self) -> int:
        """Planned time of everything: lessons, graded items and the plan."""
        lessons = sum(
            lesson.minutes for module in self.modules for lesson in module.lessons
        )
        graded = sum(requirement.minutes for requirement in self.requirements)
        return lessons + graded + self.plan_minutes
