"""Published content, remembered by each process.

A published version never changes, so what was read once is right for ever. Drafts
must not come here.
"""

from dataclasses import dataclass
from functools import lru_cache

from courses.completion import Requirement
from courses.models import CourseVersion, GradeItem, LessonPart, NewPart
from courses.selectors.facts import requirements_of


@dataclass(frozen=True)
class RenewedPart:
    """A part for which a lesson is read again, and how long reading it takes."""

    key: str
    minutes: int


@dataclass(frozen=True)
class LessonOutline:
    """A lesson's place in its version; `renewed` are its newest required parts."""

    pk: int
    key: str
    number: str
    title: str
    summary: str
    minutes: int
    is_required: bool
    byte_size: int
    references_html: str
    module_key: str
    renewed: tuple[RenewedPart, ...] = ()


@dataclass(frozen=True)
class ModuleOutline:
    """A module and its lessons in order."""

    key: str
    position: int
    title: str
    lessons: tuple[LessonOutline, ...]

    @property
    def minutes(self) -> int:
        """Planned time of the lessons."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class VersionOutline:
    """Everything about a version but the text of its lessons."""

    version: CourseVersion
    modules: tuple[ModuleOutline, ...]
    grade_items: tuple[GradeItem, ...]
    objectives: tuple[tuple[str, str], ...]
    requirements: tuple[Requirement, ...]

    @property
    def lessons(self) -> tuple[LessonOutline, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def requirement(self, key: str) -> Requirement | None:
        """Return the line of the completion rule about `key`."""
        return next((line for line in self.requirements if line.key == key), None)

    def lesson(self, key: str) -> LessonOutline | None:
        """Return the lesson called `key`."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


@lru_cache(maxsize=256)
def outline_of(version_id: int) -> VersionOutline:
    """Return the outline of a published version; six queries, then none."""
    version = CourseVersion.objects.get(pk=version_id, state="published")
    renewed = _renewed_parts(version)
    modules = tuple(
        ModuleOutline(
            key=module.key,
            position=module.position,
            title=module.title,
            lessons=tuple(
                LessonOutline(
                    pk=lesson.pk,
                    key=lesson.key,
                    number=lesson.number,
                    title=lesson.title,
                    summary=lesson.summary,
                    minutes=lesson.minutes,
                    is_required=lesson.is_required,
                    byte_size=lesson.byte_size,
                    references_html=lesson.references_html,
                    module_key=module.key,
                    renewed=renewed.get((lesson.key, lesson.read_since), ()),
                )
                for lesson in module.lessons.all()
            ),
        )
        for module in version.modules.prefetch_related("lessons")
    )
    return VersionOutline(
        version=version,
        modules=modules,
        grade_items=tuple(version.grade_items.all()),
        objectives=tuple(version.objectives.values_list("key", "text")),
        requirements=tuple(requirements_of(version_id)),
    )


def _renewed_parts(
    version: CourseVersion,
) -> dict[tuple[str, int], tuple[RenewedPart, ...]]:
    """Return parts by lesson and the number of the version that brought them."""
    found: dict[tuple[str, int], tuple[RenewedPart, ...]] = {}
    parts = NewPart.objects.filter(
        course=version.course_id, version__number__lte=version.number
    )
    for part in parts.select_related("version"):
        place = part.lesson_key, part.version.number
        renewed = RenewedPart(part.part_key, part.minutes)
        found[place] = (*found.get(place, ()), renewed)
    return found


@lru_cache(maxsize=1024)
def parts_of(lesson_id: int) -> tuple[LessonPart, ...]:
    """Return the rendered parts of a lesson of a published version."""
    return tuple(LessonPart.objects.filter(lesson_id=lesson_id))


def forget() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    outline_of.cache_clear()
    parts_of.cache_clear()
