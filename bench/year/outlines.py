"""What authors do in Studio besides publishing: questions, outlines, new courses."""

from dataclasses import replace

from bench.year.content import OBJECTIVES
from bench.year.office import reader
from bench.year.world import World
from courses import actions as courses_actions
from courses.content_types import ObjectiveContent, VersionContent
from courses.models import Course, CourseVersion, Lesson, RetiredLesson
from courses.selectors.content import lesson_content, version_content
from quizzes.models import EnemyPair, Question, QuestionBank, QuestionVersion
from quizzes.questions import Composition
from quizzes.selectors import compositions_of
from studio import actions as studio_actions
from studio.drafts.beginning import CourseStart
from studio.drafts.fingerprints import (
    lesson_fingerprint,
    outline_fingerprint,
    plan_fingerprint,
    settings_fingerprint,
)
from studio.drafts.quizzes import plan_of, requirement_of
from studio.drafts.structure import CourseSettings, OutlineChange
from studio.publishing.readiness import draft_fingerprint
from studio.questions.bulk import RESTORE, RETIRE, TAG, UNTAG, Wanted

# A bank of practice questions keeps so many, so that lessons have something to ask.
_KEPT = 4
_COURSES_MADE = 1
_TEXT = "Pembuka.[^sumber]\n\n## Inti {#inti}\n\nIsi pelajaran pekan %d.\n"


