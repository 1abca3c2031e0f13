"""Whether the banks of a course can fill its quizzes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from courses.models import Course, CourseVersion
from quizzes.definition.blueprint import Supply, always_together, shortages
from quizzes.definition.plans import PlanLine, QuizPlan, planned_quizzes
from quizzes.exceptions import NoPaperLeft
from quizzes.models import EnemyPair, Question, QuestionVersion, Quiz


@dataclass(frozen=True)
class DrawnRow:
    """A line of a quiz that draws."""

    objective: str
    levels: tuple[str, ...]
    types: tuple[str, ...]
    count: int


def drawn_rows(lines: Iterable[PlanLine]) -> list[DrawnRow]:
    """Return the lines of a quiz that draw."""
    return [
        DrawnRow(line.objective_key, line.levels, line.types, line.count)
        for line in lines
        if not line.question_key
    ]


def supplies(
    bank_key: str, *, with_drafts: bool, without: Collection[int] = ()
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
    versions = list(
        QuestionVersion.objects.filter(
            question__bank__key=bank_key,
            question__state__in=question_states,
            pk=Subquery(newest),
        )
        .exclude(question__in=without)
        .select_related("question")
    )
    keys = {version.question_id: version.question.key for version in versions}
    enemies: dict[int, list[str]] = {pk: [] for pk in keys}
    pairs = EnemyPair.objects.filter(first__in=list(keys), second__in=list(keys))
    for first, second in pairs.values_list("first", "second"):
        enemies[first].append(keys[second])
        enemies[second].append(keys[first])
    return [
        Supply(
            version.question.key,
            version.objective_key,
            version.level,
            version.type,
            enemies[version.question_id],
        )
        for version in versions
    ]


def quizzes_of(version_id: int) -> list[Quiz]:
    """Return the quizzes of a published version with their places."""
    return list(
        Quiz.objects.of_version(version_id)
        .select_related("grade_item")
        .prefetch_related("slots")
        .order_by("pk")
    )


@dataclass(frozen=True)
class FillingProblem:
    """A quiz from whose bank no paper can be drawn: why, and what to do."""

    quiz: QuizPlan
    message: str
    remedy: str


def filling_problems(
    course: Course, *, with_drafts: bool, without: Collection[int] = ()
) -> list[FillingProblem]:
    """Return what keeps the quizzes of a course from having a paper.

    With drafts they are judged as publishing the draft of the course would leave them,
    else as they are published.
    """
    drafts = course.versions.filter(state=CourseVersion.State.DRAFT)
    version = (drafts.first() if with_drafts else None) or course.current_version
    if version is None:
        return []
    return [
        problem
        for plan in planned_quizzes(version)
        for problem in _problems(plan, with_drafts, without)
    ]


def check_still_filled(course: Course, before: Collection[FillingProblem]) -> None:
    """Refuse what has just left a quiz of the published version without a paper.

    `before` are the problems there were already. Call it in the transaction that made
    the change, with the course locked. Raises NoPaperLeft.
    """
    known = {problem.quiz.key for problem in before}
    for problem in filling_problems(course, with_drafts=False):
        if problem.quiz.key not in known:
            raise NoPaperLeft("no_paper", f"{problem.message} {problem.remedy}")


def left_to_draw(plan: QuizPlan, pool: Iterable[Supply]) -> list[Supply]:
    """Return what draws may take: a question that a line names is taken already."""
    named = {line.question_key for line in plan.lines}
    return [supply for supply in pool if supply.key not in named]


def _problems(
    plan: QuizPlan, with_drafts: bool, without: Collection[int]
) -> Iterator[FillingProblem]:
    pool = supplies(plan.bank_key, with_drafts=with_drafts, without=without)
    if plan.is_drafted:
        yield from _missing_questions(plan, pool)
    for short in shortages(drawn_rows(plan.lines), left_to_draw(plan, pool)):
        yield FillingProblem(plan, f"{plan.title}: {short.words}", short.remedy)
    asked = {line.question_key for line in plan.lines}
    for one, other in always_together(
        supply for supply in pool if plan.asks_all or supply.key in asked
    ):
        yield FillingProblem(
            plan,
            f"{plan.title} selalu menanyakan {one} dan {other}, yang saling menjawab.",
            "Ubah salah satu soalnya, lalu lepas pasangannya.",
        )


def _missing_questions(
    plan: QuizPlan, pool: Collection[Supply]
) -> Iterator[FillingProblem]:
    """Say what a drafted quiz names that is not there, or that it names nothing."""
    there = {supply.key for supply in pool}
    for line in plan.lines:
        if line.question_key and line.question_key not in there:
            yield FillingProblem(
                plan,
                f"{plan.title} memakai soal {line.question_key}, yang sudah tidak ada.",
                "Keluarkan barisnya dari kuis, atau kembalikan soalnya.",
            )
    if not (plan.lines or (plan.asks_all and pool)):
        yield FillingProblem(
            plan, f"{plan.title} belum punya soal.", "Tambahkan soal yang cocok."
        )
