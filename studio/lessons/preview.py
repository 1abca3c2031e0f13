"""A lesson as learners would see it, before anything is published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from courses.lesson_html import minutes_to_read, render_lesson
from courses.models import Course, CourseVersion
from courses.selectors.files import shown_in
from lib import markdown
from lib.markdown import MarkdownProblem
from quizzes.models import QuestionBank, QuestionVersion
from quizzes.questions import Control, Explanation, control_of, explain
from quizzes.selectors import order_shown, wording_of
from studio.lessons.checking import find_lesson_problems
from studio.lessons.citable import citable_in
from studio.lessons.text import add_missing_keys


@dataclass(frozen=True)
class PreviewCheck:
    """A practice question as learners see it, and its key for the author."""

    control: Control
    explanation: Explanation


@dataclass(frozen=True)
class PreviewBlock:
    """A piece of a lesson: HTML, or a practice question."""

    html: str = ""
    check: PreviewCheck | None = None


@dataclass(frozen=True)
class Preview:
    """A rendered lesson, or what keeps it from being rendered."""

    problems: tuple[MarkdownProblem, ...] = ()
    blocks: list[PreviewBlock] = field(default_factory=list)
    references_html: str = ""
    words: int = 0
    kilobytes: float = 0

    @property
    def minutes(self) -> int:
        """How long reading takes, at least one minute."""
        return minutes_to_read(self.words)


def text_preview(course: Course, version: CourseVersion, text: str) -> Preview:
    """Return the text as learners would see it, keys added as saving would add them.

    With problems, those that a reader would not notice included, nothing is shown
    but them.
    """
    citable = citable_in(course, version)
    text = add_missing_keys(text, {})
    problems = find_lesson_problems(text, citable)
    words = len(text.split())
    if problems:
        return Preview(problems=problems, words=words)
    try:
        rendered = render_lesson(
            [text],
            citations=citable.sources,
            image_url=shown_in(course),
            is_sound=True,
        )
    except MarkdownProblem as problem:
        return Preview(problems=(problem,), words=words)
    html = "".join(rendered.parts_html)
    checks = _checks(course, rendered.check_keys)
    return Preview(
        blocks=[_block(piece, checks) for piece in markdown.split_at_checks(html)],
        references_html=rendered.references_html,
        words=rendered.words,
        kilobytes=rendered.byte_size / 1024,
    )


def _block(
    piece: str | markdown.CheckSlot, checks: Mapping[str, QuestionVersion]
) -> PreviewBlock:
    if isinstance(piece, markdown.CheckSlot):
        version = checks.get(piece.key)
        return PreviewBlock(check=_check(version) if version else None)
    return PreviewBlock(html=piece)


def _check(version: QuestionVersion) -> PreviewCheck:
    wording = wording_of(version)
    order = order_shown(wording, version.pk)
    return PreviewCheck(
        control=control_of(wording, None, order=order, prefix=version.question.key),
        explanation=explain(wording, None, order=order),
    )


def _checks(course: Course, keys: Collection[str]) -> dict[str, QuestionVersion]:
    """Return the newest wording of each question, drafts included."""
    versions = (
        QuestionVersion.objects.filter(
            question__bank__course=course,
            question__bank__use=QuestionBank.Use.PRACTICE,
            question__key__in=keys,
        )
        .select_related("question")
        .prefetch_related("options")
        .order_by("number")
    )
    return {version.question.key: version for version in versions}
