"""May a draft be published? Everything that stands against it, at once."""

from collections.abc import Iterator

from courses.actions.publishing import MINUTES_PER_JP
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.markdown import MarkdownProblem
from quizzes.models import QuestionVersion
from quizzes.selectors import draft_rules
from studio.drafts.fingerprints import draft_hash
from studio.lessons.checking import Citable, find_lesson_problems, find_text_problems
from studio.lessons.citable import citable_in, lesson_text
from studio.obstacles import Obstacle
from studio.publishing.question_readiness import question_obstacles
from studio.quizzes.filling import filling_problems


def find_obstacles(course: Course, draft: CourseVersion) -> list[Obstacle]:
    """Return everything that keeps the draft from being published."""
    citable = citable_in(course, draft)
    return [
        *_lesson_obstacles(draft, citable),
        *_plan_obstacles(draft, citable),
        *_minute_obstacles(draft),
        *question_obstacles(course, draft),
        *_quiz_obstacles(course, draft),
    ]


def _lesson_obstacles(draft: CourseVersion, citable: Citable) -> Iterator[Obstacle]:
    for lesson in draft.lessons.prefetch_related("parts"):
        for problem in find_lesson_problems(lesson_text(lesson), citable):
            yield _obstacle(str(lesson), problem, lesson.key)


def _plan_obstacles(draft: CourseVersion, citable: Citable) -> Iterator[Obstacle]:
    for problem in find_text_problems(draft.plan_source, citable):
        yield _obstacle(draft.plan_title, problem)


def _obstacle(where: str, problem: MarkdownProblem, lesson_key: str = "") -> Obstacle:
    return Obstacle(where, problem.message, problem.remedy, problem.line, lesson_key)


def _minute_obstacles(draft: CourseVersion) -> Iterator[Obstacle]:
    planned, due = version_content(draft).minutes, draft.jp * MINUTES_PER_JP
    if planned != due:
        yield Obstacle(
            "Waktu belajar",
            f"Jumlah menit {planned}, seharusnya {due} "
            f"({draft.jp} JP × {MINUTES_PER_JP} menit).",
            "Sesuaikan menit pelajaran.",
        )


def _quiz_obstacles(course: Course, draft: CourseVersion) -> Iterator[Obstacle]:
    current = course.current_version
    graded = {item.key for item in current.grade_items.all()} if current else set()
    for requirement in draft.requirements.all():
        if requirement.kind != "lessons" and requirement.key not in graded:
            yield Obstacle(
                "Kuis",
                f"Kuis “{requirement.key}” belum ada.",
                "Muat foldernya lebih dulu; kuis baru dibuat di sana.",
            )
    for quiz, message in filling_problems(course, with_drafts=True):
        yield Obstacle(quiz.title, message, "Tambahkan soal yang cocok.")


def draft_fingerprint(course: Course, draft: CourseVersion) -> str:
    """Return a hash of everything that publishing would make public."""
    wordings = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    ).order_by("question")
    hashes = list(wordings.values_list("content_hash", flat=True))
    return draft_hash(version_content(draft), hashes, draft_rules(draft))