# --- questions -----------------------------------------------------------------------
def compose(world: World) -> None:
    """Say which questions never stand together; sometimes take it back."""
    course = world.chance.choice(world.courses)
    pks = list(
        Question.objects.filter(bank__course=course, bank__use="graded")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    question = Question.objects.select_related("bank").get(pk=world.chance.choice(pks))
    stored = compositions_of(question.bank)
    base = stored[question.key]
    enemies = list(base.enemies)
    if enemies and world.happens(0.4):
        enemies.pop()
    else:
        others = sorted(set(stored) - {question.key, *enemies})
        enemies.append(world.chance.choice(others))
    world.do(
        f"{course.key} {question.key} enemies {len(enemies)}",
        studio_actions.compose_question,
        question_id=question.pk,
        composition=Composition(base.expected, tuple(sorted(enemies))),
        base=base,
        by=reader(world, "author3"),
        now=world.now,
    )
    pairs = EnemyPair.objects.values_list("first", "second")
    world.enemies.append((world.now, frozenset(map(frozenset, pairs))))


def change_questions(world: World) -> None:
    """Withdraw a question, or bring one back; or put a tag on some."""
    course = world.chance.choice(world.courses)
    use = world.chance.choice(("graded", "practice"))
    rows = Question.objects.filter(bank__course=course, bank__use=use).order_by("pk")
    retired = [one.pk for one in rows if one.state == Question.State.RETIRED]
    left = [one.pk for one in rows if one.pk not in retired]
    command = world.chance.choice((RETIRE, RESTORE, TAG, UNTAG))
    if command == RETIRE and len(left) <= _KEPT:
        command = RESTORE
    known = retired if command == RESTORE else left
    if not known:
        return
    if command in {TAG, UNTAG} and not _opened(world, course):
        return
    world.do(
        f"{course.key} {use} {command}",
        studio_actions.change_questions,
        course=course,
        command=command,
        wanted=Wanted(tag="uji" if command in {TAG, UNTAG} else ""),
        question_ids=[world.chance.choice(known)],
        by=reader(world, "author3"),
        now=world.now,
    )
    if command in {TAG, UNTAG}:
        publish_or_discard(world, course, "wording")


def retire_one(world: World) -> None:
    """Withdraw one question on its own page."""
    course = world.chance.choice(world.courses)
    pks = list(
        Question.objects.drawable()
        .filter(bank__course=course, bank__use="graded")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    world.do(
        f"{course.key} graded retire",
        studio_actions.retire_question,
        question_id=world.chance.choice(pks),
        by=reader(world, "author3"),
        now=world.now,
    )


# --- drafts --------------------------------------------------------------------------
def _opened(world: World, course: Course) -> CourseVersion | None:
    draft: CourseVersion | None = world.do(
        course.key,
        studio_actions.open_draft,
        course=Course.objects.select_related("current_version").get(pk=course.pk),
        by=reader(world, "author3"),
        now=world.now,
    )
    return draft


def _content(course: Course) -> VersionContent:
    return version_content(course.versions.get(state=CourseVersion.State.DRAFT))


def publish_or_discard(world: World, course: Course, change: str) -> bool:
    """Publish the draft; what is refused is thrown away. Say whether it was."""
    draft = course.versions.get(state=CourseVersion.State.DRAFT)
    published = world.do(
        f"{course.key} {change} from Studio",
        studio_actions.publish_course,
        course=course,
        change=change,
        seen=draft_fingerprint(course, draft),
        by=reader(world, "author3"),
        now=world.now,
        despite_faults=True,
    )
    if published is None:
        discard(world, course)
    return published is not None


def discard(world: World, course: Course) -> None:
    """Throw a draft away."""
    world.do(
        course.key,
        studio_actions.discard_draft,
        course=course,
        by=reader(world, "author3"),
        now=world.now,
    )


def edit_outline(world: World) -> None:
    """Change the outline of a course: add, move, withdraw, bring back; then publish."""
    course = world.chance.choice(world.courses)
    if not _opened(world, course):
        return
    for _ in range(world.chance.randrange(1, 4)):
        _change_outline(world, course)
    _keep_minutes(world, course)
    publish_or_discard(world, course, "required")


def _change_outline(world: World, course: Course) -> None:
    content = _content(course)
    modules = [one.key for one in content.modules]
    lessons = [one.key for module in content.modules for one in module.lessons]
    gone = list(
        RetiredLesson.objects.filter(version__course=course)
        .exclude(key__in=lessons)
        .order_by("pk")
        .values_list("key", flat=True)
    )
    name = f"Baru {world.week}"
    changes = [
        OutlineChange("module-add", title=name),
        OutlineChange("module-rename", key=world.chance.choice(modules), title=name),
        OutlineChange("module-up", key=world.chance.choice(modules)),
        OutlineChange("module-remove", key=world.chance.choice(modules)),
        OutlineChange("lesson-down", key=world.chance.choice(lessons)),
        OutlineChange("lesson-rename", key=world.chance.choice(lessons), title=name),
        OutlineChange("lesson-place", world.chance.choice(lessons), module=modules[-1]),
    ]
    if len(lessons) < 5:
        changes += [
            OutlineChange("lesson-add", key=world.chance.choice(modules), title=name),
            OutlineChange("lesson-copy", key=world.chance.choice(lessons)),
        ]
    if len(lessons) > 1:
        changes.append(OutlineChange("lesson-retire", key=world.chance.choice(lessons)))
    if gone:
        changes += 3 * [OutlineChange("lesson-restore", key=world.chance.choice(gone))]
    change = world.chance.choice(changes)
    key = world.do(
        f"{course.key} {change.command} {change.key}",
        studio_actions.change_outline,
        course=course,
        change=change,
        base=outline_fingerprint(content),
        by=reader(world, "author3"),
        now=world.now,
    )
    if key and change.command == "lesson-add":
        _write_lesson(world, course, key)


def _write_lesson(world: World, course: Course, key: str) -> None:
    draft = course.versions.get(state=CourseVersion.State.DRAFT)
    row = Lesson.objects.get(version=draft, key=key)
    stored = lesson_content(row)
    world.do(
        f"{course.key} {key}",
        studio_actions.save_lesson,
        lesson_id=row.pk,
        base=lesson_fingerprint(stored),
        draft=studio_actions.LessonDraft(
            title=stored.title,
            summary=stored.summary,
            minutes=5,
            is_required=stored.is_required,
            text=_TEXT % world.week,
        ),
        by=reader(world, "author3"),
        now=world.now,
    )


def _keep_minutes(world: World, course: Course) -> None:
    """Let the minutes be those of the JP again: the plan takes what is left."""
    content = _content(course)
    other = content.minutes - content.plan_minutes
    plan = replace(_settings_of(content), plan_minutes=max(1, 45 * content.jp - other))
    world.do(
        f"{course.key} settings",
        studio_actions.save_settings,
        course=course,
        settings=plan,
        base=settings_fingerprint(content),
        by=reader(world, "author3"),
        now=world.now,
    )


def _settings_of(content: VersionContent) -> CourseSettings:
    return CourseSettings(
        title=content.title,
        summary=content.summary,
        pillar=content.pillar,
        digcomp=tuple(content.digcomp),
        jp=content.jp,
        jp_basis=content.jp_basis,
        objectives=tuple(content.objectives),
        sources=tuple(content.sources),
        plan_title=content.plan_title,
        plan_source=content.plan_source,
        plan_minutes=content.plan_minutes,
        prerequisites=tuple(content.prerequisites),
        glossary=tuple(content.glossary),
    )


# --- courses from nothing ------------------------------------------------------------
def begin_course(world: World) -> None:
    """Begin a course: a copy is published and taken, others are tried and dropped."""
    made = len(world.courses) - world.first_courses
    is_copy = made < _COURSES_MADE and world.week > 4
    source = world.courses[0] if is_copy else None
    template = not is_copy and world.happens(0.6)
    title = f"Kursus pekan {world.week}"
    course = world.do(
        "a copy" if source else "the template" if template else "an empty course",
        studio_actions.begin_course,
        said=CourseStart(
            code=f"BARU-{world.week}",
            title=title,
            summary=f"Kursus untuk simulasi: {title}.",
            pillar="cakap",
            jp=1,
            jp_basis="Kurikulum simulasi",
            objectives=tuple(
                ObjectiveContent(key, "C2", f"Menjelaskan {key}.") for key in OBJECTIVES
            ),
        ),
        unit=world.units[0],
        source=source,
        template=template,
        token=world.new_uuid(),
        by=reader(world, "author3"),
        now=world.now,
    )
    if course is None:
        return
    if source and publish_or_discard(world, course, "first"):
        course.refresh_from_db()
        world.courses.append(course)
        return
    if not source:
        _try_quizzes(world, course)
    _drop(world, course)


def _try_quizzes(world: World, course: Course) -> None:
    """Give a new course a quiz and a bank, change both, and take the quiz out."""
    by = reader(world, "author3")
    plan = world.do(
        course.key,
        studio_actions.add_quiz,
        course=course,
        purpose="posttest",
        by=by,
        now=world.now,
    )
    bank = QuestionBank.objects.filter(course=course, use="graded").get()
    world.do(
        course.key,
        studio_actions.save_bank,
        course=course,
        key=bank.key,
        title=f"{bank.title} baru",
        base=bank.title,
        by=by,
        now=world.now,
    )
    draft = course.versions.get()
    requirement = requirement_of(draft, plan.key)
    if requirement is None:
        world.violate("a quiz without its rule", plan.key, course.key)
        return
    world.do(
        course.key,
        studio_actions.save_quiz,
        course=course,
        plan=replace(plan, title="Tes akhir"),
        requirement=replace(requirement, minutes=20),
        base=plan_fingerprint(plan_of(draft, plan.key), requirement),
        by=by,
        now=world.now,
    )
    draft = course.versions.get()
    world.do(
        course.key,
        studio_actions.remove_quiz,
        course=course,
        key=plan.key,
        base=plan_fingerprint(
            plan_of(draft, plan.key), requirement_of(draft, plan.key)
        ),
        by=by,
        now=world.now,
    )


def _drop(world: World, course: Course) -> None:
    """Throw a course away that nobody has taken; nothing of it may be left."""
    if course.versions.exists():
        discard(world, course)
    if Course.objects.filter(pk=course.pk).exists():
        world.do(
            course.key,
            courses_actions.delete_course,
            course_id=course.pk,
            by=reader(world, "author3"),
            now=world.now,
        )
    left = QuestionVersion.objects.filter(question__bank__key__startswith=course.key)
    if left.exists():
        world.violate("something is left of a dropped course", course.key, course.key)
