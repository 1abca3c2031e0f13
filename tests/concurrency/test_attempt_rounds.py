"""One attempt, and everything that may happen to it, at the same moment, many times.

Every round draws what happens: starts, answers, handing in, the beat's overdue run,
more time, a repaired question. Whatever comes first, there is one attempt, no answer
is lost, no score falls and nobody waits for ever. `DRILL_ROUNDS=500` is the full drill.
"""

import os
import random
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from courses.models import Enrollment, GradeEntry
from quizzes import actions
from quizzes.accommodations.actions import AccommodationContent
from quizzes.marking import papers
from quizzes.models import (
    Attempt,
    AttemptItem,
    QuestionVersion,
    Quiz,
    RepairNotice,
    RepairOutcome,
    ResponseSave,
)
from quizzes.taking.reading_saves import SaidAnswer
from tests.concurrency.together import Crew, refusals
from tests.factories import enroll, make_person, read_lessons

pytestmark = pytest.mark.postgres
ROUNDS = int(os.environ.get("DRILL_ROUNDS", "120"))
PEOPLE, AT_ONCE = 12, 3
TIME = timedelta(minutes=10)


@pytest.fixture
def quiz(stage) -> Quiz:
    """The post-test, with no end of attempts."""
    quiz = Quiz.objects.get(
        grade_item__version=stage.place.version_id, grade_item__key="posttest"
    )
    Quiz.objects.filter(pk=quiz.pk).update(attempts_per_block=None)
    return Quiz.objects.get(pk=quiz.pk)


@pytest.fixture
def places(stage, now):
    """Many people who may sit the post-test."""
    return [_make_place(stage, number, now) for number in range(PEOPLE)]


def _make_place(stage, number, now) -> Enrollment:
    person = make_person(unit=stage.world.section, now=now, name=f"Orang {number}")
    place = enroll(course=stage.course, person=person, now=now)
    read_lessons(enrollment=place, now=now)
    return place


class Round:
    """What may happen to one person's attempt; every verb notes what it saw."""

    def __init__(self, stage, quiz, place, now, chance: random.Random) -> None:
        self.stage, self.quiz, self.place = stage, quiz, place
        self.now, self.chance = now, chance
        self.opened = self.start()
        self.said: list[tuple[UUID, int]] = []
        self.repaired: list[int] = []

    def start(self) -> Attempt:
        return actions.start_attempt(
            quiz_id=self.quiz.pk,
            enrollment_id=self.place.pk,
            by=self.place.person,
            now=self.now,
            seed=self.chance.randrange(2**30),
        )

    def save(self):
        device, position = uuid4(), self.chance.randint(1, 4)
        self.said.append((device, position))
        if self.chance.random() < 0.5:
            actions.note_visit(attempt_id=self.opened.pk, device=device, now=self.now)
        option = self.chance.choice("abc")
        # Half of the answers come after the end and say that they were given before.
        late = self.chance.random() < 0.5
        return lambda: actions.save_response(
            attempt_id=self.opened.pk,
            said=SaidAnswer(
                position=position,
                fields={"answer": [option]},
                flagged=False,
                device=device,
                sequence=1,
                offset=timedelta(seconds=1),
            ),
            now=self.now + (2 * TIME if late else timedelta(seconds=2)),
        )

    def submit(self):
        return lambda: actions.submit_attempt(
            attempt_id=self.opened.pk,
            by=self.place.person,
            now=self.now + timedelta(seconds=3),
        )

    def sweep(self):
        return lambda: actions.submit_attempt(
            attempt_id=self.opened.pk, by=None, now=self.now + 2 * TIME
        )

    def look(self):
        return lambda: actions.mark_closed_attempt(
            attempt_id=self.opened.pk, by=self.place.person, now=self.now + 2 * TIME
        )

    def restart(self):
        return self.start

    def grant(self):
        return lambda: actions.grant_accommodation(
            person=self.place.person,
            content=AccommodationContent(
                "Surat 12", self.stage.course, "posttest", extra_minutes=1
            ),
            token=uuid4(),
            by=None,
            now=self.now + timedelta(seconds=2),
        )

    def repair(self):
        ids = AttemptItem.objects.filter(attempt=self.opened).values("question_version")
        versions = QuestionVersion.objects.filter(pk__in=ids).order_by("pk")
        version = self.chance.choice(list(versions))
        kind = self.chance.choice(["all_right", "disregarded"])

        def repair() -> None:
            made = actions.repair_question(
                version=version,
                kind=kind,
                correction=None,
                reason="Keliru",
                by=None,
                now=self.now,
            )
            self.repaired.append(made.pk)
            if Attempt.objects.get(pk=self.opened.pk).state == "submitted":
                actions.apply_repair(
                    repair_id=made.pk, attempt_id=self.opened.pk, now=self.now
                )

        return repair

    def race(self, crew: Crew) -> Counter[str]:
        """Let some of it happen at once; return how often each verb ran."""
        verbs = ["submit", *self.chance.choices(VERBS, k=AT_ONCE - 1)]
        calls = [getattr(self, verb)() for verb in verbs]
        self.chance.shuffle(calls)
        results = crew.together(*calls)
        # A repair may let her pass, and then nobody starts again.
        assert {one.code for one in refusals(results)} <= {
            "already_passed",
            "course_finished",
        }
        return Counter(verbs)


