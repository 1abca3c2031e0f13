"""The attempt token: appends saves to one attempt, and nothing else."""

from datetime import timedelta
from types import SimpleNamespace

from django.core import signing

from quizzes.taking import tokens


def test_a_token_speaks_for_its_attempt(attempt):
    assert tokens.attempt_of(tokens.token_for(attempt)) == attempt


def test_a_forged_token_speaks_for_nothing(db):
    other = signing.dumps(["00000000-0000-0000-0000-000000000000", 1], salt="other")

    for forged in ("", "x", "x:y:z", "\u00e9:é:é", other):
        assert tokens.attempt_of(forged) is None


def test_a_changed_token_speaks_for_nothing(attempt):
    token = tokens.token_for(attempt)

    for index in (0, len(token) // 2, len(token) - 1):
        letter = "A" if token[index] != "A" else "B"
        assert tokens.attempt_of(token[:index] + letter + token[index + 1 :]) is None


def test_a_token_of_another_person_speaks_for_nothing(attempt, world):
    other = SimpleNamespace(key=attempt.key, person_id=world.outsider.pk)

    assert tokens.attempt_of(tokens.token_for(other)) is None


def test_a_token_outlives_the_session_and_ends_with_the_late_window(
    attempt, clock, now
):
    token = tokens.token_for(attempt)

    clock.move_to(now + timedelta(days=60))
    assert tokens.attempt_of(token) == attempt

    clock.move_to(now + timedelta(days=63, seconds=2))
    assert tokens.attempt_of(token) is None
