"""Taking down answers: appended, never overwritten, and late ones by rule."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry
from lib.facts import FactChanged
from quizzes import actions
from quizzes.exceptions import ResponseNotAccepted
from quizzes.marking.rows import current_saves
from quizzes.marking.saves import LATE_WINDOW
from quizzes.models import Attempt, ResponseSave
from tests.factories import answer
from tests.queries import queries_in

TIME = timedelta(minutes=10)
GRACE = timedelta(seconds=60)
MINUTE = timedelta(minutes=1)


def hand_in(attempt: Attempt, now) -> Attempt:
    """Hand an attempt in."""
    return actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now)


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

    save = say(attempt, 1, "a", late, sequence=1, offset=5 * MINUTE)

    assert (save.counts, save.is_late) == (True, True)
    assert hand_in(attempt, late).points == 1


def test_what_was_said_in_time_and_arrives_after_the_sweep_raises_the_score(
    attempt, ready, say, now
):
    say(attempt, 1, "a", now, sequence=1, offset=MINUTE)
    hand_in(attempt, now + TIME + GRACE + MINUTE)

    say(attempt, 2, "a", now + timedelta(hours=30), sequence=2, offset=2 * MINUTE)

    assert points(attempt) == 2
    record = AuditRecord.objects.get(verb="quizzes.attempt.raised")
    assert record.detail == {"before": "1.000/4.000", "after": "2.000/4.000"}
    grades = GradeEntry.objects.filter(item_key="posttest").order_by("revision")
    assert [entry.points for entry in grades] == [1, 2]


def test_a_late_answer_that_passes_completes_the_course(attempt, ready, say, now):
    from tests.factories import sit

    sit(enrollment=ready, quiz_key="pretest", right=0, now=now)
    for position in (1, 2):
        say(attempt, position, "a", now, sequence=position, offset=MINUTE)
    hand_in(attempt, now + TIME + GRACE + MINUTE)
    later = now + timedelta(hours=30)
    assert Enrollment.objects.get(pk=ready.pk).completed_at is None

    say(attempt, 3, "a", later, sequence=3, offset=2 * MINUTE)

    assert Enrollment.objects.get(pk=ready.pk).completed_at == later


def test_a_late_answer_never_lowers_the_score(attempt, say, now):
    say(attempt, 1, "a", now, sequence=1, offset=MINUTE)
    hand_in(attempt, now + TIME + GRACE + MINUTE)

    save = say(attempt, 1, "b", now + timedelta(hours=1), sequence=2, offset=2 * MINUTE)

    assert save.counts is True
    assert points(attempt) == 1
    assert not AuditRecord.objects.filter(verb="quizzes.attempt.raised").exists()


@pytest.mark.parametrize(
    ("wait", "counts"),
    [(LATE_WINDOW, True), (LATE_WINDOW + timedelta(seconds=1), False)],
)
def test_late_answers_are_taken_for_72_hours(attempt, say, now, wait, counts):
    hand_in(attempt, now + TIME + GRACE + MINUTE)

    save = say(attempt, 1, "a", now + TIME + wait, sequence=1, offset=MINUTE)

    assert save.counts is counts
    assert points(attempt) == int(counts)


def test_an_answer_given_after_handing_in_is_kept_and_never_counts(attempt, say, now):
    hand_in(attempt, now + 2 * MINUTE)

    save = say(attempt, 1, "a", now + 3 * MINUTE, sequence=1, offset=2.5 * MINUTE)

    assert save.counts is False
    assert points(attempt) == 0


def test_an_answer_without_a_clock_after_handing_in_never_counts(attempt, say, now):
    hand_in(attempt, now + 2 * MINUTE)

    assert say(attempt, 1, "a", now + 3 * MINUTE).counts is False
    assert points(attempt) == 0


def test_a_device_that_says_it_again_after_handing_in_raises_nothing(attempt, say, now):
    say(attempt, 1, "a", now, sequence=1, offset=MINUTE)
    hand_in(attempt, now + 2 * MINUTE)
    before = GradeEntry.objects.count()

    say(attempt, 1, "a", now + 3 * MINUTE, sequence=1, offset=MINUTE)

    assert GradeEntry.objects.count() == before


# --- any device, any order, any repetition ------------------------------------------
words = st.lists(
    st.tuples(
        st.integers(1, 4), st.sampled_from(["a", "b", "c", None]), st.integers(0, 660)
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=15,
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
        with transaction.atomic():
            sent = list(log)
            if order != "as said":
                chance.shuffle(sent)
                sent += sent[:3] if repeat else []
                hand_in(attempt, now + TIME + GRACE + MINUTE)
            for sequence, position, option, offset in sent:
                # On a good line each word arrives at once, in the grace as well.
                arrives = now + (offset if order == "as said" else timedelta(hours=9))
                say(
                    attempt, position, option, arrives, sequence=sequence, offset=offset
                )
            done = hand_in(attempt, now + TIME + GRACE + MINUTE)
            in_time = all(offset <= TIME for *_, offset in log)
            scores.append((in_time, points(done)))
            transaction.set_rollback(True)
    (in_time, at_once), (_, late) = scores
    # Late words only raise; where all were said in time, the last word decides.
    assert late <= attempt.max_points
    if in_time:
        assert late >= at_once


# --- budget ------------------------------------------------------------------------
def test_an_autosave_has_a_budget(attempt, say, now):
    assert queries_in(lambda: say(attempt, 1, "a", now, sequence=1)) == 7


def test_answering_everything_counts_everything(attempt, now):
    answer(attempt=attempt, right=4, now=now)

    assert hand_in(attempt, now).points == 4
