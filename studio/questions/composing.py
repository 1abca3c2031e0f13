"""What the page about a question's place on papers offers, and what a page tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.models import Course
from quizzes.models import Question, QuestionVersion
from quizzes.questions import Composition, likeness, words_of
from quizzes.selectors import compositions_of
from studio.excerpts import excerpt
from studio.links import question_url
from studio.questions.list import newest_versions


@dataclass(frozen=True)
class Enemy:
    """A question that never stands beside this one."""

    key: str
    url: str


@dataclass(frozen=True)
class Composed:
    """How hard a question is expected to be, and its enemies."""

    composition: Composition
    enemies: Sequence[Enemy]


def composed(course: Course, question: Question) -> Composed:
    """Return what counts of a question when papers are composed; two queries."""
    composition = compositions_of(question.bank)[question.key]
    return Composed(
        composition,
        [
            Enemy(key, question_url(course, question.bank, key))
            for key in composition.enemies
        ],
    )


def enemy_choices(
    course: Course, question: Question, chosen: Sequence[str], words: str
) -> list[tuple[str, str]]:
    """Return the questions of the bank to choose enemies from; one query.

    Those chosen stand first, then the others by how much they share with this one.
    `words` keeps those in whose key or stem all of them stand, beside the chosen.
    """
    versions = [
        version
        for version in newest_versions(course)
        .filter(question__bank=question.bank_id)
        .select_related("question")
        if version.question_id == question.pk
        or version.question.key in chosen
        or _may_be_chosen(version, words)
    ]
    own: frozenset[str] = frozenset()
    for version in versions:
        if version.question_id == question.pk:
            own = words_of(version.stem)
    others = [version for version in versions if version.question_id != question.pk]
    others.sort(
        key=lambda version: (
            version.question.key not in chosen,
            -likeness(own, words_of(version.stem)),
            version.question.key,
        )
    )
    return [
        (version.question.key, f"{version.question.key}: {excerpt(version.stem)}")
        for version in others
    ]


def _may_be_chosen(version: QuestionVersion, words: str) -> bool:
    text = f"{version.question.key} {version.stem}".casefold()
    return version.question.state != Question.State.RETIRED and all(
        word in text for word in words.casefold().split()
    )
