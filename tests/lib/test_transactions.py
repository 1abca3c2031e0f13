"""What the database gives up is done again: boundedly, whole, by the outermost verb."""

import pytest
from django.db import OperationalError, transaction

from accounts import audit
from accounts.models import AuditRecord
from lib import transactions
from lib.transactions import TRIES, atomic_with_retry


class _Cause(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def given_up(sqlstate: str = "40P01") -> OperationalError:
    """Return what Django raises when PostgreSQL answers with this code."""
    error = OperationalError(sqlstate)
    error.__cause__ = _Cause(sqlstate)
    return error


class Verb:
    """Writes a row, then fails with each of `errors` in turn, and then no more."""

    def __init__(self, now, *errors: Exception) -> None:
        self.now, self.errors = now, list(errors)
        self.calls = self.committed = 0

    def __call__(self) -> int:
        self.calls += 1
        audit.record("lib.test.done", None, by=None, now=self.now)
        transaction.on_commit(self.on_commit)
        if self.errors:
            raise self.errors.pop(0)
        return self.calls

    def on_commit(self) -> None:
        self.committed += 1


def retried(verb: Verb):
    """Return the verb, decorated."""

    @atomic_with_retry
    def act() -> int:
        return verb()

    return act


@pytest.fixture
def pauses(transactional_db, monkeypatch) -> list[int]:
    """The tries after which somebody waited; nobody really does."""
    noted: list[int] = []
    monkeypatch.setattr(transactions, "pause", noted.append)
    return noted


@pytest.mark.parametrize("sqlstate", ["40P01", "40001"])
def test_a_verb_that_is_given_up_is_done_again_and_once(pauses, now, sqlstate):
    verb = Verb(now, given_up(sqlstate), given_up(sqlstate))

    assert retried(verb)() == TRIES == 3

    assert pauses == [1, 2]
    assert AuditRecord.objects.count() == 1
    assert verb.committed == 1


def test_after_the_last_try_the_error_is_everybodys(pauses, now):
    verb = Verb(now, *[given_up()] * 9)

    with pytest.raises(OperationalError, match="40P01"):
        retried(verb)()

    assert verb.calls == TRIES
    assert pauses == [1, 2]
    assert (AuditRecord.objects.count(), verb.committed) == (0, 0)


@pytest.mark.parametrize(
    "error",
    [given_up("57014"), OperationalError("database is locked"), ValueError("no")],
    ids=["cancelled", "sqlite", "other"],
)
def test_any_other_error_is_raised_at_once(pauses, now, error):
    verb = Verb(now, error)

    with pytest.raises(type(error)):
        retried(verb)()

    assert (verb.calls, pauses) == (1, [])
    assert AuditRecord.objects.count() == 0


def test_inside_another_verb_only_the_outermost_is_done_again(pauses, now):
    verb = Verb(now, *[given_up()] * 9)
    inner = retried(verb)

    @atomic_with_retry
    def outer() -> int:
        audit.record("lib.test.begun", None, by=None, now=now)
        return inner()

    with pytest.raises(OperationalError):
        outer()

    assert verb.calls == TRIES
    assert AuditRecord.objects.count() == 0


def test_inside_a_plain_transaction_nothing_is_done_again(pauses, now):
    verb = Verb(now, given_up())

    with pytest.raises(OperationalError), transaction.atomic():
        retried(verb)()

    assert (verb.calls, pauses) == (1, [])


def test_a_pause_grows_and_differs(monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(transactions.time, "sleep", slept.append)
    monkeypatch.setattr(transactions.random, "uniform", lambda low, high: (low, high))

    transactions.pause(1)
    transactions.pause(2)

    assert slept == [(0, 0.1), (0, 0.2)]
