"""Are the cards and follow-ups what their facts say? For `manage.py verify_derived`."""

from collections.abc import Iterator
from functools import reduce
from math import isclose
from operator import or_

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.models import FollowUp, PracticeResponse, ReviewCard, ReviewMiss
from quizzes.practice import events as review_facts
from quizzes.practice.cards import columns_of, refresh_card
from quizzes.practice.follow_up_results import follow_up_result
from quizzes.practice.follow_ups import store_result
from quizzes.practice.schedule import CardState, replay

# Floats may differ in their last digit from one machine to another.
_ALMOST = 1e-9


def verify_cards(*, repair: bool) -> Iterator[str]:
    """Yield every card that differs from the replay of its facts."""
    rows = (PracticeResponse, ReviewMiss, ReviewCard)
    has_any = [Exists(row.objects.filter(person=OuterRef("pk"))) for row in rows]
    people = User.objects.filter(reduce(or_, has_any, Q()))
    for person_id in people.order_by("pk").values_list("pk", flat=True):
        for question_id in list(_wrong_cards(person_id)):
            yield f"{person_id}/{question_id}: differs from its answers"
            if repair:
                _refresh(person_id, question_id)


@atomic_with_retry
def _refresh(person_id: int, question_id: int) -> None:
    refresh_card(person_id=person_id, question_id=question_id)


def _wrong_cards(person_id: int) -> Iterator[int]:
    events = review_facts.events_by_question(person_id)
    stored = {
        card.question_id: card for card in ReviewCard.objects.filter(person=person_id)
    }
    for question_id in sorted(events.keys() | stored.keys()):
        computed = replay(events.get(question_id, []))
        if not _agree(stored.get(question_id), computed):
            yield question_id


def _agree(card: ReviewCard | None, state: CardState | None) -> bool:
    if card is None or state is None:
        return card is None and state is None
    return all(
        _same(getattr(card, name), value) for name, value in columns_of(state).items()
    )


def _same(stored: object, computed: object) -> bool:
    if isinstance(stored, float) and isinstance(computed, float):
        return isclose(stored, computed, rel_tol=_ALMOST)
    return stored == computed


def verify_follow_ups(*, repair: bool) -> Iterator[str]:
    """Yield every follow-up whose stored score differs from its answers."""
    for pk in list(FollowUp.objects.order_by("pk").values_list("pk", flat=True)):
        yield from _wrong_result(pk, repair=repair)


@atomic_with_retry
def _wrong_result(pk: int, *, repair: bool) -> list[str]:
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=pk)
    result = follow_up_result(follow_up)
    names = ("points", "answered_at", "max_points", "percent")
    stored = [getattr(follow_up, name) for name in names]
    computed = [getattr(result, name, None) for name in names]
    if stored == computed:
        return []
    if repair:
        store_result(follow_up, result)
    return [f"{pk}: {stored[0]} ≠ {computed[0]}"]