VERBS = ("save", "save", "save", "sweep", "look", "restart", "grant", "repair")


def check(round_: Round) -> None:
    """Check everything that must hold whatever came first."""
    attempt = Attempt.objects.get(pk=round_.opened.pk)
    if attempt.state == "closed":
        # The sweep came first, and a device might still have had something to say.
        attempt = round_.look()()
    mine = Attempt.objects.filter(enrollment=round_.place)
    assert mine.open().count() <= 1
    assert list(mine.order_by("number").values_list("number", flat=True)) == list(
        range(1, mine.count() + 1)
    )
    said = {
        (save.device, save.item.position)
        for save in ResponseSave.objects.filter(attempt=attempt).select_related("item")
    }
    assert said == set(round_.said)
    assert attempt.state == "submitted"
    assert attempt.points is not None
    # What is stored is at least what everything that is known gives today.
    for repair_id in round_.repaired:
        actions.apply_repair(repair_id=repair_id, attempt_id=attempt.pk, now=round_.now)
    attempt.refresh_from_db()
    mark = papers.marked_paper(attempt).mark
    assert not mark.is_better_than(attempt.points, attempt.max_points)
    extra = timedelta(seconds=attempt.extra_seconds)
    assert attempt.deadline_at == attempt.started_at + TIME + extra
    assert attempt.submitted_at <= attempt.deadline_at


def test_whatever_comes_first_nothing_is_lost(stage, quiz, places, now):
    chance = random.Random(20261121)
    ran: Counter[str] = Counter()
    moment = now

    with Crew(AT_ONCE) as crew:
        for number in range(ROUNDS):
            moment += timedelta(hours=1)
            turn = number % PEOPLE
            for left in places[turn].attempts.open():
                actions.end_attempt(attempt_id=left.pk, by=None, now=moment)
            if Enrollment.objects.filter(pk=places[turn].pk).completed().exists():
                # Whoever has finished begins no other attempt.
                places[turn] = _make_place(stage, PEOPLE + number, moment)
            round_ = Round(stage, quiz, places[turn], moment, chance)
            ran += round_.race(crew)
            check(round_)
    apply_what_waits(moment)

    assert sum(ran.values()) == ROUNDS * AT_ONCE
    assert set(ran) == {"submit", *VERBS}
    # Nobody was told twice, and every grade of a place has a revision of its own.
    told = RepairNotice.objects.values_list("repair", "person")
    assert len(told) == len(set(told))
    outcomes = RepairOutcome.objects.values_list("repair", "attempt")
    assert len(outcomes) == len(set(outcomes))
    assert GradeEntry.objects.exists()


def apply_what_waits(now) -> None:
    """Do what the beat would: every attempt has an outcome of every repair of it."""
    for repair_id, attempt_id in actions.unfinished_repairs(now, limit=10_000):
        actions.apply_repair(repair_id=repair_id, attempt_id=attempt_id, now=now)
    assert actions.unfinished_repairs(now, limit=1) == []
