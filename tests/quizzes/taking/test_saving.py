"""Taking down answers: appended, never overwritten, and late ones by rule."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry
from lib.facts import FactChanged
from quizzes import actions
from quizzes.exceptions import HandInRefused, ResponseNotAccepted
from quizzes.kinds import LATE_WINDOW
from quizzes.marking.rows import current_saves
from quizzes.models import Attempt, ResponseSave
from tests.examples import some
from tests.factories import answer
from tests.queries import queries_in
from tests.quizzes.conftest import PHONE
from tests.undone import undone

TIME = timedelta(minutes=10)
GRACE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


def hand_in(attempt: Attempt, now) -> Attempt:
    """Hand an attempt in."""
    return actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now)


def meet(attempt: Attempt, now) -> None:
    """Let the server hear of the phone."""
    actions.note_visit(attempt_id=attempt.pk, device=PHONE, now=now)


def answers(attempt: Attempt) -> dict[int, str | None]:
    """Return the current answers by position."""
    saves = current_saves(attempt)
    return {
        item.position: saves[item.pk].value
        for item in attempt.items.all()
        if item.pk in saves
    }


def points(attempt: Attempt):
    """Return the points as the database has them."""
    return Attempt.objects.get(pk=attempt.pk).points


# --- in time -----------------------------------------------------------------------
def test_an_answer_is_kept_by_the_key_of_its_option(attempt, say, now):
    save = say(attempt, 1, "b", now, sequence=1)

    assert (save.value, save.counts, save.is_late) == ("b", True, False)
    assert answers(attempt) == {1: "b"}


def test_changing_ones_mind_appends(attempt, say, now):
    for sequence, option in enumerate(["a", "b", None, "c"], 1):
        say(attempt, 1, option, now, sequence=sequence)

    assert ResponseSave.objects.count() == 4
    assert answers(attempt) == {1: "c"}


def test_saying_the_same_twice_gives_the_same_row(attempt, say, now):
    first = say(attempt, 1, "a", now, sequence=1)
    second = say(attempt, 1, "a", now + MINUTE, sequence=1)

    assert second == first
    assert ResponseSave.objects.get().received_at == now


def test_the_first_word_under_a_number_stands(attempt, say, now):
    say(attempt, 1, "a", now, sequence=1)
    say(attempt, 1, "b", now, sequence=1)

    assert answers(attempt) == {1: "a"}


def test_words_that_arrive_in_the_wrong_order_are_put_right(attempt, say, now):
    say(attempt, 1, "b", now, sequence=2)
    say(attempt, 1, "a", now + MINUTE, sequence=1)

    assert answers(attempt) == {1: "b"}


def test_a_plain_form_takes_the_next_free_number(attempt, say, now):
    numbers = [say(attempt, 1, option, now).sequence for option in "abc"]

    assert numbers == [1, 2, 3]
    assert answers(attempt) == {1: "c"}


def test_a_flag_travels_with_the_answer(attempt, say, now):
    say(attempt, 1, "a", now, sequence=1, flagged=True)
    say(attempt, 2, "a", now, sequence=2)

    flagged = {item: save.flagged for item, save in current_saves(attempt).items()}
    assert list(flagged.values()) == [True, False]


def test_a_save_is_never_edited(attempt, say, now):
    save = say(attempt, 1, "a", now, sequence=1)

    with pytest.raises(FactChanged):
        save.save()


# --- what is refused ---------------------------------------------------------------
def test_an_option_of_another_question_is_refused(attempt, say, now):
    for option in ("z", "A", "contoh-posttest-1"):
        with pytest.raises(ResponseNotAccepted, match="foreign_option"):
            say(attempt, 1, option, now, sequence=1)

    assert not ResponseSave.objects.exists()


def test_a_position_that_does_not_exist_is_refused(attempt, say, now):
    for position in (0, 5, 1000, -1, 2**40):
        with pytest.raises(ResponseNotAccepted, match="no_such_item"):
            say(attempt, position, "a", now, sequence=1)

    assert not ResponseSave.objects.exists()


# --- late --------------------------------------------------------------------------
def test_after_the_grace_a_plain_form_is_kept_and_does_not_count(attempt, say, now):
    say(attempt, 1, "b", now)

    save = say(attempt, 1, "a", now + TIME + GRACE + MINUTE)

    assert (save.counts, save.is_late) == (False, True)
    assert answers(attempt) == {1: "b"}


def test_what_was_said_in_time_and_arrives_before_the_sweep_counts(attempt, say, now):
    late = now + TIME + GRACE + MINUTE
    meet(attempt, now)

    save = say(attempt, 1, "a", late, sequence=1, offset=5 * MINUTE)

    assert (save.counts, save.is_late) == (True, True)
    assert hand_in(attempt, late + LATE_WINDOW).points == 1


def test_what_was_said_in_time_and_arrives_after_the_sweep_counts(attempt, say, now):
    say(attempt, 1, "a", now, sequence=1, offset=MINUTE)
    closed = hand_in(attempt, now + TIME + GRACE + MINUTE)
    assert (closed.state, closed.points) == ("closed", None)
    assert not GradeEntry.objects.filter(item_key="posttest").exists()

    say(attempt, 2, "a", now + timedelta(hours=30), sequence=2, offset=2 * MINUTE)

    assert points(attempt) is None
    marked = hand_in(attempt, now + TIME + LATE_WINDOW + MINUTE)
    assert (marked.state, marked.points) == ("submitted", 2)
    assert marked.submitted_at == marked.deadline_at
    grades = GradeEntry.objects.filter(item_key="posttest")
    assert [entry.points for entry in grades] == [2]


def test_late_answers_that_pass_complete_the_course_once_marked(
    attempt, ready, say, learner, now
):
    for position in (1, 2):
        say(attempt, position, "a", now, sequence=position, offset=MINUTE)
    hand_in(attempt, now + TIME + GRACE + MINUTE)
    later = now + timedelta(hours=30)
    say(attempt, 3, "a", later, sequence=3, offset=2 * MINUTE)
    assert Enrollment.objects.get(pk=ready.pk).completed_at is None

    actions.mark_closed_attempt(attempt_id=attempt.pk, by=learner, now=later)

    assert Enrollment.objects.get(pk=ready.pk).completed_at == later


def test_whoever_sees_the_result_closes_the_attempt(attempt, say, learner, now):
    say(attempt, 1, "b", now, sequence=1, offset=MINUTE)
    hand_in(attempt, now + TIME + GRACE + MINUTE)
    later = now + timedelta(hours=1)
    for _twice in range(2):
        actions.mark_closed_attempt(attempt_id=attempt.pk, by=learner, now=later)

    save = say(attempt, 1, "a", later + MINUTE, sequence=2, offset=2 * MINUTE)

    assert (save.counts, save.is_late) == (False, True)
    assert points(attempt) == 0
    assert AuditRecord.objects.filter(verb="quizzes.attempt.submitted").count() == 1


def test_an_attempt_in_progress_is_not_marked_by_asking(attempt, learner, now):
    actions.mark_closed_attempt(attempt_id=attempt.pk, by=learner, now=now)

    assert Attempt.objects.get(pk=attempt.pk).state == "in_progress"


@pytest.mark.parametrize(
    ("wait", "counts"),
    [(LATE_WINDOW, True), (LATE_WINDOW + timedelta(seconds=1), False)],
)
def test_late_answers_are_taken_for_72_hours(attempt, say, now, wait, counts):
    meet(attempt, now)
    hand_in(attempt, now + TIME + GRACE + MINUTE)

    save = say(attempt, 1, "a", now + TIME + wait, sequence=1, offset=MINUTE)

    assert save.counts is counts
    assert hand_in(attempt, now + TIME + 2 * LATE_WINDOW).points == int(counts)


def test_a_device_nobody_knew_before_the_deadline_does_not_count(attempt, say, now):
    meet(attempt, now)
    hand_in(attempt, now + TIME + GRACE + MINUTE)

    other = UUID(int=99)
    late = now + timedelta(hours=1)
    save = say(attempt, 1, "a", late, sequence=1, offset=MINUTE, device=other)

    assert save.counts is False


def test_a_device_that_was_met_after_the_deadline_is_not_known(attempt, say, now):
    meet(attempt, now + TIME + MINUTE)

    assert hand_in(attempt, now + TIME + GRACE + MINUTE).state == "submitted"


def test_where_nobody_keeps_a_log_the_deadline_marks_at_once(attempt, say, now):
    say(attempt, 1, "a", now)

    done = hand_in(attempt, now + TIME + GRACE + MINUTE)

    assert (done.state, done.points) == ("submitted", 1)


def test_a_hand_in_after_the_deadline_is_the_systems_whoever_knocks(
    attempt, say, learner, now
):
    meet(attempt, now)

    for moment in (now + TIME, now + TIME + GRACE + MINUTE):
        found = actions.submit_attempt(attempt_id=attempt.pk, by=learner, now=moment)
        assert (found.state, found.submitted_at) == ("closed", now + TIME)


def test_ending_ends_only_what_is_over(attempt, say, learner, now):
    meet(attempt, now)

    def end(moment):
        return actions.end_attempt(attempt_id=attempt.pk, by=learner, now=moment)

    for moment in (now, now + TIME, now + TIME + GRACE):
        assert end(moment).state == "in_progress"
    assert end(now + TIME + GRACE + MINUTE).state == "closed"
    assert end(now + TIME + LATE_WINDOW).state == "closed"
    assert end(now + TIME + LATE_WINDOW + MINUTE).state == "submitted"


# --- after handing in ---------------------------------------------------------------
@pytest.mark.parametrize("offset", [None, MINUTE, 2 * MINUTE, 2.5 * MINUTE])
@pytest.mark.parametrize("device", [PHONE, UUID(int=99)])
def test_what_arrives_after_handing_in_is_kept_and_never_counts(
    attempt, say, learner, now, offset, device
):
    say(attempt, 1, "b", now, sequence=4, offset=MINUTE)
    actions.submit_attempt(attempt_id=attempt.pk, by=learner, now=now + 2 * MINUTE)
    before = GradeEntry.objects.count()

    for sequence in (1, 4, 5, 1000):
        arrives = now + 3 * MINUTE
        say(attempt, 1, "a", arrives, sequence=sequence, offset=offset, device=device)

    assert points(attempt) == 0
    assert GradeEntry.objects.count() == before
    assert not ResponseSave.objects.filter(received_at=arrives, counts=True).exists()


# --- the log that a hand-in names ---------------------------------------------------
def test_a_hand_in_is_refused_while_a_named_answer_is_missing(
    attempt, say, learner, now
):
    def submit(named, **over):
        return actions.submit_attempt(
            attempt_id=attempt.pk,
            by=learner,
            now=now + 2 * MINUTE,
            named=named,
            waits_for_log=over.get("waits_for_log", True),
        )

    say(attempt, 1, "b", now, sequence=3, offset=MINUTE)
    for named in ({PHONE: 4}, {PHONE: 3, UUID(int=99): 1}, None):
        with pytest.raises(HandInRefused, match="log_missing"):
            submit(named)
    assert points(attempt) is None

    say(attempt, 1, "a", now, sequence=4, offset=MINUTE)
    assert submit({PHONE: 4}).points == 1


def test_whoever_does_not_wait_hands_in_what_is_there(attempt, say, learner, now):
    say(attempt, 1, "b", now, sequence=3, offset=MINUTE)

    done = actions.submit_attempt(
        attempt_id=attempt.pk, by=learner, now=now, named={PHONE: 1000}
    )

    assert done.state == "submitted"
    assert say(attempt, 1, "a", now, sequence=5, offset=MINUTE).counts is False


def test_a_plain_form_names_nothing(attempt, say, learner, now):
    say(attempt, 1, "a", now)

    done = actions.submit_attempt(
        attempt_id=attempt.pk, by=learner, now=now, waits_for_log=True
    )

    assert done.points == 1


# --- any device, any order, any repetition ------------------------------------------
words = st.lists(
    st.tuples(
        st.integers(1, 4), st.sampled_from(["a", "b", "c", None]), st.integers(0, 660)
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=some(15),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=words, chance=st.randoms(), repeat=st.booleans())
def test_the_score_does_not_depend_on_when_a_devices_words_arrive(
    attempt, say, now, words, chance, repeat
):
    log = [
        (sequence, position, option, timedelta(seconds=seconds))
        for sequence, (position, option, seconds) in enumerate(
            sorted(words, key=lambda word: word[2]), 1
        )
    ]
    scores = []
    for order in ("as said", "shuffled, after handing in"):
        with undone():
            sent = list(log)
            if order != "as said":
                chance.shuffle(sent)
                sent += sent[:3] if repeat else []
                meet(attempt, now)
                hand_in(attempt, now + TIME + GRACE + MINUTE)
            for sequence, position, option, offset in sent:
                # On a good line each word arrives at once, in the grace as well.
                arrives = now + (offset if order == "as said" else timedelta(hours=9))
                say(
                    attempt, position, option, arrives, sequence=sequence, offset=offset
                )
            done = hand_in(attempt, now + TIME + LATE_WINDOW + MINUTE)
            in_time = all(offset <= TIME for *_, offset in log)
            scores.append((in_time, points(done)))
    (in_time, at_once), (_, late) = scores
    # Where all were said in time, the last word decides, whenever it arrives.
    assert late <= attempt.max_points
    if in_time:
        assert late == at_once


# --- budget ------------------------------------------------------------------------
def test_a_plain_form_has_a_budget(attempt, say, now):
    say(attempt, 1, "a", now)

    # Both locks at once, the last number of the device, the row, and the row back.
    assert queries_in(lambda: say(attempt, 1, "b", now)) == 4


def test_answering_everything_counts_everything(attempt, now):
    answer(attempt=attempt, right=4, now=now)

    assert hand_in(attempt, now).points == 4
