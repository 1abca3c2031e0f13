"""Practice checks as a page shows them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import reverse

from courses.models import Course
from quizzes.models import PracticeResponse, QuestionBank, QuestionVersion


@dataclass(frozen=True)
class CheckOption:
    """An option; `state` is "", "right" or "wrong" once it was checked."""

    key: str
    html: str
    checked: bool = False
    state: str = ""


@dataclass(frozen=True)
class PracticeCheck:
    """A practice question ready to be shown, with feedback once it was answered."""

    key: str
    action_url: str
    token: str
    stem_html: str
    options: list[CheckOption]
    is_right: bool | None = None
    feedback_html: str = ""
    problem: str = field(default="", compare=False)


def versions_for(course: Course, keys: Collection[str]) -> dict[str, QuestionVersion]:
    """Return the course's practice questions by key, remembered until it publishes.

    Ready versions never change, and new ones become ready only when the course is
    published, which gives it another current version. A practice question that is
    retired therefore stays until the next publication.
    """
    if not keys:
        return {}
    return _versions(course.pk, course.current_version_id, frozenset(keys))


@lru_cache(maxsize=512)
def _versions(
    course_id: int, published_version_id: int, keys: frozenset[str]
) -> dict[str, QuestionVersion]:
    versions = (
        QuestionVersion.objects.drawable()
        .filter(
            question__bank__course=course_id,
            question__bank__use=QuestionBank.Use.PRACTICE,
            question__key__in=keys,
        )
        .select_related("question")
        .prefetch_related("options")
    )
    return {version.question.key: version for version in versions}


def forget() -> None:
    """Empty the memory; for tests, whose rows come and go."""
    _versions.cache_clear()


def practice_check(
    course: Course,
    version: QuestionVersion,
    *,
    lesson_key: str,
    response: PracticeResponse | None = None,
    problem: str = "",
) -> PracticeCheck:
    """Return the check; with a `response`, its feedback and which option was right."""
    key = version.question.key
    options = list(version.options.all())
    chosen = next((o for o in options if response and o.key == response.value), None)
    return PracticeCheck(
        key=key,
        action_url=reverse(
            "quizzes:practice_answer", args=[course.key, lesson_key, key]
        ),
        token=str(uuid.uuid4()),
        stem_html=version.stem_html,
        options=[
            CheckOption(
                key=option.key,
                html=option.html,
                checked=option is chosen,
                state=_state(option is chosen, option.fraction == 1),
            )
            for option in options
        ],
        is_right=chosen.fraction == 1 if chosen else None,
        feedback_html=chosen.feedback_html if chosen else "",
        problem=problem,
    )


def _state(is_chosen: bool, is_right: bool) -> str:
    if not is_chosen:
        return ""
    return "right" if is_right else "wrong"
