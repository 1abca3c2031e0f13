"""What `check_content` would say of one lesson while it is being written."""

from collections.abc import Iterable, Iterator, Mapping

from courses.models import Course, CourseVersion, Lesson
from lib.findings import FileProblem
from studio.folders.checkable import FIGURE_CHECK
from studio.folders.checks import budget, claims, links, spelling, wording
from studio.folders.checks.course import Course as Checked
from studio.folders.checks.course import Lesson as CheckedLesson
from studio.folders.checks.course import Passage
from studio.lessons import images
from studio.lessons.citable import lesson_text
from studio.publishing.quality import passages_of

# Those faults, beside dead links, that one lesson can have by itself.
_CHECKS = (spelling.check, claims.check, wording.check, budget.check)


def find_lesson_faults(
    course: Course, version: CourseVersion, lesson: Lesson, text: str
) -> tuple[FileProblem, ...]:
    """Return the faults of a text that stands for the lesson's own, by line.

    Other lessons are read only where the text links to one; what its practice
    questions weigh is left to the page before publishing.
    """
    here = CheckedLesson(lesson.key, lesson.key, 1, text)
    is_check = lesson.key == FIGURE_CHECK
    alone = _checked(
        course,
        version,
        [here],
        passages=passages_of(lesson.key, text, is_check=is_check),
        pictures=images.named_images(course, [text]),
    )
    found = {problem for check in _CHECKS for problem in check(alone)}
    others = []
    if f"/kursus/{course.key}/" in text:
        rows = version.lessons.exclude(key=lesson.key).prefetch_related("parts")
        others = [_lesson(row) for row in rows]
    linked = links.check(_checked(course, version, [here, *others]))
    found.update(problem for problem in linked if problem.file == lesson.key)
    return tuple(sorted(found))


def find_dead_links(
    course: Course, version: CourseVersion
) -> Iterator[tuple[Lesson, FileProblem]]:
    """Yield every link of a version's lessons that leads nowhere within the course."""
    lessons = {row.key: row for row in version.lessons.prefetch_related("parts")}
    texts = {key: lesson_text(row) for key, row in lessons.items()}
    for problem in dead_links_among(course, version, texts):
        yield lessons[problem.file], problem


def dead_links_among(
    course: Course, version: CourseVersion, texts: Mapping[str, str]
) -> list[FileProblem]:
    """Return every dead link within these lessons, given as texts by their keys."""
    written = [CheckedLesson(key, key, 1, text) for key, text in texts.items()]
    return sorted(set(links.check(_checked(course, version, written))))


def _lesson(lesson: Lesson) -> CheckedLesson:
    return CheckedLesson(lesson.key, lesson.key, 1, lesson_text(lesson))


def _checked(
    course: Course,
    version: CourseVersion,
    lessons: Iterable[CheckedLesson],
    *,
    passages: Iterable[Passage] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> Checked:
    return Checked(
        prefix="",
        key=course.key,
        code=course.code,
        jp=version.jp,
        objectives=(),
        lessons=tuple(lessons),
        items=(),
        draws=(),
        sources=(),
        pictures=pictures or {},
        passages=tuple(passages),
    )
