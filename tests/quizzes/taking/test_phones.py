"""Phones that lie, and phones that are only slow (docs/late-answers.md).

Every history goes through the real actions. `HISTORIES=10000` is the full proof.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes import actions
from quizzes.exceptions import HandInRefused
from quizzes.models import Attempt, ResponseSave
from quizzes.taking.reading_saves import SaidAnswer
from tests.undone import undone

HISTORIES = int(os.environ.get("HISTORIES", "60"))
HISTORY = settings(
    max_examples=HISTORIES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SECOND, TIME = timedelta(seconds=1), timedelta(minutes=10)
DAYS = 90 * 3600
DEVICES = [UUID(int=number) for number in (1, 2, 3)]


def say(
    attempt: Attempt,
    position: int,
    option: str,
    now: datetime,
    *,
    device: UUID,
    sequence: int,
    offset: int | None,
) -> ResponseSave:
    """Say an answer as a script does; `offset` in seconds."""
    said = SaidAnswer(
        position=position,
        fields={"answer": [option]},
        flagged=False,
        device=device,
        sequence=sequence,
        offset=None if offset is None else offset * SECOND,
    )
    return actions.save_response(attempt_id=attempt.pk, said=said, now=now)


def stored(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it."""
    return Attempt.objects.get(pk=attempt.pk)


# --- phones that lie ----------------------------------------------------------------
# Before a score exists anywhere the liar can only guess, and her guesses are wrong.
# From then on she is taken to know every key: nobody could be told more.
WRONG, RIGHT = "b", "a"

lies = st.fixed_dictionaries(
    {
        "gap": st.sampled_from([0, 1, 30, 200, 500, 4_000, DAYS]),
        "verb": st.sampled_from(
            ["say"] * 6 + ["visit", "hand in", "look", "sweep", "start"]
        ),
        "position": st.integers(1, 4),
        "device": st.sampled_from(DEVICES),
        "sequence": st.sampled_from([1, 2, 3, 4, 5, 500, 1000]),
        "offset": st.sampled_from([None, 0, 1, 60, 300, 600, 601, 90_000]),
        "named": st.sampled_from([None, {}, {0: 1}, {0: 1000}, {0: 4, 1: 1000}]),
        "waits": st.booleans(),
    }
)


class Liar:
    """Somebody who says whatever might help, at any time, from any device."""

    def __init__(self, attempt: Attempt, now: datetime) -> None:
        self.attempt, self.now = attempt, now
        self.person = attempt.person
        self.first_score: Any = None

    @property
    def knows(self) -> bool:
        """Say whether a score exists, from which anything may be learnt."""
        return stored(self.attempt).points is not None

    def do(self, lie: dict[str, Any]) -> None:
        """Do one thing, and note the first score there is."""
        self.now += lie["gap"] * SECOND
        getattr(self, lie["verb"].replace(" ", "_"))(lie)
        found = stored(self.attempt)
        if self.first_score is None:
            self.first_score = found.points

    def say(self, lie: dict[str, Any]) -> None:
        keys = {key: lie[key] for key in ("device", "sequence", "offset")}
        knows = self.knows
        option = RIGHT if knows else WRONG
        said = say(self.attempt, lie["position"], option, self.now, **keys)
        # Saying the same number again gives the row that was said before.
        assert not (knows and said.counts and said.value == RIGHT)

    def visit(self, lie: dict[str, Any]) -> None:
        actions.note_visit(
            attempt_id=self.attempt.pk, device=lie["device"], now=self.now
        )

    def hand_in(self, lie: dict[str, Any]) -> None:
        named = lie["named"]
        try:
            actions.submit_attempt(
                attempt_id=self.attempt.pk,
                by=self.person,
                now=self.now,
                named=named and {DEVICES[key]: last for key, last in named.items()},
                waits_for_log=lie["waits"],
            )
        except HandInRefused:
            assert not self.knows

    def look(self, lie: dict[str, Any]) -> None:
        actions.mark_closed_attempt(
            attempt_id=self.attempt.pk, by=self.person, now=self.now
        )

    def sweep(self, lie: dict[str, Any]) -> None:
        if Attempt.objects.overdue(self.now).filter(pk=self.attempt.pk).exists():
            actions.submit_attempt(attempt_id=self.attempt.pk, by=None, now=self.now)

    def start(self, lie: dict[str, Any]) -> None:
        """Ask for another attempt, without looking at what comes."""
        with undone():
            actions.start_attempt(
                quiz_id=self.attempt.quiz_id,
                enrollment_id=self.attempt.enrollment_id,
                by=self.person,
                now=self.now,
                seed=1,
            )


# How it ends: she hands in, or the deadline comes and she looks at once, or waits.
ENDS = (
    [{"verb": "hand in", "gap": 1, "named": {0: 1000}, "waits": False}],
    [{"verb": "sweep", "gap": 700}, {"verb": "look", "gap": 1}],
    [{"verb": "sweep", "gap": DAYS}, {"verb": "sweep", "gap": DAYS}],
)


