"""What the quizzes of a version ask: as published, or as a draft plans them.

A plan is what authors write: lines that name a question or draw so many. Its places
(`SlotContent`) are made from it by publishing and by trying it out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from courses.models import CourseVersion
from lib.transactions import atomic_with_retry
from quizzes.definition.rules import QuizRulesContent, draft_rules, rules_content
from quizzes.models import Question, QuestionBank, Quiz, QuizDraft, QuizSlot

# A slot's key is at most so long.
_SLOT_KEY = 40


@dataclass(frozen=True)
class SlotContent:
    """One place: a fixed `question_key`, or a draw by objective, levels and types."""

    key: str
    question_key: str = ""
    objective_key: str = ""
    levels: Sequence[str] = ()
    types: Sequence[str] = ()
    points: Decimal = Decimal(1)


@dataclass(frozen=True)
class PlanLine:
    """A line of a quiz: one question by its key, or `count` drawn ones.

    A draw takes by objective, levels and types; an empty one of these means any.
    """

    question_key: str = ""
    objective_key: str = ""
    levels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class QuizPlan:
    """A quiz as its author says it. With `asks_all` it asks its whole bank.

    `is_drafted` when publishing makes it anew from these lines.
    """

    key: str
    title: str
    purpose: str
    bank_key: str
    lines: tuple[PlanLine, ...]
    rules: QuizRulesContent
    asks_all: bool = False
    is_drafted: bool = True

    @property
    def count(self) -> int:
        """How many questions the lines ask."""
        return sum(line.count for line in self.lines)


def slots_of(
    lines: Iterable[PlanLine], question_keys: Iterable[str] = ()
) -> list[SlotContent]:
    """Return the places of a quiz: every question named, then line by line.

    A place's key says what stands there, so it stays when other lines move.
    """
    found = [SlotContent(key[:_SLOT_KEY], question_key=key) for key in question_keys]
    numbers: Counter[str] = Counter()
    for line in lines:
        if line.question_key:
            key = line.question_key
            found.append(SlotContent(key[:_SLOT_KEY], question_key=key))
            continue
        stem = "-".join([line.objective_key or "semua", *line.levels]).lower()
        for _place in range(line.count):
            numbers[stem] += 1
            found.append(
                SlotContent(
                    key=f"{stem}-{numbers[stem]}",
                    objective_key=line.objective_key,
                    levels=line.levels,
                    types=line.types,
                )
            )
    return found


def ready_keys(bank_key: str) -> list[str]:
    """Return the keys of what may be asked of a bank now, in order."""
    ready = Question.objects.drawable().filter(bank__key=bank_key)
    return list(ready.order_by("key").values_list("key", flat=True))


def drafted_plans(version: CourseVersion) -> dict[str, QuizPlan]:
    """Return the whole quizzes that a draft holds, by key."""
    rows = version.quiz_drafts.exclude(purpose="").select_related("bank")
    return {row.key: _plan_of_draft(row) for row in rows.order_by("pk")}


def planned_quizzes(version: CourseVersion) -> list[QuizPlan]:
    """Return the quizzes of a version, in the order of its completion rule.

    Of a draft they are those that publishing it will make. A requirement whose quiz
    nobody has made yet is left out.
    """
    is_draft = version.state == CourseVersion.State.DRAFT
    source_id = version.course.current_version_id if is_draft else version.pk
    published = _published_plans(source_id) if source_id else {}
    if not is_draft:
        return list(published.values())
    rules, plans = draft_rules(version), drafted_plans(version)
    found = []
    for row in version.requirements.all():
        plan = plans.get(row.key) or published.get(row.key)
        if plan:
            found.append(replace(plan, rules=rules.get(row.key, plan.rules)))
    return found


def _plan_of_draft(row: QuizDraft) -> QuizPlan:
    return QuizPlan(
        key=row.key,
        title=row.title,
        purpose=row.purpose,
        bank_key=row.bank.key if row.bank else "",
        lines=tuple(
            PlanLine(
                **{
                    **line,
                    "levels": tuple(line["levels"]),
                    "types": tuple(line["types"]),
                }
            )
            for line in row.lines
        ),
        rules=rules_content(row),
        asks_all=row.asks_all,
    )


def _published_plans(version_id: int) -> dict[str, QuizPlan]:
    quizzes = (
        Quiz.objects.of_version(version_id)
        .select_related("grade_item")
        .prefetch_related("slots__question", "slots__bank")
        .order_by("pk")
    )
    return {
        quiz.grade_item.key: _plan_of_quiz(quiz)
        for quiz in quizzes
        if quiz.grade_item is not None
    }


def _plan_of_quiz(quiz: Quiz) -> QuizPlan:
    slots = list(quiz.slots.all())
    return QuizPlan(
        key=quiz.grade_item.key if quiz.grade_item else quiz.key,
        title=quiz.title,
        purpose=quiz.purpose,
        bank_key=slots[0].bank.key if slots else "",
        lines=() if quiz.asks_all else tuple(_lines(slots)),
        rules=rules_content(quiz),
        asks_all=quiz.asks_all,
        is_drafted=False,
    )


def _lines(slots: Sequence[QuizSlot]) -> Iterable[PlanLine]:
    """Put places that are drawn alike, one after the other, into one line."""
    for alike, places in groupby(map(_line, slots)):
        many = list(places)
        if alike.question_key:
            yield from many
        else:
            yield PlanLine(**{**asdict(alike), "count": len(many)})


def _line(slot: QuizSlot) -> PlanLine:
    if slot.question:
        return PlanLine(question_key=slot.question.key)
    return PlanLine(
        objective_key=slot.objective_key,
        levels=tuple(slot.levels),
        types=tuple(slot.types),
    )


@atomic_with_retry
def write_quiz_plan(
    *, version: CourseVersion, plan: QuizPlan, by: User | None, now: datetime
) -> QuizDraft:
    """Keep a whole quiz in a draft; publishing makes it. Locks the course.

    The same plan changes nothing. Raises VersionNotEditable for a published version,
    QuestionBank.DoesNotExist for a bank that is not the course's.
    """
    courses_actions.lock_course(version.course_id)
    version = CourseVersion.objects.get(pk=version.pk)
    courses_actions.check_is_draft(version)
    there = drafted_plans(version).get(plan.key)
    if there == plan:
        return version.quiz_drafts.get(key=plan.key)
    bank = QuestionBank.objects.get(course=version.course_id, key=plan.bank_key)
    draft, _is_new = QuizDraft.objects.update_or_create(
        version=version,
        key=plan.key,
        defaults={
            "purpose": plan.purpose,
            "title": plan.title,
            "bank": bank,
            "asks_all": plan.asks_all,
            "lines": [asdict(line) for line in plan.lines],
            **asdict(plan.rules),
        },
    )
    audit.record("quizzes.plan.drafted", version, by=by, now=now, key=plan.key)
    return draft


@atomic_with_retry
def drop_quiz_plan(
    *, version: CourseVersion, key: str, by: User, now: datetime
) -> None:
    """Forget what a draft says about a quiz. Locks the course.

    Raises VersionNotEditable for a published version.
    """
    courses_actions.lock_course(version.course_id)
    version = CourseVersion.objects.get(pk=version.pk)
    courses_actions.check_is_draft(version)
    gone, _by_model = version.quiz_drafts.filter(key=key).delete()
    if gone:
        audit.record("quizzes.plan.dropped", version, by=by, now=now, key=key)
