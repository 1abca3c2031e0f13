"""What counts when papers are composed: expected difficulty and enemies, stored.

It belongs to the questions and not to their wordings, so it counts at once and no
statistics start anew. Papers that were drawn stay as they are.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from accounts import audit
from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.models import EnemyPair, Question, QuestionBank
from quizzes.questions.composition import Composition, Expected, enemy_pairs


@atomic_with_retry
def write_composition(
    *,
    bank: QuestionBank,
    questions: Mapping[str, Composition],
    by: User | None,
    now: datetime,
) -> int:
    """Store what counts of these questions when papers are composed; by their keys.

    Each has the enemies that it names or that name it, and no other; a question that
    is not among them loses and gains only pairs with one that is. Returns how many
    questions changed; the same again changes nothing. Locks the bank, then the
    questions. Raises Question.DoesNotExist for an unknown key.
    """
    QuestionBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    stored = _locked(bank, questions)
    changed = {
        question.pk
        for key, composition in questions.items()
        if _write_expected(question := stored[key], composition.expected)
    }
    own = [stored[key].pk for key in questions]
    wanted = {
        (min(pair), max(pair))
        for one, other in enemy_pairs(questions)
        for pair in [(stored[one].pk, stored[other].pk)]
    }
    there = {
        (pair.first_id, pair.second_id): pair.pk
        for pair in EnemyPair.objects.filter(Q(first__in=own) | Q(second__in=own))
    }
    gone, come = there.keys() - wanted, wanted - there.keys()
    EnemyPair.objects.filter(pk__in=[there[pair] for pair in gone]).delete()
    EnemyPair.objects.bulk_create(
        EnemyPair(first_id=first, second_id=second) for first, second in sorted(come)
    )
    changed.update(pk for pair in (*gone, *come) for pk in pair)
    for question in stored.values():
        if question.pk in changed:
            audit.record("quizzes.question.composed", question, by=by, now=now)
    return len(changed)


def _locked(
    bank: QuestionBank, questions: Mapping[str, Composition]
) -> dict[str, Question]:
    """Return the questions and the enemies they name, locked, by key."""
    keys = {*questions, *(key for one in questions.values() for key in one.enemies)}
    rows = Question.objects.select_for_update(no_key=True).filter(
        bank=bank, key__in=keys
    )
    stored = {question.key: question for question in rows.order_by("pk")}
    for key in sorted(keys - stored.keys()):
        raise Question.DoesNotExist(key)
    return stored


def _write_expected(question: Question, expected: Expected | None) -> bool:
    """Store the expected difficulty; False when it is there already."""
    said = (expected.untrained, expected.trained) if expected else (None, None)
    if (question.expected_untrained, question.expected_trained) == said:
        return False
    question.expected_untrained, question.expected_trained = said
    question.save(update_fields=["expected_untrained", "expected_trained"])
    return True


def compositions_of(bank: QuestionBank) -> dict[str, Composition]:
    """Return what counts of every question of a bank, by key. Two queries."""
    questions = {question.pk: question for question in bank.questions.all()}
    enemies: dict[int, list[str]] = {pk: [] for pk in questions}
    for one, other in enemies_among(questions):
        enemies[one].append(questions[other].key)
        enemies[other].append(questions[one].key)
    return {
        question.key: Composition(expected_of(question), tuple(sorted(enemies[pk])))
        for pk, question in questions.items()
    }


def expected_of(question: Question) -> Expected | None:
    """Return the expected difficulty of a question, None where nobody said."""
    if question.expected_untrained is None or question.expected_trained is None:
        return None
    return Expected(question.expected_untrained, question.expected_trained)


def enemies_among(question_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return the pairs of enemies among these questions, by id."""
    ids = list(question_ids)
    return list(
        EnemyPair.objects.filter(first__in=ids, second__in=ids).values_list(
            "first", "second"
        )
    )
