"""Whether the banks of a course can fill its quizzes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from courses.models import Course
from quizzes.models import Question, QuestionVersion, Quiz, QuizSlot
from studio.quizzes.blueprint import Supply, shortages


@dataclass(frozen=True)
class DrawnRow:
    """Places of a quiz that are drawn alike."""

    objective: str
    levels: tuple[str, ...]
    count: int


def drawn_rows(slots: Iterable[QuizSlot]) -> list[DrawnRow]:
    """Return the places of a quiz that are filled by a draw, row by row."""
    rows: list[DrawnRow] = []
    for slot in slots:
        if slot.question_id is not None:
            continue
        row = DrawnRow(slot.objective_key, tuple(slot.levels), 1)
        if rows and (rows[-1].objective, rows[-1].levels) == (
            row.objective,
            row.levels,
        ):
            row = DrawnRow(row.objective, row.levels, rows.pop().count + 1)
        rows.append(row)
    return rows


def supplies(
    bank_id: int, *, with_drafts: bool, without: Collection[int] = ()
) -> list[Supply]:
    """Return the questions that a draw may take, with drafts as after publishing."""
    states = [QuestionVersion.State.READY]
    question_states = [Question.State.READY]
    if with_drafts:
        states.append(QuestionVersion.State.DRAFT)
        question_states.append(Question.State.DRAFT)
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"), state__in=states)
        .order_by("-number")
        .values("pk")[:1]
    )
    versions = (
        QuestionVersion.objects.filter(
            question__bank=bank_id,
            question__state__in=question_states,
            pk=Subquery(newest),
        )
        .exclude(question__in=without)
        .values_list("question__key", "objective_key", "level")
    )
    return [Supply(*row) for row in versions]


def quizzes_of(version_id: int) -> list[Quiz]:
    """Return the quizzes of a published version with their places."""
    return list(
        Quiz.objects.of_version(version_id)
        .select_related("grade_item")
        .prefetch_related("slots")
        .order_by("pk")
    )


def filling_problems(
    course: Course, *, with_drafts: bool, without: Collection[int] = ()
) -> list[tuple[Quiz, str]]:
    """Return the quizzes that might not find enough questions, each with why."""
    if course.current_version_id is None:
        return []
    found = []
    for quiz in quizzes_of(course.current_version_id):
        slots = list(quiz.slots.all())
        if not slots:
            continue
        pool = supplies(slots[0].bank_id, with_drafts=with_drafts, without=without)
        for row, fitting in shortages(drawn_rows(slots), pool):
            levels = ", ".join(row.levels)
            found.append(
                (
                    quiz,
                    f"{quiz.title} butuh {row.count} soal {row.objective} ({levels}), "
                    f"yang cocok {fitting}.",
                )
            )
    return found
