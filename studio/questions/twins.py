"""Questions of a course that ask nearly the same, and the tags in use."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.models import Course
from quizzes.models import Question, QuestionVersion
from quizzes.questions import ALIKE, find_near_duplicates, likeness, words_of
from studio.excerpts import excerpt
from studio.links import question_url
from studio.questions.list import newest_versions

# The editor names so many; the list finds them all.
MOST_SHOWN = 5


@dataclass(frozen=True)
class CourseIndex:
    """All questions of a course at a glance: `twins` by question id, tags in order."""

    twins: dict[int, list[int]]
    tags: Sequence[str]


def course_index(course: Course) -> CourseIndex:
    """Return what the list needs to know about all questions; one query.

    Withdrawn questions are nobody's twins, so that one of two can be withdrawn.
    """
    rows = newest_versions(course).values_list(
        "question_id", "question__state", "stem", "tags"
    )
    stems, tags = {}, set()
    for question_id, state, stem, tagged in rows:
        tags.update(tagged)
        if state != Question.State.RETIRED:
            stems[question_id] = stem
    return CourseIndex(find_near_duplicates(stems), sorted(tags))


@dataclass(frozen=True)
class Twin:
    """Another question that is nearly the same."""

    key: str
    text: str
    bank: str
    url: str


def twins_of(course: Course, stem: str, *, question: Question | None) -> list[Twin]:
    """Return the questions like a stem, the most alike first; one query."""
    words = words_of(stem)
    if not words:
        return []
    versions = newest_versions(course).select_related("question__bank")
    if question:
        versions = versions.exclude(question=question)
    found = [
        (likeness(words, words_of(version.stem)), version)
        for version in versions.exclude(question__state=Question.State.RETIRED)
    ]
    alike = sorted(
        ((share, version) for share, version in found if share >= ALIKE),
        key=lambda pair: (-pair[0], pair[1].question.key),
    )
    return [_twin(course, version) for _share, version in alike[:MOST_SHOWN]]


def _twin(course: Course, version: QuestionVersion) -> Twin:
    question = version.question
    return Twin(
        key=question.key,
        text=excerpt(version.stem),
        bank=question.bank.title,
        url=question_url(course, question.bank, question.key),
    )
