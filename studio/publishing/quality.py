"""What `check_content` would say of a draft: the same checks, on what Studio stores.

A course folder with such a fault is not loaded. Whoever writes in Studio is told the
same before she publishes, and may publish all the same, knowingly.
"""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from courses.models import Course, CourseVersion
from lib.findings import FileProblem
from quizzes.models import Question, QuestionVersion, Quiz
from quizzes.questions import QuestionContent
from quizzes.selectors import content_of, drawn_rows, planned_quizzes
from studio.folders.checkable import FIGURE_CHECK, texts_of
from studio.folders.checks import find_faults
from studio.folders.checks.course import Course as Checked
from studio.folders.checks.course import (
    Draw,
    FolderQuestion,
    Lesson,
    Objective,
    Passage,
    Source,
)
from studio.folders.checks.prose import paragraphs, prose
from studio.lessons import images
from studio.lessons.citable import lesson_text
from studio.obstacles import Obstacle

_COURSE, _LESSON, _BANK = "Kursus", "pelajaran/", "soal/"


def find_quality_faults(course: Course, draft: CourseVersion) -> list[Obstacle]:
    """Return every fault that would keep the same course out as a folder, in order."""
    reader = _Reader(course, draft)
    faults = find_faults(reader.checked())
    return [reader.obstacle(fault) for fault in faults]


class _Reader:
    """Reads a draft as a course folder; a question's line is its place in its bank."""

    def __init__(self, course: Course, draft: CourseVersion) -> None:
        self.course, self.draft = course, draft
        self.lessons = list(draft.lessons.prefetch_related("parts"))
        self.texts = {lesson.key: lesson_text(lesson) for lesson in self.lessons}
        self.items = [
            FolderQuestion(
                f"{_BANK}{version.question.bank.key}",
                place,
                version.question.bank.use,
                content_of(version),
            )
            for place, version in enumerate(_newest_questions(course), start=1)
        ]

    def obstacle(self, fault: FileProblem) -> Obstacle:
        """Return a fault in the words of Studio: which lesson, which question."""
        if fault.file.startswith(_LESSON):
            key = fault.file.removeprefix(_LESSON)
            lesson = next(one for one in self.lessons if one.key == key)
            return Obstacle(str(lesson), fault.message, fault.remedy, fault.line, key)
        if fault.file.startswith(_BANK):
            key = self.items[fault.line - 1].content.key
            return Obstacle(f"Soal {key}", fault.message, fault.remedy)
        return Obstacle(_COURSE, fault.message, fault.remedy)

    def checked(self) -> Checked:
        """Return the draft as the checks see a course."""
        course, draft = self.course, self.draft
        return Checked(
            prefix="",
            key=course.key,
            code=course.code,
            jp=draft.jp,
            objectives=tuple(
                Objective(row.key, row.level, 1) for row in draft.objectives.all()
            ),
            lessons=tuple(
                Lesson(f"{_LESSON}{key}", key, 1, text)
                for key, text in self.texts.items()
            ),
            items=tuple(self.items),
            draws=tuple(self._draws()),
            sources=tuple(
                Source(row.key, row.dated_on, row.checked_on, 1)
                for row in draft.sources.all()
            ),
            pictures=images.named_images(course, self.texts.values()),
            passages=tuple(self._passages()),
        )

    def _draws(self) -> Iterator[Draw]:
        for plan in planned_quizzes(self.draft):
            if plan.purpose == Quiz.Purpose.POSTTEST:
                for row in drawn_rows(plan.lines):
                    yield Draw(row.objective, row.levels, row.count, 1, row.types)

    def _passages(self) -> Iterator[Passage]:
        draft = self.draft
        titles = [draft.title, draft.summary, draft.plan_title]
        titles += [module.title for module in draft.modules.all()]
        titles += [row.text for row in draft.objectives.all()]
        for text in titles:
            yield _passage(_COURSE, 1, text)
        yield from passages_of(_COURSE, draft.plan_source)
        for lesson in self.lessons:
            file = f"{_LESSON}{lesson.key}"
            for text in (lesson.title, lesson.summary):
                yield _passage(file, 1, text)
            yield from passages_of(
                file, self.texts[lesson.key], is_check=lesson.key == FIGURE_CHECK
            )
        for item in self.items:
            yield from _passages_of_question(item)


def _newest_questions(course: Course) -> list[QuestionVersion]:
    """Return each question's wording as it is after publishing, bank by bank."""
    states = [QuestionVersion.State.READY, QuestionVersion.State.DRAFT]
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"), state__in=states)
        .order_by("-number")
        .values("pk")[:1]
    )
    return list(
        QuestionVersion.objects.filter(
            question__bank__course=course, pk=Subquery(newest)
        )
        .exclude(question__state=Question.State.RETIRED)
        .select_related("question__bank")
        .prefetch_related("options")
        .order_by("question__bank__key", "question__key")
    )


def _passages_of_question(item: FolderQuestion) -> Iterator[Passage]:
    content: QuestionContent = item.content
    for text in texts_of(content):
        yield _passage(
            item.file, item.line, text, is_check=FIGURE_CHECK in content.tags
        )


def passages_of(file: str, text: str, *, is_check: bool = False) -> Iterator[Passage]:
    """Yield the paragraphs of a text as the checks read them."""
    for line, paragraph in paragraphs(text):
        yield _passage(file, line, paragraph, is_check=is_check)


def _passage(file: str, line: int, text: str, *, is_check: bool = False) -> Passage:
    return Passage(
        file=file,
        line=line,
        words=prose(text),
        lines=tuple(text.split("\n")),
        is_quoted=text.startswith(">"),
        is_figure_check=is_check,
    )