@HISTORY
@given(history=st.lists(lies, min_size=3, max_size=14), end=st.sampled_from(ENDS))
def test_a_phone_that_lies_gains_nothing(attempt, now, history, end):
    with undone():
        liar = Liar(attempt, now)
        for lie in [*history, *end, {"verb": "sweep", "gap": 700}, ENDS[1][1]]:
            liar.do(lie)
        # Now she says what she has learnt.
        last = {"verb": "say", "gap": 1, "sequence": 7, "offset": 1}
        for device in DEVICES:
            for position in (1, 2, 3, 4):
                liar.do({**last, "position": position, "device": device})
        # A repair, or anything else that marks again, would find a word that counts.
        assert list(actions.verify_scores(repair=True, now=liar.now)) == []

        assert liar.first_score == 0
        assert stored(attempt).points == 0


# --- phones that are only slow ------------------------------------------------------
@dataclass
class Phone:
    """A page on a poor line: everything goes to its log first (`static/js/quiz`)."""

    device: UUID
    log: list[tuple[int, int, str, int]] = field(default_factory=list)
    sent: int = 0

    def answer(self, position: int, option: str, at: int) -> None:
        """Take an answer down, `at` seconds after the start."""
        self.log.append((len(self.log) + 1, position, option, at))

    def send(self, attempt: Attempt, now: datetime, *, most: int, is_heard: bool):
        """Send the oldest answers; without an ear for the reply they go again later."""
        for sequence, position, option, at in self.log[self.sent : self.sent + most]:
            say(
                attempt,
                position,
                option,
                now,
                device=self.device,
                sequence=sequence,
                offset=at,
            )
        if is_heard:
            self.sent = min(len(self.log), self.sent + most)


steps = st.lists(
    st.tuples(
        st.integers(0, 1),  # which phone
        st.sampled_from(["answer", "answer", "send", "send unheard"]),
        st.integers(1, 4),  # position, or how many are sent
        st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=14,
)


def last_words(words: list[tuple[int, str, int]]) -> dict[int, str]:
    """Return what was said last to each position, of (position, option, at)."""
    return {
        position: option for position, option, _at in sorted(words, key=lambda w: w[2])
    }


def expected(words: list[tuple[int, str, int]]) -> int:
    """Return how many of the last words are right."""
    return list(last_words(words).values()).count(RIGHT)


def use(attempt: Attempt, phones: list[Phone], work: Any, now: datetime) -> int:
    """Answer and send as the steps say, 20 seconds each; return the seconds passed."""
    for phone in phones:
        actions.note_visit(attempt_id=attempt.pk, device=phone.device, now=now)
    at = 0
    for number, verb, count, option in work:
        at += 20
        phone = phones[number]
        if verb == "answer":
            phone.answer(count, option, at)
        else:
            is_heard = verb == "send"
            phone.send(attempt, now + at * SECOND, most=count, is_heard=is_heard)
    return at


def words_of(phone: Phone, count: int | None = None) -> list[tuple[int, str, int]]:
    """Return the first `count` words of a phone's log, or all."""
    return [word[1:] for word in phone.log[:count]]


@HISTORY
@given(work=steps, by=st.integers(0, 1), names=st.booleans())
def test_a_slow_phone_that_hands_in_loses_nothing(attempt, now, work, by, names):
    with undone():
        phones = [Phone(device) for device in DEVICES[:2]]
        at = use(attempt, phones, work, now) + 20
        mine, other = phones[by], phones[1 - by]
        heard = ResponseSave.objects.filter(attempt=attempt, device=other.device)
        words = words_of(mine) + words_of(other, heard.count())
        # The page sends its log, then hands in with the last number of it.
        mine.send(attempt, now + at * SECOND, most=99, is_heard=True)
        named = {mine.device: len(mine.log)} if mine.log and names else {}
        done = actions.submit_attempt(
            attempt_id=attempt.pk,
            by=attempt.person,
            now=now + at * SECOND,
            named=named,
            waits_for_log=True,
        )
        assert done.points == expected(words)

        # What the other phone had not sent is kept, and changes nothing.
        other.send(attempt, now + TIME, most=99, is_heard=True)
        assert stored(attempt).points == done.points
        kept = ResponseSave.objects.filter(attempt=attempt).count()
        assert kept == len(mine.log) + len(other.log)


@HISTORY
@given(
    work=steps,
    waits=st.lists(st.integers(1, 71 * 3600), min_size=2, max_size=2),
    sweeps=st.booleans(),
)
def test_slow_phones_that_the_deadline_caught_lose_nothing(
    attempt, now, work, waits, sweeps
):
    with undone():
        phones = [Phone(device) for device in DEVICES[:2]]
        use(attempt, phones, work, now)
        over = now + TIME + timedelta(minutes=2)
        if sweeps:
            actions.submit_attempt(attempt_id=attempt.pk, by=None, now=over)
        for phone, wait in sorted(zip(phones, waits, strict=True), key=lambda p: p[1]):
            phone.send(attempt, over + wait * SECOND, most=99, is_heard=True)
        actions.submit_attempt(attempt_id=attempt.pk, by=None, now=over)
        done = actions.mark_closed_attempt(
            attempt_id=attempt.pk,
            by=attempt.person,
            now=over + timedelta(hours=71, minutes=1),
        )

        assert done.points == expected([w for phone in phones for w in words_of(phone)])
