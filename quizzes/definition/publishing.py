"""Quizzes of a published course version."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from courses.models import CourseVersion, GradeItem
from quizzes.definition.rules import draft_rules
from quizzes.models import Question, QuestionBank, Quiz, QuizSlot


@dataclass(frozen=True)
class SlotContent:
    """One place: a fixed `question_key`, or a draw by objective and levels."""

    key: str
    question_key: str = ""
    objective_key: str = ""
    levels: Sequence[str] = ()
    points: Decimal = Decimal(1)


@dataclass(frozen=True)
class QuizContent:
    """A quiz as a course folder describes it; times in seconds."""

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
            points=slot.points,
        )
        for position, slot in enumerate(content.slots, 1)
    )
    return quiz


@transaction.atomic
def copy_quizzes(*, source: CourseVersion, target: CourseVersion) -> list[Quiz]:
    """Give every grade item of `target` the quiz its namesake has in `source`.

    A quiz that asks every question of its bank asks those that are ready by now too.
    Rules that were drafted for `target` take the place of the old ones.
    """
    copies = []
    drafted = draft_rules(target)
    for item in target.grade_items.all():
        original = Quiz.objects.of_version(source.pk).get(grade_item__key=item.key)
        slots = list(original.slots.all())
        original.pk = None
        original._state.adding = True
        original.grade_item = item
        if item.key in drafted:
            for name, value in asdict(drafted[item.key]).items():
                setattr(original, name, value)
        original.save()
        for slot in slots:
            slot.pk = None
            slot._state.adding = True
            slot.quiz = original
        QuizSlot.objects.bulk_create(slots)
        _ask_new_questions(original, slots)
        copies.append(original)
    target.quiz_drafts.all().delete()
    return copies


def questions_asked(slots: Sequence[QuizSlot]) -> list[Question]:
    """Return what a quiz asks that asks every question of its bank; else nothing."""
    if not slots or any(slot.question_id is None for slot in slots):
        return []
    return list(Question.objects.drawable().filter(bank=slots[0].bank_id))


def _ask_new_questions(quiz: Quiz, slots: Sequence[QuizSlot]) -> None:
    there = {slot.question_id for slot in slots}
    new = [one for one in questions_asked(slots) if one.pk not in there]
    QuizSlot.objects.bulk_create(
        QuizSlot(
            quiz=quiz,
            key=question.key,
            position=position,
            bank_id=question.bank_id,
            question=question,
        )
        for position, question in enumerate(new, len(slots) + 1)
    )
