"""Cards of Ulangan: computed from facts, and the facts that graded tests give.

Lock order: whatever an attempt locks, then the card.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from lib.written_once import written_once
from quizzes.models import Attempt, AttemptItem, ReviewCard, ReviewMiss
from quizzes.practice import events
from quizzes.practice.schedule import CardState, replay


def refresh_card(*, person_id: int, question_id: int) -> ReviewCard | None:
    """Compute the card anew from its facts and return it; None without any.

    Call it in the transaction that appended the fact. Locks the card.
    """
    which = {"person_id": person_id, "question_id": question_id}
    card = ReviewCard.objects.select_for_update(no_key=True).filter(**which).first()
    state = replay(events.events_of(person_id, question_id))
    if state is None:
        ReviewCard.objects.filter(**which).delete()
        return None
    if card is None:
        card, is_new = ReviewCard.objects.get_or_create(
            **which, defaults=columns_of(state)
        )
        # Somebody else's fact came in at the same moment: with her lock, once more.
        return card if is_new else refresh_card(**which)
    for name, value in columns_of(state).items():
        setattr(card, name, value)
    card.save(update_fields=list(columns_of(state)))
    return card


def columns_of(state: CardState) -> dict[str, Any]:
    """Return the columns of a card in this state."""
    return {
        "due_at": state.due_at,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "answered_at": state.answered_at,
        "answers": state.answers,
    }


def note_misses(attempt: Attempt, *, keys_are_open: bool, now: datetime) -> int:
    """Let practice questions come up for what was missed; return how many misses.

    Only once the keys may be seen: before that, what was wrong is not hers to know.
    Each missed question of any attempt at the quiz brings up a practice question of
    its objective, the one she has not answered for longest, and never itself. Noted
    once per question. Call it in the transaction that marked the attempt.
    """
    if attempt.enrollment_id is None or not keys_are_open:
        return 0
    missed = _missed(attempt.enrollment_id, attempt.quiz_key)
    chosen = _practice_for(attempt, missed) if missed else {}
    ReviewMiss.objects.bulk_create(
        ReviewMiss(
            person_id=attempt.person_id,
            item_id=item_id,
            question_id=question_id,
            noted_at=now,
        )
        for item_id, question_id in chosen.items()
    )
    for question_id in sorted(set(chosen.values())):
        refresh_card(person_id=attempt.person_id, question_id=question_id)
    return len(chosen)


@written_once
def _missed(enrollment_id: int, quiz_key: str) -> "QuerySet[Any]":
    items = AttemptItem.objects.filter(
        attempt__enrollment=enrollment_id,
        attempt__quiz_key=quiz_key,
        attempt__state=Attempt.State.SUBMITTED,
        share_numerator__lt=F("share_denominator"),
        left_out=False,
        review_miss__isnull=True,
    )
    about_something = items.exclude(question_version__objective_key="").order_by("pk")
    return about_something.values_list("pk", "question_version__objective_key")


def _practice_for(attempt: Attempt, missed: list[tuple[int, str]]) -> dict[int, int]:
    """Return a practice question for each missed item that has one."""
    if attempt.enrollment is None:
        return {}
    hers = Q(question__practice_responses__person=attempt.person_id)
    offered: dict[str, list[int]] = defaultdict(list)
    rows = (
        events.practice_versions(attempt.enrollment.course)
        .filter(objective_key__in={objective for _item, objective in missed})
        .annotate(last=Max("question__practice_responses__answered_at", filter=hers))
        .order_by(F("last").asc(nulls_first=True), "question_id")
    )
    for objective, question_id in rows.values_list("objective_key", "question_id"):
        offered[objective].append(question_id)
    chosen = {}
    for number, (item_id, objective) in enumerate(missed):
        if offered[objective]:
            chosen[item_id] = offered[objective][number % len(offered[objective])]
    return chosen
