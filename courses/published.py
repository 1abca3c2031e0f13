"""Published content, remembered by each process.

A published version never changes, so what was read once is right for ever. Drafts
must not come here.
"""

from dataclasses import dataclass
from functools import lru_cache

from courses.models import CourseVersion, GradeItem, LessonPart


@dataclass(frozen=True)
class LessonOutline:
    """A lesson's place in its version."""

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

    @property
    def lessons(self) -> tuple[LessonOutline, ...]:
        """All lessons in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def lesson(self, key: str) -> LessonOutline | None:
        """Return the lesson called `key`."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


@lru_cache(maxsize=256)
def outline_of(version_id: int) -> VersionOutline:
    """Return the outline of a published version; four queries, then none."""
    version = CourseVersion.objects.get(pk=version_id, state="published")
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
    )


@lru_cache(maxsize=1024)
def parts_of(lesson_id: int) -> tuple[LessonPart, ...]:
    """Return the rendered parts of a lesson of a published version."""
    return tuple(LessonPart.objects.filter(lesson_id=lesson_id))


def forget() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    outline_of.cache_clear()
    parts_of.cache_clear()
