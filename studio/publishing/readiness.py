"""May a draft be published? Everything that stands against it, at once."""

from collections.abc import Iterator, Sequence

from certificates.glyphs import missing_glyphs
from courses.actions.publishing import MINUTES_PER_JP
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.markdown import MarkdownProblem
from lib.printable import describe
from quizzes.models import QuestionVersion
from quizzes.selectors import (
    draft_rules,
    drafted_plans,
    filling_problems,
    planned_quizzes,
)
from studio.drafts.fingerprints import draft_hash
from studio.lessons.checking import Citable, find_lesson_problems, find_text_problems
from studio.lessons.citable import citable_in, lesson_text
from studio.obstacles import Obstacle
from studio.publishing.lesson_quality import find_dead_links
from studio.publishing.question_readiness import question_obstacles

_OUTLINE, _SETTINGS = "studio:course_outline", "studio:course_settings"


def find_obstacles(course: Course, draft: CourseVersion) -> list[Obstacle]:
    """Return everything that keeps the draft from being published."""
    citable = citable_in(course, draft)
    return [
        *_structure_obstacles(draft),
        *_lesson_obstacles(draft, citable),
        *_link_obstacles(course, draft),
        *_plan_obstacles(draft, citable),
        *_minute_obstacles(draft),
        *printing_obstacles(_printed(draft)),
        *question_obstacles(course, draft),
        *_quiz_obstacles(course, draft),
    ]


def _lesson_obstacles(draft: CourseVersion, citable: Citable) -> Iterator[Obstacle]:
    for lesson in draft.lessons.prefetch_related("parts"):
        for problem in find_lesson_problems(lesson_text(lesson), citable):
            yield _obstacle(str(lesson), problem, lesson.key)


def _link_obstacles(course: Course, draft: CourseVersion) -> Iterator[Obstacle]:
    for lesson, fault in find_dead_links(course, draft):
        yield Obstacle(str(lesson), fault.message, fault.remedy, fault.line, lesson.key)


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
            page=_OUTLINE,
        )


def _printed(draft: CourseVersion) -> list[tuple[str, str]]:
    return [
        ("Judul kursus", draft.title),
        *((str(lesson), lesson.title) for lesson in draft.lessons.all()),
        *(("Tujuan pembelajaran", row.text) for row in draft.objectives.all()),
        *((item.title, item.title) for item in draft.grade_items.all()),
    ]


def printing_obstacles(printed: Sequence[tuple[str, str]]) -> Iterator[Obstacle]:
    """Yield what certificates would have to print and cannot.

    `printed` are pairs: where a text stands, and the text.
    """
    missing = set(missing_glyphs("\n".join(text for _where, text in printed)))
    for where, text in printed:
        found = tuple(letter for letter in dict.fromkeys(text) if letter in missing)
        if found:
            yield Obstacle(
                where,
                f"Huruf {describe(found)} tidak dapat dicetak pada sertifikat.",
                "Ganti dengan huruf Latin atau tanda baca biasa.",
            )


def _quiz_obstacles(course: Course, draft: CourseVersion) -> Iterator[Obstacle]:
    planned = {plan.key for plan in planned_quizzes(draft)}
    for requirement in draft.requirements.all():
        if requirement.kind != "lessons" and requirement.key not in planned:
            yield Obstacle(
                "Kuis",
                f"Kuis “{requirement.key}” belum ada.",
                "Buat kuisnya di kerangka kursus, atau muat foldernya lagi.",
                page=_OUTLINE,
            )
    for problem in filling_problems(course, with_drafts=True):
        plan = problem.quiz
        yield Obstacle(plan.title, problem.message, problem.remedy, quiz_key=plan.key)


def _structure_obstacles(draft: CourseVersion) -> Iterator[Obstacle]:
    """Find what a course that began empty may still lack."""
    if not draft.lessons.exists():
        yield Obstacle(
            "Pelajaran",
            "Belum ada pelajaran.",
            "Tambahkan satu di kerangka kursus.",
            page=_OUTLINE,
        )
    for module in draft.modules.filter(lessons__isnull=True):
        yield Obstacle(
            f"Modul {module.position}",
            f"Modul “{module.title}” belum punya pelajaran.",
            "Tambahkan pelajaran, atau hapus modulnya.",
            page=_OUTLINE,
        )
    if not draft.objectives.exists():
        yield Obstacle(
            "Tujuan belajar",
            "Belum ada tujuan belajar.",
            "Tulis sedikitnya satu.",
            page=_SETTINGS,
        )


def draft_fingerprint(course: Course, draft: CourseVersion) -> str:
    """Return a hash of everything that publishing would make public."""
    wordings = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    ).order_by("question")
    hashes = list(wordings.values_list("content_hash", flat=True))
    return draft_hash(
        version_content(draft), hashes, draft_rules(draft), drafted_plans(draft)
    )
