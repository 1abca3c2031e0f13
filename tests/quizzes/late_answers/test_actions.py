"""HR lets a late answer count: for a reason, upwards only, never her own."""

from datetime import timedelta

import pytest

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry
from quizzes import actions
from quizzes.exceptions import LateAnswerNotAccepted
from quizzes.kinds import Selection
from quizzes.models import Attempt, LateAcceptance
from tests.factories import sit

MINUTE = timedelta(minutes=1)
REASON = "Gangguan jaringan kantor, berita acara 12"


@pytest.fixture
def late(ready, attempt, say, learner, now):
    """Four right answers that came after the person had handed in three wrong ones."""
    for position in (1, 2, 3):
        say(attempt, position, "b", now, sequence=position, offset=MINUTE)
    actions.submit_attempt(attempt_id=attempt.pk, by=learner, now=now + 3 * MINUTE)
    return [
        say(
            attempt,
            position,
            "a",
            now + 5 * MINUTE,
            sequence=10 + position,
            offset=2 * MINUTE,
        )
        for position in (1, 2, 3, 4)
    ]


@pytest.fixture
def accept(attempt, world, now):
    """Return a function that accepts saves as HR does."""

    def accept(saves, **over):
        content = {
            "attempt_id": attempt.pk,
            "saves": [save.pk for save in saves],
            "reason": REASON,
            "by": world.people["hr"],
            "now": now + 60 * MINUTE,
        }
        return actions.accept_late_answers(**(content | over))

    return accept


def points(attempt: Attempt):
    """Return the points as the database has them."""
    return Attempt.objects.get(pk=attempt.pk).points


def test_accepted_answers_raise_the_score_and_complete(
    attempt, late, accept, ready, now
):
    assert points(attempt) == 0

    assert accept(late[:3]) is True

    assert points(attempt) == 3
    grades = GradeEntry.objects.filter(item_key="posttest").order_by("revision")
    assert [entry.points for entry in grades] == [0, 3]
    assert Enrollment.objects.get(pk=ready.pk).completed_at == now + 60 * MINUTE
    record = AuditRecord.objects.get(verb="quizzes.late_answers.accepted")
    assert record.detail["saves"] == [save.pk for save in late[:3]]
    assert {row.reason for row in LateAcceptance.objects.all()} == {REASON}


def test_accepting_twice_changes_nothing(attempt, late, accept):
    accept(late[:2])

    assert accept(late[:2]) is False
    assert LateAcceptance.objects.count() == 2
    assert AuditRecord.objects.filter(verb="quizzes.late_answers.accepted").count() == 1


def test_the_score_only_rises(attempt, say, late, accept, now):
    accept(late)
    blank = say(attempt, 1, None, now + 6 * MINUTE, sequence=20, offset=2.5 * MINUTE)

    assert accept([blank]) is False
    assert points(attempt) == 4


def test_nobody_accepts_her_own(attempt, late, accept, learner):
    with pytest.raises(LateAnswerNotAccepted, match="own_attempt"):
        accept(late, by=learner)
    assert points(attempt) == 0


def test_a_choice_and_a_reason_are_needed(late, accept):
    with pytest.raises(LateAnswerNotAccepted, match="no_reason"):
        accept(late, reason="  ")
    with pytest.raises(LateAnswerNotAccepted, match="nothing"):
        accept([])
    assert not LateAcceptance.objects.exists()


def test_saves_of_another_attempt_are_left_alone(ready, late, accept, now):
    other = sit(enrollment=ready, quiz_key="posttest", right=0, now=now + 9 * MINUTE)

    assert accept(late, attempt_id=other.pk) is False
    assert not LateAcceptance.objects.exists()


def test_an_attempt_that_waits_has_nothing_to_accept(attempt, say, accept, now):
    say(attempt, 1, "b", now, sequence=1, offset=MINUTE)
    over = now + timedelta(hours=1)
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=over)
    save = say(attempt, 1, "a", over, sequence=2, offset=timedelta(minutes=59))

    with pytest.raises(LateAnswerNotAccepted, match="not_marked"):
        accept([save])


def test_the_analysis_reads_what_was_accepted(attempt, late, accept, ready):
    from quizzes.analysis.marks import attempts_of, read_answers

    accept(late)
    attempts = attempts_of(ready.course, attempt.quiz_key, Selection.ALL)
    answers = read_answers(
        attempts, {attempt.pk: (0, 100.0)}, keeps=lambda attempt, version: True
    )

    assert sorted(value for found in answers.values() for value, _who in found) == [
        *"aaaa"
    ]
