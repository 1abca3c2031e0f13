"""From the files of a course folder to the values that the checks look at."""

import re
from collections.abc import Iterator

from courses.models.catalogue import GradeItem
from lib.yaml_nodes import Text
from quizzes.questions import QuestionContent
from studio.folders.checks.course import (
    Course,
    Draw,
    FolderQuestion,
    Lesson,
    Objective,
    Passage,
    Source,
    texts_to_answer,
)
from studio.folders.checks.prose import paragraphs, prose
from studio.folders.reading.folder import WrittenCourse
from studio.folders.reading.grading import bank_use
from studio.folders.reading.places import COURSE_FILE
from studio.folders.reading.question_files import BankFile
from studio.lessons.checking import images_in

FIGURE_CHECK = "periksa-angkanya"
"""The key of a lesson or part, or the tag of a question, that puts figures to the
test: there, and only there, may figures stand that nobody vouches for.
"""
_HEADING = re.compile(r"##[ ].*?(?:\{#(?P<key>[^{}]*)\})?[ \t]*(?:\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TEXT_OF_PICTURE = re.compile(r">([^<>]*[^\W\d_][^<>]*)<")


def course_of(written: WrittenCourse, *, prefix: str = "") -> Course:
    """Return a course folder as the checks see it.

    `prefix` is put before the names of its files.
    """
    course = written.course
    return Course(
        prefix=prefix,
        key=course.key,
        code=course.code,
        jp=course.jp,
        objectives=tuple(
            Objective(row.key, row.level, line)
            for row, line in zip(course.objectives, course.objective_lines, strict=True)
        ),
        lessons=tuple(
            Lesson(
                file=f"{prefix}{lesson.path}",
                key=lesson.content.key,
                line=lesson.body.line,
                text=lesson.body.value,
            )
            for lesson in written.lessons
        ),
        items=tuple(_items(written, prefix)),
        draws=tuple(
            Draw(row.objective, row.levels, row.count, row.line, row.types)
            for quiz in course.quizzes
            if quiz.purpose == GradeItem.Kind.POSTTEST
            for row in quiz.drawn
        ),
        sources=tuple(
            Source(row.key, row.dated_on, row.checked_on, line)
            for row, line in zip(
                written.sources.sources, written.sources.lines, strict=True
            )
        ),
        pictures={path: written.files.data[path] for path in _pictures(written)},
        passages=tuple(_Passages(written, prefix).all()),
    )


def _items(written: WrittenCourse, prefix: str) -> Iterator[FolderQuestion]:
    for name, bank in written.banks.items():
        use = str(bank_use(written.course, name))
        for question, line in zip(bank.questions, bank.lines, strict=True):
            yield FolderQuestion(f"{prefix}{bank.path}", line, use, question)


def _pictures(written: WrittenCourse) -> list[str]:
    """Return the pictures that lessons show, each once."""
    texts = [lesson.body.value for lesson in written.lessons]
    return sorted({image.name for text in texts for image in images_in(text)})


# Files that are text; the others have no lines.
_TEXTS = (".md", ".yaml", ".svg")


class _Passages:
    """Cuts the files of a course into passages."""

    def __init__(self, written: WrittenCourse, prefix: str) -> None:
        self._written = written
        self._prefix = prefix
        self._lines = {
            path: _LINE_END.split(data.decode("utf-8-sig"))
            for path, data in written.files.data.items()
            if path.endswith(_TEXTS)
        }

    def all(self) -> Iterator[Passage]:
        yield from self._of_course()
        for lesson in self._written.lessons:
            is_check = lesson.content.key == FIGURE_CHECK
            for text in (lesson.content.title, lesson.content.summary):
                yield self._passage(lesson.path, 1, text, lesson.body.line)
            yield from self._of_text(lesson.path, lesson.body, is_figure_check=is_check)
        for bank in self._written.banks.values():
            yield from self._of_bank(bank)
        drawings = (name for name in _pictures(self._written) if name in self._lines)
        for picture in drawings:
            for number, line in enumerate(self._lines[picture], start=1):
                for words in _TEXT_OF_PICTURE.findall(line):
                    yield self._passage(picture, number, words, number + 1)

    def _of_bank(self, bank: BankFile) -> Iterator[Passage]:
        ends = [*bank.lines[1:], len(self._lines[bank.path]) + 1]
        for question, line, end in zip(bank.questions, bank.lines, ends, strict=True):
            is_check = FIGURE_CHECK in question.tags
            for text in texts_of(question):
                yield self._passage(
                    bank.path, line, text, end, is_figure_check=is_check
                )

    def _of_course(self) -> Iterator[Passage]:
        course = self._written.course
        texts = [course.title, course.summary, course.plan_title]
        texts += [module.title for module in course.modules]
        for text in texts:
            yield self._passage(COURSE_FILE, 1, text, course.plan.line)
        for objective, line in zip(
            course.objectives, course.objective_lines, strict=True
        ):
            yield self._passage(COURSE_FILE, line, objective.text, line + 4)
        yield from self._of_text(COURSE_FILE, course.plan)

    def _of_text(
        self, path: str, text: Text, *, is_figure_check: bool = False
    ) -> Iterator[Passage]:
        is_in_check = is_figure_check
        for first, paragraph in paragraphs(text.value):
            heading = _HEADING.match(paragraph)
            if heading:
                is_in_check = is_figure_check or heading["key"] == FIGURE_CHECK
            line = text.line + first - 1
            yield self._passage(
                path,
                line,
                paragraph,
                line + paragraph.count("\n") + 1,
                is_quoted=paragraph.startswith(">"),
                is_figure_check=is_in_check,
            )

    def _passage(
        self,
        path: str,
        line: int,
        text: str,
        end: int,
        *,
        is_quoted: bool = False,
        is_figure_check: bool = False,
    ) -> Passage:
        return Passage(
            file=f"{self._prefix}{path}",
            line=line,
            words=prose(text),
            lines=tuple(self._lines[path][line - 1 : end - 1]),
            is_quoted=is_quoted,
            is_figure_check=is_figure_check,
        )


def texts_of(question: QuestionContent) -> Iterator[str]:
    """Yield every text of a question that somebody may read."""
    yield from texts_to_answer(question)
    yield question.feedback
    yield from (option.feedback for option in question.options)
