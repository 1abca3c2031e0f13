"""What authors do: publish, repair, change rules, open and close quizzes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from bench.year.content import CHECKED_ON, lesson
from bench.year.office import reader
from bench.year.world import World
from courses import actions as courses_actions
from courses.content_types import LessonContent, RequirementContent, VersionContent
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from quizzes import actions as quizzes_actions
from quizzes.definition.conditions import ConditionContent
from quizzes.definition.rules import rules_content
from quizzes.models import Question, QuestionVersion, Quiz, Repair
from quizzes.selectors import content_of
from studio import actions as studio_actions
from studio.publishing.readiness import draft_fingerprint

_WEEKS_BETWEEN_CYCLES = 9


def publish(world: World) -> None:
    """Publish a course anew: one of the three kinds of change, by chance."""
    course = _fresh(world.chance.choice(world.courses))
    change = world.chance.choices(
        ("wording", "required", "cycle"), weights=(43, 43, 14)
    )[0]
    if change == "cycle" and not _may_begin_cycle(world, course):
        change = "required"
    what, content = _changed(world, course, change)
    draft = world.do(
        f"{course.key} {change}: {what}",
        courses_actions.write_version,
        course=course,
        content=content,
        by=reader(world, "author3"),
        now=world.now,
    )
    if draft is None:
        return
    if change == "required" and world.happens(0.35):
        _change_rules(world, course, draft)
    if world.happens(0.5):
        _reword_question(world, course)
    _publish(world, course, draft, change, what)


def _publish(
    world: World, course: Course, draft: CourseVersion, change: str, what: str
) -> None:
    published = world.do(
        f"{course.key} {change}: {what}",
        studio_actions.publish_course,
        course=course,
        change=change,
        seen=draft_fingerprint(course, draft),
        by=reader(world, "author3"),
        now=world.now,
        # Courses this small lack what the checks ask for; sometimes nobody says so.
        despite_faults=world.happens(0.95),
    )
    if published is None:
        world.do(
            course.key,
            studio_actions.discard_draft,
            course=course,
            by=reader(world, "author3"),
            now=world.now,
        )


def _fresh(course: Course) -> Course:
    return Course.objects.select_related("current_version").get(pk=course.pk)


def _may_begin_cycle(world: World, course: Course) -> bool:
    last = course.versions.filter(change__in=("first", "cycle")).latest("number")
    weeks = timedelta(weeks=_WEEKS_BETWEEN_CYCLES / world.pace)
    return last.published_at is not None and world.now - last.published_at > weeks


# --- what is changed ----------------------------------------------------------------
def _changed(world: World, course: Course, change: str) -> tuple[str, VersionContent]:
    """Return what the next version says, and that in words.

    A change of wording sometimes smuggles in another condition: that must be refused.
    """
    current = course.current_version
    if current is None:
        raise AssertionError("The course of the simulation is published.")
    content = version_content(current)
    if change == "wording":
        kinds: Sequence[Any] = (
            _new_title,
            _new_words,
            _new_words,
            _other_mark,
            _other_jp,
        )
    else:
        kinds = (_new_lesson, _new_lesson, _no_lesson, _other_mark, _optional_lesson)
    return world.chance.choice(kinds)(world, content)


def _new_title(world: World, content: VersionContent) -> tuple[str, VersionContent]:
    base = content.title.partition(" (")[0]
    return "title", replace(content, title=f"{base} ({world.week})")


def _new_words(world: World, content: VersionContent) -> tuple[str, VersionContent]:
    def reworded(one: LessonContent) -> LessonContent:
        part = one.parts[-1]
        text = f"## Inti {{#inti}}\n\nIsi pelajaran pekan {world.week}."
        return replace(one, parts=[*one.parts[:-1], replace(part, source=text)])

    lessons = list(content.modules[0].lessons)
    lessons[0] = reworded(lessons[0])
    return "words", _with_lessons(content, lessons)


def _new_lesson(world: World, content: VersionContent) -> tuple[str, VersionContent]:
    lessons = list(content.modules[0].lessons)
    if len(lessons) >= 5:
        return _no_lesson(world, content)
    known = {one.key for one in lessons}
    # One that was there before and comes back, or one that is new.
    first = 1 if world.happens(0.5) else world.week + 10
    number = next(n for n in count(first) if f"pelajaran-{n}" not in known)
    lessons.append(lesson(number))
    return f"lesson {number}", _with_lessons(content, lessons)


def _no_lesson(world: World, content: VersionContent) -> tuple[str, VersionContent]:
    lessons = list(content.modules[0].lessons)
    if len(lessons) < 2:
        return _new_lesson(world, content)
    gone = lessons.pop(world.chance.randrange(len(lessons)))
    return f"without {gone.key}", _with_lessons(content, lessons)


def _optional_lesson(
    world: World, content: VersionContent
) -> tuple[str, VersionContent]:
    lessons = list(content.modules[0].lessons)
    at = world.chance.randrange(len(lessons))
    lessons[at] = replace(lessons[at], is_required=not lessons[at].is_required)
    if not any(one.is_required for one in lessons):
        return _new_lesson(world, content)
    return f"{lessons[at].key} required or not", _with_lessons(content, lessons)


def _other_mark(world: World, content: VersionContent) -> tuple[str, VersionContent]:
    mark = Decimal(world.chance.choice((50, 60, 70, 75, 80)))

    def changed(row: RequirementContent) -> RequirementContent:
        return replace(row, pass_mark=mark) if row.kind == "passed" else row

    requirements = [changed(row) for row in content.requirements]
    return f"pass mark {mark}", replace(content, requirements=requirements)


def _other_jp(_world: World, content: VersionContent) -> tuple[str, VersionContent]:
    jp = 3 - content.jp
    minutes = content.plan_minutes + 45 * (jp - content.jp)
    return f"{jp} JP", replace(content, jp=jp, plan_minutes=minutes)


def _with_lessons(
    content: VersionContent, lessons: Sequence[LessonContent]
) -> VersionContent:
    before = content.minutes
    modules = [replace(content.modules[0], lessons=lessons)]
    changed = replace(content, modules=modules)
    plan = changed.plan_minutes + before - changed.minutes
    return replace(changed, plan_minutes=plan)


def _change_rules(world: World, course: Course, draft: CourseVersion) -> None:
    quiz = Quiz.objects.get(
        grade_item__version=course.current_version_id, key="posttest"
    )
    rules = replace(
        rules_content(quiz),
        counting=world.chance.choice(("best", "last", "first")),
        review=world.chance.choice(("test", "learn", "exam")),
    )
    world.do(
        f"{course.key} {rules.counting}, {rules.review}",
        quizzes_actions.set_quiz_rules,
        version=draft,
        key="posttest",
        rules=rules,
        by=reader(world, "author3"),
        now=world.now,
    )


# --- questions ----------------------------------------------------------------------
def _reword_question(world: World, course: Course) -> None:
    """Write a new wording of a question; a draft is open."""
    version = _some_wording(world, course)
    if version is None:
        return
    content = content_of(version)
    stem = f"{content.stem.partition(' (')[0]} (pekan {world.week})"
    world.do(
        f"{course.key} {content.key}",
        studio_actions.save_question,
        bank=version.question.bank,
        content=replace(content, stem=stem, checked_on=CHECKED_ON),
        base=version.content_hash,
        by=reader(world, "author3"),
        now=world.now,
    )


def _some_wording(world: World, course: Course) -> QuestionVersion | None:
    """Return the newest wording of a graded question."""
    pks = list(
        Question.objects.drawable()
        .filter(bank__course=course, bank__use="graded")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    question_pk = world.chance.choice(pks)
    versions = QuestionVersion.objects.filter(question=question_pk)
    version: QuestionVersion | None = (
        versions.select_related("question__bank__course")
        .prefetch_related("options")
        .order_by("-number")
        .first()
    )
    return version


def repair(world: World) -> None:
    """Say that a wording that people got is flawed."""
    course = _fresh(world.chance.choice(world.courses))
    asked = (
        QuestionVersion.objects.filter(
            question__bank__course=course, attempt_items__isnull=False
        )
        .order_by("pk")
        .distinct()
    )
    pks = list(asked.values_list("pk", flat=True))
    if not pks:
        return
    version = (
        QuestionVersion.objects.select_related("question__bank")
        .prefetch_related("options")
        .get(pk=world.chance.choice(pks))
    )
    kind = world.chance.choice(
        (Repair.Kind.CORRECTED, Repair.Kind.DISREGARDED, Repair.Kind.ALL_RIGHT)
    )
    correction = None
    if kind == Repair.Kind.CORRECTED:
        correction = _correct(world, course, version)
        if correction is None:
            return
    world.do(
        f"{course.key} {version.question.key} v{version.number} {kind}",
        quizzes_actions.repair_question,
        version=version,
        kind=kind,
        correction=correction,
        reason="Kunci keliru",
        by=reader(world, "author3"),
        now=world.now,
    )


def _correct(
    world: World, course: Course, version: QuestionVersion
) -> QuestionVersion | None:
    """Publish a wording with another key, as a change of words."""
    newest = (
        QuestionVersion.objects.filter(question=version.question_id)
        .select_related("question__bank")
        .prefetch_related("options")
        .order_by("-number")[0]
    )
    content = content_of(newest)
    if content.type != "single_choice":
        return None
    right = world.chance.choice([one.key for one in content.options])
    options = [
        replace(one, fraction=Decimal(one.key == right)) for one in content.options
    ]
    draft = world.do(
        f"{course.key} wording: key of {content.key}",
        studio_actions.open_draft,
        course=course,
        by=reader(world, "author3"),
        now=world.now,
    )
    written = draft and world.do(
        f"{course.key} {content.key}",
        studio_actions.save_question,
        bank=newest.question.bank,
        content=replace(content, options=options, checked_on=CHECKED_ON),
        base=newest.content_hash,
        by=reader(world, "author3"),
        now=world.now,
    )
    if not draft:
        return None
    _publish(world, course, draft, "wording", f"key of {content.key}")
    if written is None or written.pk == newest.pk:
        return None
    found = QuestionVersion.objects.filter(pk=written.pk, state="ready")
    return found.prefetch_related("options").first()


# --- from day to day ----------------------------------------------------------------
def set_window(world: World) -> None:
    """Close a quiz on a day, or open it again, while people sit in it."""
    course = world.chance.choice(world.courses)
    content = ConditionContent()
    what = "always open"
    if world.happens(0.35):
        days = world.chance.randrange(1, 12)
        content = ConditionContent(closes_on=world.today() + timedelta(days=days))
        what = f"closes in {days} days"
    world.do(
        f"{course.key} {what}",
        quizzes_actions.set_condition,
        course=course,
        quiz_key="posttest",
        content=content,
        by=reader(world, "author3"),
        now=world.now,
    )
