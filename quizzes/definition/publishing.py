"""Quizzes of a published course version."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from courses.models import CourseVersion, GradeItem
from quizzes.definition.plans import (
    QuizPlan,
    SlotContent,
    drafted_plans,
    ready_keys,
    slots_of,
)
from quizzes.definition.rules import draft_rules
from quizzes.models import Question, QuestionBank, Quiz, QuizSlot


@dataclass(frozen=True)
class QuizContent:
    """A quiz as a course folder or a draft describes it; times in seconds.

    With `asks_all` later versions ask the questions written by then, too.
    """

    key: str
    title: str
    purpose: str
    bank_key: str
    slots: Sequence[SlotContent]
    review: str = Quiz.Review.TEST
    time_limit: int | None = None
    attempts_per_block: int | None = None
    cooldown: int = 0
    counting: str = Quiz.Counting.BEST
    asks_all: bool = False
    shuffles_questions: bool = True
    shuffles_options: bool = True


@transaction.atomic
def create_quiz(*, grade_item: GradeItem, content: QuizContent) -> Quiz:
    """Make the quiz of a grade item; a second call returns the first one's.

    Raises Question.DoesNotExist or QuestionBank.DoesNotExist for unknown keys.
    """
    existing = Quiz.objects.filter(grade_item=grade_item).first()
    if existing:
        return existing
    bank = QuestionBank.objects.get(key=content.bank_key)
    quiz = Quiz.objects.create(
        grade_item=grade_item,
        key=content.key,
        title=content.title,
        purpose=content.purpose,
        review=content.review,
        counting=content.counting,
        time_limit_seconds=content.time_limit,
        attempts_per_block=content.attempts_per_block,
        cooldown_seconds=content.cooldown,
        asks_all=content.asks_all,
        shuffles_questions=content.shuffles_questions,
        shuffles_options=content.shuffles_options,
    )
    QuizSlot.objects.bulk_create(
        QuizSlot(
            quiz=quiz,
            key=slot.key,
            position=position,
            bank=bank,
            question=Question.objects.get(bank=bank, key=slot.question_key)
            if slot.question_key
            else None,
            objective_key=slot.objective_key,
            levels=list(slot.levels),
            types=list(slot.types),
            points=slot.points,
        )
        for position, slot in enumerate(content.slots, 1)
    )
    return quiz


@transaction.atomic
def publish_quizzes(
    *, source: CourseVersion | None, target: CourseVersion
) -> list[Quiz]:
    """Give every grade item of `target` its quiz: as drafted for it, or the one its
    namesake has in `source`.

    A quiz that asks every question of its bank asks those that are ready by now too.
    Rules that were drafted for `target` take the place of the old ones.
    """
    plans = drafted_plans(target)
    made = [
        create_quiz(grade_item=item, content=_content(plans[item.key]))
        if item.key in plans
        else _copy_quiz(item, source)
        for item in target.grade_items.all()
    ]
    target.quiz_drafts.all().delete()
    return made


def _content(plan: QuizPlan) -> QuizContent:
    rules = plan.rules
    return QuizContent(
        key=plan.key,
        title=plan.title,
        purpose=plan.purpose,
        bank_key=plan.bank_key,
        slots=slots_of(plan.lines, ready_keys(plan.bank_key) if plan.asks_all else ()),
        asks_all=plan.asks_all,
        review=rules.review,
        counting=rules.counting,
        time_limit=rules.time_limit_seconds,
        attempts_per_block=rules.attempts_per_block,
        cooldown=rules.cooldown_seconds,
        shuffles_questions=rules.shuffles_questions,
        shuffles_options=rules.shuffles_options,
    )


def _copy_quiz(item: GradeItem, source: CourseVersion | None) -> Quiz:
    if source is None:
        raise AssertionError("A first version has no quiz to copy.")
    original = Quiz.objects.of_version(source.pk).get(grade_item__key=item.key)
    slots = list(original.slots.all())
    original.pk = None
    original._state.adding = True
    original.grade_item = item
    rules = draft_rules(item.version).get(item.key)
    if rules:
        for name, value in asdict(rules).items():
            setattr(original, name, value)
    original.save()
    for slot in slots:
        slot.pk = None
        slot._state.adding = True
        slot.quiz = original
    QuizSlot.objects.bulk_create(slots)
    if original.asks_all:
        _ask_new_questions(original, slots)
    return original


def _ask_new_questions(quiz: Quiz, slots: Sequence[QuizSlot]) -> None:
    there = {slot.question_id for slot in slots}
    banks = {slot.bank_id for slot in slots}
    ready = Question.objects.drawable().filter(bank__in=banks)
    QuizSlot.objects.bulk_create(
        QuizSlot(
            quiz=quiz,
            key=question.key,
            position=position,
            bank_id=question.bank_id,
            question=question,
        )
        for position, question in enumerate(ready.exclude(pk__in=there), len(slots) + 1)
    )
