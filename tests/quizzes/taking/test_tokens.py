"""The attempt token: appends saves to one attempt, and nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import signing

from quizzes import actions
from quizzes.models import Attempt
from quizzes.taking import tokens
from quizzes.taking.tokens import Bearer


def save(attempt: Attempt, token: str, now) -> Attempt:
    """Save nothing with a token, as a page does that says hello."""
    bearer = tokens.bearer_of(token)
    assert bearer is not None
    taken = actions.save_responses(bearer=bearer, said=[], device=None, now=now)
    return taken.attempt


def test_a_token_speaks_for_its_person_in_its_attempt(attempt, now):
    token = tokens.token_for(attempt)

    assert tokens.bearer_of(token) == Bearer(attempt.key, attempt.person_id)
    assert save(attempt, token, now) == attempt


def test_a_forged_token_speaks_for_nothing():
    other = signing.dumps(["00000000-0000-0000-0000-000000000000", 1], salt="other")

    for forged in ("", "x", "x:y:z", "\u00e9:é:é", other):
        assert tokens.bearer_of(forged) is None


def test_a_changed_token_speaks_for_nothing(attempt):
    token = tokens.token_for(attempt)

    for index in (0, len(token) // 2, len(token) - 1):
        letter = "A" if token[index] != "A" else "B"
        assert tokens.bearer_of(token[:index] + letter + token[index + 1 :]) is None


def test_a_token_of_another_person_speaks_for_nothing(attempt, world, now):
    other = SimpleNamespace(key=attempt.key, person_id=world.outsider.pk)

    with pytest.raises(Attempt.DoesNotExist):
        save(attempt, tokens.token_for(other), now)


def test_a_token_outlives_the_session_and_ends_with_the_late_window(
    attempt, clock, now
):
    token = tokens.token_for(attempt)

    clock.move_to(now + timedelta(days=60))
    assert tokens.bearer_of(token) == Bearer(attempt.key, attempt.person_id)

    clock.move_to(now + timedelta(days=63, seconds=2))
    assert tokens.bearer_of(token) is None
