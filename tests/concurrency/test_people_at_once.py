"""People who are moved, imported or forgotten while something of them is at work."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction

from accounts import actions as accounts_actions
from accounts.actions.importing import apply_import
from accounts.people_import.planning import plan_import
from quizzes import actions
from quizzes.models import PracticeResponse, ReviewCard
from quizzes.practice.check_page import versions_for
from tests.accounts.people_sheets import OPTIONS, TODAY, make_sheet, row_of
from tests.concurrency.together import PATIENCE, together

pytestmark = pytest.mark.postgres
# So long the first one stays before her commit: the second one is waiting by then.
MOMENT = 0.5


def meet(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Let `second` begin when `first` has done everything but commit."""
    is_done = Event()

    def stay() -> Any:
        with transaction.atomic():
            result = first()
            is_done.set()
            time.sleep(MOMENT)
        return result

    def come() -> Any:
        assert is_done.wait(PATIENCE)
        return second()

    results = together(stay, come)
    assert [one for one in results if isinstance(one, OperationalError)] == []
    return results


def test_whoever_is_forgotten_while_she_answers_is_forgotten(stage, now):
    versions = versions_for(stage.course, {"contoh-practice-1"})

    def answer() -> PracticeResponse:
        return actions.answer_practice(
            version=versions["contoh-practice-1"],
            person=stage.learner,
            fields={"answer": ["b"]},
            token=uuid4(),
            now=now,
        )

    answer()
    _said, forgotten = meet(
        answer,
        lambda: accounts_actions.anonymise_person(
            person=stage.learner,
            by=stage.world.people["admin"],
            now=now,
            reason="Permintaan",
        ),
    )

    assert forgotten.nip is None
    assert not ReviewCard.objects.filter(person=stage.learner).exists()


def test_an_import_waits_for_a_move_and_is_not_waited_for(stage, now):
    mover, unit = stage.world.people["author"], stage.world.section
    sheet = make_sheet(
        row_of(mover, jabatan="Analis"), row_of(stage.learner, jabatan="Analis")
    )
    confirmed = plan_import(sheet, options=OPTIONS, by=None).digest

    moved, imported = meet(
        lambda: accounts_actions.move_person(
            person=mover, unit=unit, starts_on=TODAY, by=None, now=now
        ),
        lambda: apply_import(
            sheet=sheet, options=OPTIONS, confirmed=confirmed, by=None, now=now
        ),
    )

    assert moved is True
    # What was previewed was before the move.
    assert imported.code == "DATA_BERUBAH"
