"""May a question be withdrawn? It leaves every draw at once, so nothing may need it."""

from collections.abc import Collection

from courses.models import CourseVersion, LessonPart
from quizzes.models import Question, QuestionBank
from quizzes.selectors import filling_problems
from studio.fetching import draft_of
from studio.lessons.checking import checks_in


def reason_to_keep(question: Question, *, without: Collection[int] = ()) -> str:
    """Return why the question is still needed, "" when it may go.

    `without` holds the questions that go together with it. Learners of an older
    version whose quiz names the question keep it: `QuestionVersionQuerySet.askable`.
    """
    course = question.bank.course
    if course is None:
        return ""
    current = course.current_version
    if current and question.slots.filter(quiz__grade_item__version=current).exists():
        return (
            "Soal ini selalu muncul di kuis yang sedang terbit. "
            "Ubah saja bunyinya, lalu terbitkan."
        )
    if question.bank.use == QuestionBank.Use.PRACTICE:
        for version in filter(None, (current, draft_of(course))):
            number = _lesson_that_shows(question, version)
            if number:
                return (
                    f"Soal ini dipakai di pelajaran {number}. "
                    "Hapus blok ceknya di sana lebih dulu."
                )
        return ""
    short = filling_problems(course, with_drafts=False, without=[*without, question.pk])
    if short:
        return f"{short[0].message} Tambahkan soal lain dan terbitkan lebih dulu."
    return ""


def _lesson_that_shows(question: Question, version: CourseVersion) -> str:
    parts = (
        LessonPart.objects.filter(
            lesson__version=version, source__contains=question.key
        )
        .select_related("lesson")
        .order_by("lesson__sequence", "position")
    )
    for part in parts:
        if any(check.name == question.key for check in checks_in(part.source)):
            return part.lesson.number
    return ""
