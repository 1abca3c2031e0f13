"""Somebody before, in and after a post-test of four questions and ten minutes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from quizzes import actions
from quizzes.models import Attempt, ResponseSave
from quizzes.taking.reading_saves import SaidAnswer
from tests.factories import read_lessons, start

PHONE = UUID(int=77)
TOKEN = UUID(int=78)


@pytest.fixture
def ready(place, now):
    """The learner's place with every lesson done: the post-test is open."""
    read_lessons(enrollment=place, now=now)
    return place


@pytest.fixture
def attempt(ready, now) -> Attempt:
    """A post-test in progress: four questions, ten minutes, one minute's grace."""
    return start(enrollment=ready, quiz_key="posttest", now=now)


@pytest.fixture
def say() -> Callable[..., ResponseSave]:
    """Return a function that says an answer as a phone does."""

    def say(
        attempt: Attempt,
        position: int,
        option: str | None,
        now: Any,
        *,
        sequence: int | None = None,
        offset: timedelta | None = None,
        **over: Any,
    ) -> ResponseSave:
        content = {"device": PHONE, "flagged": False, **over}
        return actions.save_response(
            attempt_id=attempt.pk,
            said=SaidAnswer(
                position=position,
                fields={"answer": [option] if option else []},
                sequence=sequence,
                offset=offset,
                **content,
            ),
            now=now,
        )

    return say
