"""When a question comes up again in Ulangan, plain Python.

A card is what a person's answers to one practice question add up to. It is never
edited by itself: `replay` computes it from the facts, so that what is stored can be
compared with what it should be.

The intervals are those of FSRS (J. Ye et al., "A Stochastic Shortest Path Algorithm
for Optimizing Spaced Repetition Scheduling", KDD 2022) as the `fsrs` library computes
them with its default parameters, in whole days. The library counts blocks of 24 hours,
by which somebody who answers ten minutes earlier each day never gets on; so it is
handed the days on which she answered, where she was, each at noon.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction

from fsrs import Card, Rating, Scheduler, State

# How likely the person should still know the answer when it comes up. Answered right
# every time, a question returns after 4, 31 and 173 days; answered wrong once, after
# 1, 4, 17 and 61.
RETENTION = 0.85
LONGEST_DAYS = 365

# No steps of minutes: a card is due on a day. No fuzz: a replay must give the same.
_SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True)
class Answered:
    """The person answered the question; `fraction` of its points, 0 to 1.

    `on` is the day it was where she was.
    """

    at: datetime
    fraction: Fraction
    on: date


@dataclass(frozen=True)
class Missed:
    """The person missed a graded question of the objective that this one tests."""

    at: datetime


Event = Answered | Missed


@dataclass(frozen=True)
class CardState:
    """Where a card stands after its events.

    `stability` is the number of days after which the answer is still known with 90 %
    likelihood, `difficulty` goes from 1 to 10; both are None before the first answer.
    After an answer a card is due at noon UTC, which lies within the same day of every
    zone of Indonesia. `answered_on` is the latest day on which she answered; moving
    west takes none back.
    """

    due_at: datetime
    stability: float | None = None
    difficulty: float | None = None
    answered_at: datetime | None = None
    answers: int = 0
    answered_on: date | None = None


def rating_of(fraction: Fraction) -> Rating:
    """Return what an answer says about memory: all, some or none of the points.

    Easy is for the person to say, so it is never given.
    """
    if fraction >= 1:
        return Rating.Good
    return Rating.Hard if fraction > 0 else Rating.Again


def replay(events: Iterable[Event]) -> CardState | None:
    """Return the card after all events, oldest first; None without any.

    An answer schedules the card anew. A missed graded question brings it forward and
    says nothing about how well this very question is known.
    """
    state: CardState | None = None
    for event in events:
        if isinstance(event, Answered):
            state = _after_answer(state, event)
        else:
            state = _after_miss(state, event)
    return state


def _after_answer(state: CardState | None, answered: Answered) -> CardState:
    day = answered.on
    if state and state.answered_on:
        day = max(day, state.answered_on)
    noon = _noon(day)
    rating = rating_of(answered.fraction)
    card, _log = _SCHEDULER.review_card(_card(state, noon), rating, noon)
    return CardState(
        due_at=card.due,
        stability=card.stability,
        difficulty=card.difficulty,
        answered_at=answered.at.astimezone(UTC),
        answers=(state.answers if state else 0) + 1,
        answered_on=day,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _after_miss(state: CardState | None, missed: Missed) -> CardState:
    at = missed.at.astimezone(UTC)
    if state is None:
        return CardState(due_at=at)
    return replace(state, due_at=min(state.due_at, at))


def _card(state: CardState | None, at: datetime) -> Card:
    # With an id of its own the library waits a millisecond to keep ids apart.
    if state is None or state.stability is None or state.answered_on is None:
        return Card(card_id=0, due=at)
    return Card(
        card_id=0,
        state=State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due_at,
        last_review=_noon(state.answered_on),
    )


def day_ends_at(now: datetime, zone: tzinfo) -> datetime:
    """Return when the day that `now` falls on ends in a zone.

    What is due before then is due today: nobody waits for the hour at which she
    answered last time.
    """
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone)
