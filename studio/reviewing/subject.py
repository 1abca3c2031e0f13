"""One lesson or question of a draft as its reviewer sees it, with comments."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from courses.models import Course, CourseVersion, ReviewComment
from courses.selectors.content import lesson_content
from quizzes.models import Question, QuestionVersion
from quizzes.selectors import content_of
from studio.excerpts import excerpt
from studio.fetching import get_lesson
from studio.history.comparing import Comparison, comparison
from studio.questions.diff import Change, changes_between
from studio.reviewing.page import comments_on, published_lessons


@dataclass(frozen=True)
class PartChoice:
    """A part that a comment can be about."""

    key: str
    title: str


@dataclass(frozen=True)
class CommentedPart:
    """Comments about one part; `title` is empty for the lesson as a whole."""

    title: str
    comments: Sequence[ReviewComment]


@dataclass(frozen=True)
class LessonSubject:
    """A lesson of the draft beside what is published, with its comments by part."""

    title: str
    is_new: bool
    comparison: Comparison
    parts: Sequence[PartChoice]
    commented: Sequence[CommentedPart]


@dataclass(frozen=True)
class QuestionSubject:
    """A question's draft wording beside the one that is asked, with its comments."""

    title: str
    is_new: bool
    changes: Sequence[Change]
    comments: Sequence[ReviewComment]


def lesson_subject(
    course: Course, draft: CourseVersion, lesson_key: str
) -> LessonSubject:
    """Return a lesson of the draft, or answer 404."""
    lesson = get_lesson(draft, lesson_key)
    content = lesson_content(lesson)
    before = published_lessons(course).get(lesson_key)
    said = [one for one in comments_on(draft) if one.lesson_key == lesson_key]
    titles = {part.key: part.title or str(lesson) for part in content.parts}
    return LessonSubject(
        title=str(lesson),
        is_new=before is None,
        comparison=comparison(before, content),
        parts=[PartChoice(part.key, titles[part.key]) for part in content.parts],
        commented=_by_part(said, titles),
    )


def _by_part(
    comments: Sequence[ReviewComment], titles: dict[str, str]
) -> list[CommentedPart]:
    """Group comments in the order of the parts; those on parts that are gone last."""
    keys = ["", *titles, *(one.part_key for one in comments)]
    found = []
    for key in dict.fromkeys(keys):
        here = [one for one in comments if one.part_key == key]
        if here:
            found.append(CommentedPart(titles.get(key, key), here))
    return found


def question_subject(draft: CourseVersion, question: Question) -> QuestionSubject:
    """Return a question with its newest wording; 404 for one without any."""
    versions = list(question.versions.prefetch_related("options").order_by("-number"))
    if not versions:
        raise Http404
    newest = versions[0]
    ready = [one for one in versions[1:] if one.state == QuestionVersion.State.READY]
    before = content_of(ready[0]) if ready else None
    place = question.bank.key, question.key
    return QuestionSubject(
        title=excerpt(newest.stem),
        is_new=before is None,
        changes=changes_between(before, content_of(newest)),
        comments=[
            one
            for one in comments_on(draft)
            if (one.bank_key, one.question_key) == place
        ],
    )
