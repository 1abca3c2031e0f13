"""Where a question is used: quizzes that name or may draw it, and lessons."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Course, LessonPart
from quizzes.models import Question, QuestionBank, QuestionVersion, QuizSlot
from studio.fetching import working_version
from studio.lessons.checking import checks_in


@dataclass(frozen=True)
class Use:
    """One place, in words; `url` is empty where Studio has no page for it."""

    words: str
    url: str = ""


def uses_of(course: Course, question: Question, newest: QuestionVersion) -> list[Use]:
    """Return where the question stands in what people have now, or in the draft."""
    if question.state == Question.State.RETIRED:
        return []
    if question.bank.use == QuestionBank.Use.PRACTICE:
        here = _lessons(course, question)
    else:
        here = _quizzes(course, question, newest)
    return [*here, *uses_elsewhere(question)]


def uses_elsewhere(question: Question) -> list[Use]:
    """Return the courses of other units that repeat this question, and whose."""
    echoes = (
        Question.objects.filter(origin=question)
        .exclude(state=Question.State.RETIRED)
        .select_related("bank__course__current_version", "bank__unit")
        .order_by("bank__unit__name", "pk")
    )
    return [
        Use(
            _("%(course)s, %(unit)s, sebagai bank rujukan")
            % {"course": title_of(echo.bank.course), "unit": echo.bank.unit.name}
        )
        for echo in echoes
        if echo.bank.course is not None
    ]


def title_of(course: Course) -> str:
    """Return a course as others know it."""
    current = course.current_version
    return current.title if current else course.code


def _quizzes(
    course: Course, question: Question, newest: QuestionVersion
) -> Iterator[Use]:
    slots = QuizSlot.objects.filter(
        quiz__grade_item__version=course.current_version_id, bank=question.bank
    ).select_related("quiz")
    fixed, drawn = {}, {}
    for slot in slots:
        if slot.question_id == question.pk:
            fixed[slot.quiz_id] = slot.quiz.title
        elif slot.question_id is None and _fits(slot, newest):
            drawn[slot.quiz_id] = slot.quiz.title
    yield from (Use(f"{title}, selalu muncul") for title in fixed.values())
    for quiz_id, title in drawn.items():
        if quiz_id not in fixed:
            yield Use(f"{title}, dapat terambil acak")


def _fits(slot: QuizSlot, newest: QuestionVersion) -> bool:
    return (
        (not slot.objective_key or slot.objective_key == newest.objective_key)
        and (not slot.levels or newest.level in slot.levels)
        and (not slot.types or newest.type in slot.types)
    )


def _lessons(course: Course, question: Question) -> Iterator[Use]:
    version = working_version(course)
    parts = (
        LessonPart.objects.filter(
            lesson__version=version, source__contains=question.key
        )
        .select_related("lesson")
        .order_by("lesson__number", "position")
    )
    lessons = {
        part.lesson.key: part.lesson
        for part in parts
        if any(check.name == question.key for check in checks_in(part.source))
    }
    for lesson in lessons.values():
        url = reverse("studio:lesson_edit", args=[course.key, lesson.key])
        yield Use(f"Pelajaran {lesson.number}, {lesson.title}", url)
