"""Read a version back as the values it was written from."""

from courses.content_types import (
    LessonContent,
    ModuleContent,
    ObjectiveContent,
    PartContent,
    RequirementContent,
    SourceContent,
    VersionContent,
)
from courses.glossary.lines import read_entries_of
from courses.models import CourseVersion, Lesson, Module


def lesson_content(lesson: Lesson) -> LessonContent:
    """Return one lesson as a value."""
    return LessonContent(
        key=lesson.key,
        title=lesson.title,
        minutes=lesson.minutes,
        summary=lesson.summary,
        is_required=lesson.is_required,
        parts=[
            PartContent(key=part.key, title=part.title, source=part.source)
            for part in lesson.parts.all()
        ],
    )


def _module_content(module: Module) -> ModuleContent:
    return ModuleContent(
        key=module.key,
        title=module.title,
        lessons=[lesson_content(lesson) for lesson in module.lessons.all()],
    )


def version_content(version: CourseVersion) -> VersionContent:
    """Return the whole version as a value, in a constant number of queries.

    `write_version` of the result gives a version that says the same.
    """
    modules = version.modules.prefetch_related("lessons__parts")
    return VersionContent(
        title=version.title,
        summary=version.summary,
        pillar=version.pillar,
        digcomp=version.digcomp,
        jp=version.jp,
        jp_basis=version.jp_basis,
        objectives=[
            ObjectiveContent(key=row.key, level=row.level, text=row.text)
            for row in version.objectives.all()
        ],
        modules=[_module_content(module) for module in modules],
        sources=[
            SourceContent(
                key=row.key,
                text=row.text,
                checked_on=row.checked_on,
                url=row.url,
                dated_on=row.dated_on,
            )
            for row in version.sources.all()
        ],
        requirements=[
            RequirementContent(
                key=row.key,
                kind=row.kind,
                pass_mark=row.pass_mark,
                weight=row.weight,
                minutes=row.minutes,
            )
            for row in version.requirements.all()
        ],
        plan_title=version.plan_title,
        plan_source=version.plan_source,
        plan_minutes=version.plan_minutes,
        prerequisites=tuple(version.prerequisites.splitlines()),
        glossary=read_entries_of(version.glossary),
    )
