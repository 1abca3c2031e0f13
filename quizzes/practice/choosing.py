"""The questions asked weeks after a course, plain Python: when, and which.

Whether a course has lasted shows only later. Thirty and ninety days after somebody
completed one, three practice questions ask what is still there. The answers never
touch grade or certificate.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.kinds import FOLLOW_UP_DAYS

QUESTIONS = 3
# Answered later, it would no longer measure the thirtieth or ninetieth day.
VALID_FOR = timedelta(days=14)


@dataclass(frozen=True)
class FollowUpCandidate:
    """A practice question that may be asked; `is_seen` where she answered it before."""

    version_id: int
    objective: str
    is_seen: bool = False


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
    fewer than three gives what it has.
    """
    chance = random.Random(f"{seed}/{day}")  # noqa: S311 - a choice, not a secret
    left = sorted(pool, key=lambda one: one.version_id)
    chance.shuffle(left)
    left.sort(key=lambda one: one.is_seen)
    chosen: list[FollowUpCandidate] = []
    for objective in objectives_for({one.objective for one in pool}, day, seed=seed):
        fitting = [one for one in left if one.objective == objective] or left
        if fitting:
            chosen.append(fitting[0])
            left.remove(fitting[0])
    return [one.version_id for one in chosen]
