"""Expected difficulty and enemies of questions: stored at once, twice is once."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditRecord
from quizzes import actions
from quizzes.bank.composition import compositions_of
from quizzes.models import EnemyPair, Question, QuestionBank, QuestionVersion
from quizzes.questions.composition import Composition, Expected
from tests.factories import make_question
from tests.queries import queries_in

NOTHING = Composition()


@pytest.fixture
def bank(world, course, now) -> QuestionBank:
    """A bank of three questions, "a" the oldest."""
    bank = actions.open_bank(
        key="contoh-baru",
        title="Baru",
        use=QuestionBank.Use.GRADED,
        course=course,
        unit=world.agency,
        now=now,
    )
    for key in ("a", "b", "c"):
        actions.write_question(bank=bank, content=make_question(key), by=None, now=now)
    return bank


@pytest.fixture
def write(bank, now):
    """Return a function that stores what counts of questions."""

    def do(**questions: Composition) -> int:
        return actions.write_composition(
            bank=bank, questions=questions, by=None, now=now
        )

    return do


def test_a_pair_is_stored_once_and_read_from_both_sides(bank, write):
    assert write(c=Composition(Expected(30, 80), ("a",))) == 2

    assert EnemyPair.objects.count() == 1
    assert compositions_of(bank) == {
        "a": Composition(None, ("c",)),
        "b": NOTHING,
        "c": Composition(Expected(30, 80), ("a",)),
    }


def test_the_same_again_changes_nothing_and_tells_nobody(bank, write):
    said = {"a": Composition(Expected(1, 2), ("b",)), "b": Composition(None, ("a",))}
    write(**said)
    before = AuditRecord.objects.count()

    assert write(**said) == 0
    assert (EnemyPair.objects.count(), AuditRecord.objects.count()) == (1, before)


def test_a_question_has_the_enemies_it_says_and_others_keep_theirs(bank, write):
    write(a=Composition(None, ("b",)), b=Composition(None, ("c",)))

    assert write(a=NOTHING) == 2

    assert [compositions_of(bank)[key].enemies for key in "abc"] == [(), ("c",), ("b",)]


def test_nothing_of_it_is_a_new_wording(bank, write):
    before = list(QuestionVersion.objects.values_list("pk", "content_hash"))
    write(a=Composition(Expected(0, 100), ("b", "c")))

    assert list(QuestionVersion.objects.values_list("pk", "content_hash")) == before


def test_an_unknown_enemy_changes_nothing(bank, write):
    with pytest.raises(Question.DoesNotExist, match="hilang"):
        write(a=Composition(Expected(1, 2), ("b", "hilang")))

    assert compositions_of(bank)["a"] == NOTHING


def test_reading_a_bank_costs_two_queries_however_large(bank, write):
    write(a=Composition(None, ("b", "c")))

    assert queries_in(lambda: compositions_of(bank)) == 2


@pytest.mark.parametrize(
    ("untrained", "trained"), [(-1, 5), (5, 101), (6, 5), (None, 5), (5, None)]
)
def test_the_database_refuses_what_is_no_expectation(bank, untrained, trained):
    with pytest.raises(IntegrityError), transaction.atomic():
        bank.questions.filter(key="a").update(
            expected_untrained=untrained, expected_trained=trained
        )


def test_the_database_refuses_an_enemy_of_itself_and_a_pair_turned_round(bank):
    a, b, _c = bank.questions.order_by("pk")
    for first, second in ((a, a), (b, a)):
        with pytest.raises(IntegrityError), transaction.atomic():
            EnemyPair.objects.create(first=first, second=second)
