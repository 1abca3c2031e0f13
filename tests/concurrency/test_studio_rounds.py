"""Every verb of Studio beside people who learn: no two wait for each other.

Each round is one verb of an author and five of learners, in turn, at the same moment.
`DRILL_ROUNDS=200` makes it the full drill; `DRILL_VERBS` picks verbs
for it, with semicolons between. A few rounds find what was there once: publishing
beside people who finish a lesson deadlocked every time.
"""

import ast
import logging
import os
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from lib import transactions
from quizzes.models import Question
from studio import actions
from tests.concurrency.studio_drill import (
    AUTHOR_VERBS,
    LEARNER_VERBS,
    LEARNERS,
    Drill,
)
from tests.concurrency.together import Crew, refusals, together
from tests.sources import ROOT, nodes_in, python_files, tree_of

pytestmark = pytest.mark.postgres
log = logging.getLogger(__name__)
ROUNDS = int(os.environ.get("DRILL_ROUNDS", "6"))
# The rest of a drill that was begun; nothing picked is all.
PICKED = {name.strip() for name in os.environ.get("DRILL_VERBS", "").split(";")} - {""}


@pytest.fixture
def drill(transactional_db: None, now, tmp_path: Path, monkeypatch) -> Drill:
    """The course and its people; what the database gives up is not done again."""
    monkeypatch.setattr(transactions, "TRIES", 1)
    return Drill(tmp_path / "kursus", now)


@pytest.mark.parametrize("half", [0, 1])
def test_an_author_and_learners_never_deadlock(drill, half):
    """Two halves, one for each core."""
    turn = cycle(LEARNER_VERBS)
    deadlocks: Counter[str] = Counter()

    with Crew(1 + LEARNERS) as crew:
        for name in _picked()[half::2]:
            verb = AUTHOR_VERBS[name]
            for _ in range(ROUNDS):
                with transaction.atomic():
                    drill.next_round()
                    author = verb(drill)
                    calls = [next(turn)(drill, place) for place in drill.places]
                results = crew.together(author, *calls)
                assert unforeseen(results) == [], name
                deadlocks[name] += any(map(_was_given_up, results))
            # With `--log-cli-level=INFO`: the table of the full drill.
            log.info("%s: %s rounds, %s with a deadlock", name, ROUNDS, deadlocks[name])

    assert +deadlocks == {}, f"Rounds with a deadlock, of {ROUNDS}: see docs/locking.md"


def _picked() -> list[str]:
    assert set(AUTHOR_VERBS) >= PICKED, "DRILL_VERBS names what is no verb"
    return [name for name in AUTHOR_VERBS if name in PICKED or not PICKED]


def _was_given_up(result: Any) -> bool:
    return isinstance(result, OperationalError) and transactions.was_given_up(result)


def unforeseen(results: list[Any]) -> list[Exception]:
    """Return what neither a deadlock nor a learner who came too late explains."""
    return [
        error
        for place, error in enumerate(results)
        if isinstance(error, Exception)
        and not _was_given_up(error)
        and (place == 0 or not hasattr(error, "code"))
    ]


def test_two_withdrawals_at_once_leave_a_quiz_its_questions(drill):
    """The post-test draws two of three."""
    ids = Question.objects.filter(key__in=["post-1", "post-2"]).values_list("pk")

    results = together(
        *(
            lambda pk=pk: actions.retire_question(
                question_id=pk, by=drill.author, now=drill.now
            )
            for (pk,) in ids
        )
    )

    assert [error.code for error in refusals(results)] == ["still_needed"]


def test_every_verb_of_studio_is_in_the_drill():
    own = {name for name in actions.__all__ if name.islower()}
    taken = {
        node.attr
        for path in python_files("studio")
        if "views" in path.relative_to(ROOT).parts
        for node in nodes_in(tree_of(path))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node.value) == "quizzes_actions"
    }

    # Pictures are files under their hashes: no row is locked.
    verbs = (own | taken) - {"store_images"}
    assert verbs == {name.partition(",")[0] for name in AUTHOR_VERBS}
