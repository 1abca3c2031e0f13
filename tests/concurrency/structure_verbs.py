"""The verbs that make a course and change its structure, made ready for the drill."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from courses.content_types import ObjectiveContent, VersionContent
from courses.selectors.content import version_content
from studio import actions
from studio.actions import CourseSettings, CourseStart, OutlineChange
from studio.drafts.fingerprints import (
    outline_fingerprint,
    plan_fingerprint,
    settings_fingerprint,
)
from studio.drafts.quizzes import plan_of, requirement_of

if TYPE_CHECKING:
    from tests.concurrency.studio_drill import Drill

Call = Callable[[], Any]
START = CourseStart(
    code="K9",
    title="Kursus Baru",
    summary="Ringkas.",
    pillar="cakap",
    jp=2,
    jp_basis="Dasar",
    objectives=(ObjectiveContent("t1", "C2", "Menjelaskan contoh."),),
)


def begin_course(drill: "Drill") -> Call:
    token = uuid4()
    return lambda: actions.begin_course(
        said=START,
        unit=drill.world.agency,
        template=True,
        token=token,
        by=drill.author,
        now=drill.now,
    )


def change_outline(drill: "Drill") -> Call:
    base = outline_fingerprint(version_content(drill.fresh_draft()))
    change = OutlineChange("lesson-copy", "satu")
    return lambda: actions.change_outline(
        course=drill.course, change=change, base=base, by=drill.author, now=drill.now
    )


def settings_of(content: VersionContent, **over: Any) -> CourseSettings:
    """Return the settings that a version has."""
    names = CourseSettings.__annotations__
    return CourseSettings(**{**{n: getattr(content, n) for n in names}, **over})


def save_settings(drill: "Drill") -> Call:
    content = version_content(drill.fresh_draft())
    said = settings_of(content, summary=f"Ringkasan ke-{drill.number}")
    return lambda: actions.save_settings(
        course=drill.course,
        settings=said,
        base=settings_fingerprint(content),
        by=drill.author,
        now=drill.now,
    )


def add_quiz(drill: "Drill") -> Call:
    remove_quiz(drill)()
    return lambda: actions.add_quiz(
        course=drill.course, purpose="posttest", by=drill.author, now=drill.now
    )


def save_quiz(drill: "Drill") -> Call:
    draft = drill.fresh_draft()
    plan, row = plan_of(draft, "posttest"), requirement_of(draft, "posttest")
    assert plan
    assert row
    return lambda: actions.save_quiz(
        course=drill.course,
        plan=replace(plan, lines=(), asks_all=True),
        requirement=replace(row, minutes=row.minutes + 1),
        base=plan_fingerprint(plan, row),
        by=drill.author,
        now=drill.now,
    )


def remove_quiz(drill: "Drill") -> Call:
    draft = drill.fresh_draft()
    base = plan_fingerprint(
        plan_of(draft, "posttest"), requirement_of(draft, "posttest")
    )
    return lambda: actions.remove_quiz(
        course=drill.course, key="posttest", base=base, by=drill.author, now=drill.now
    )


def save_bank(drill: "Drill") -> Call:
    drill.fresh_draft()
    return lambda: actions.save_bank(
        course=drill.course,
        title=f"Bank {drill.number}",
        use="practice",
        by=drill.author,
        now=drill.now,
    )


STRUCTURE_VERBS: dict[str, Callable[["Drill"], Call]] = {
    "begin_course": begin_course,
    "change_outline": change_outline,
    "save_settings": save_settings,
    "add_quiz": add_quiz,
    "save_quiz": save_quiz,
    "remove_quiz": remove_quiz,
    "save_bank": save_bank,
}
