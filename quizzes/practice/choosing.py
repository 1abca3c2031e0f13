"""The questions asked weeks after a course, plain Python: when, and which.

Whether a course has lasted shows only later. Thirty and ninety days after somebody
completed one, three practice questions ask what is still there. The answers never
touch grade or certificate.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lib.filling import fill
from quizzes.kinds import FOLLOW_UP_DAYS

QUESTIONS = 3
# Answered later, it would no longer measure the thirtieth or ninetieth day.
VALID_FOR = timedelta(days=14)


@dataclass(frozen=True)
class FollowUpCandidate:
    """A practice question that may be asked; `is_seen` where she answered it before.

    `enemies` are version ids that are never asked beside it.
    """

    version_id: int
    objective: str
    is_seen: bool = False
    enemies: frozenset[int] = frozenset()


def opens_at(completed_at: datetime, day: int) -> datetime:
    """Return the moment from which the questions of `day` may be answered."""
    return completed_at + timedelta(days=day)


def objectives_for(objectives: Collection[str], day: int, *, seed: int) -> list[str]:
    """Return the objectives to ask about on `day`, one per question.

    Their order is drawn once per `seed`; the second moment goes on where the first
    one stopped, so that a course with many objectives is asked about more widely.
    """
    order = sorted(objectives)
    random.Random(seed).shuffle(order)  # noqa: S311 - a choice, not a secret
    start = FOLLOW_UP_DAYS.index(day) * QUESTIONS
    return [order[(start + n) % len(order)] for n in range(QUESTIONS)] if order else []


def choose(pool: Sequence[FollowUpCandidate], day: int, *, seed: int) -> list[int]:
    """Return the version ids to ask on `day`: up to three, unseen questions first.

    Where an objective has no question left, another one's takes its place; a pool of
    fewer than three gives what it has. No two enemies are asked together, and none is
    taken that would leave fewer questions than can be asked.
    """
    chance = random.Random(f"{seed}/{day}")  # noqa: S311 - a choice, not a secret
    left = sorted(pool, key=lambda one: one.version_id)
    chance.shuffle(left)
    left.sort(key=lambda one: one.is_seen)
    chosen: list[int] = []
    most = _most(left, QUESTIONS)
    for objective in objectives_for({one.objective for one in pool}, day, seed=seed):
        # Of this objective first; the order is kept otherwise.
        for one in sorted(left, key=lambda one: one.objective != objective):
            rest = _without(left, one)
            if len(chosen) + 1 + _most(rest, QUESTIONS - len(chosen) - 1) == most:
                chosen.append(one.version_id)
                left = rest
                break
    return chosen


def _without(
    pool: Sequence[FollowUpCandidate], taken: FollowUpCandidate
) -> list[FollowUpCandidate]:
    """Return what may be asked beside a question."""
    return [
        one
        for one in pool
        if one is not taken
        and one.version_id not in taken.enemies
        and taken.version_id not in one.enemies
    ]


def _most(pool: Sequence[FollowUpCandidate], places: int) -> int:
    """Return how many of so many places can be filled without enemies."""
    versions = [one.version_id for one in pool]
    pairs = [(one.version_id, other) for one in pool for other in one.enemies]
    return places - fill([versions] * places, enemies=pairs).count(None)
