"""From attempts in the database to the rows that Studio shows."""

from datetime import timedelta
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command

from quizzes import actions
from quizzes.analysis.choices import BLANK
from quizzes.analysis.freshness import stale_statistics, wrong_statistics
from quizzes.analysis.marks import attempts_of
from quizzes.models import (
    Attempt,
    AttemptItem,
    ItemStatistics,
    Quiz,
    QuizStatistics,
)
from quizzes.tasks import refresh_stale_statistics
from tests.factories import (
    complete,
    enroll,
    make_course,
    make_person,
    make_question,
    read_lessons,
    republish,
    sit,
    sit_together,
    start,
)
from tests.queries import queries_in

PEOPLE = 32


@pytest.fixture
def course(world, now):
    return make_course(unit=world.agency, now=now, pool=5)


@pytest.fixture
def take(course, world, now):
    """Return a function that lets new people sit the pre-test, so many right each."""

    def take(rights, at=now):
        return sit_together(
            course=course, unit=world.section, rights=rights, enrolled_at=now, now=at
        )

    return take


@pytest.fixture
def analyse(course, now):
    def analyse(quiz_key="pretest", selection="first"):
        return actions.refresh_statistics(
            course_id=course.pk, quiz_key=quiz_key, selection=selection, now=now
        )

    return analyse


# Half know nothing, a quarter each one and both of the two questions.
RIGHTS = [0] * 16 + [1] * 8 + [2] * 8


def test_the_figures_are_those_of_the_attempts(take, analyse):
    take(RIGHTS)
    row = analyse()

    assert (row.n, row.known_n) == (PEOPLE, PEOPLE)
    assert row.mean == pytest.approx(100 * 24 / 64)
    assert row.median == 25
    assert sum(row.histogram) == PEOPLE
    assert (row.histogram[0], row.histogram[5], row.histogram[9]) == (16, 8, 8)
    assert [slot["slot"] for slot in row.slots] == ["s1", "s2"]
    assert sum(slot["intended_weight"] for slot in row.slots) == pytest.approx(100)
    items = list(row.items.all())
    assert len(items) == 2
    # `sit` answers the first `right` positions right, and papers are shuffled.
    total = sum(item.facility * item.n / 100 for item in items)
    assert total == pytest.approx(24)
    for item in items:
        assert item.guess == pytest.approx(100 / 3)
        assert item.slot_key in {"s1", "s2"}
        chosen = {choice["choice"]: choice["n"] for choice in item.choices}
        assert chosen["a"] == pytest.approx(item.facility * item.n / 100)
        assert chosen["a"] + chosen["b"] + chosen[BLANK] == PEOPLE
        assert (chosen["c"], chosen[BLANK]) == (0, 0)
        assert sum(quarter["n"] for quarter in item.quartiles) == PEOPLE


def test_of_few_there_is_a_number_and_nothing_else(take, analyse):
    take([0, 1, 2] * 9)
    row = analyse()

    assert row.n == 27
    assert (row.mean, row.cic, row.histogram, row.slots) == (None, None, [], [])
    item = row.items.first()
    assert item.n == 27
    assert (item.facility, item.choices, item.suspicions) == (None, [], [])
    assert item.quartiles == []


def test_thirty_are_enough(take, analyse):
    take([0, 1, 2] * 10)

    assert analyse().mean == 50


def test_twice_is_once(take, analyse):
    take([1] * 3)
    before = analyse()
    after = analyse()

    assert QuizStatistics.objects.get().pk == before.pk == after.pk
    assert ItemStatistics.objects.count() == 2


def test_nothing_handed_in_is_nothing_stored(course, analyse, place, now):
    start(enrollment=place, quiz_key="pretest", now=now)

    assert analyse() is None
    assert not QuizStatistics.objects.exists()


def test_an_unknown_selection_is_refused(analyse):
    with pytest.raises(ValueError, match="sometimes"):
        analyse(selection="sometimes")


def test_blank_answers_count_as_they_stand(take, analyse, course, world, now):
    take([2] * 29)
    person = make_person(unit=world.section, now=now)
    place = enroll(course=course, person=person, now=now)
    blank = start(enrollment=place, quiz_key="pretest", now=now)
    actions.submit_attempt(attempt_id=blank.pk, by=person, now=now)
    item = analyse().items.first()

    assert item.facility == pytest.approx(100 * 29 / 30)
    assert next(c["n"] for c in item.choices if c["choice"] == BLANK) == 1


def test_the_latest_word_counts_not_the_first(take, analyse, say, course, world, now):
    take([0] * 29)
    person = make_person(unit=world.section, now=now)
    place = enroll(course=course, person=person, now=now)
    attempt = start(enrollment=place, quiz_key="pretest", now=now)
    for position in (1, 2):
        say(attempt, position, "b", now, sequence=2 * position)
        say(attempt, position, "c", now, sequence=2 * position + 1)
    actions.submit_attempt(attempt_id=attempt.pk, by=person, now=now)
    item = analyse().items.first()

    chosen = {choice["choice"]: choice["n"] for choice in item.choices}
    assert (chosen["b"], chosen["c"]) == (29, 1)


def test_a_drawn_question_has_no_slot(place, analyse, now):
    read_lessons(enrollment=place, now=now)
    sit(enrollment=place, quiz_key="posttest", right=2, now=now)

    assert {item.slot_key for item in analyse("posttest").items.all()} == {""}


# --- which attempts -------------------------------------------------------------------
@pytest.fixture
def tries(place, now):
    """Three attempts of one person: 1, 3 and 3 of 4 right."""
    read_lessons(enrollment=place, now=now)
    return [
        sit(
            enrollment=place,
            quiz_key="posttest",
            right=right,
            now=now + timedelta(hours=hour),
        )
        for hour, right in enumerate((1, 2, 2))
    ]


@pytest.mark.parametrize(
    ("selection", "kept"),
    [("first", [0]), ("last", [2]), ("best", [1]), ("all", [0, 1, 2])],
)
def test_selections(course, tries, selection, kept):
    found = attempts_of(course, "posttest", selection).order_by("pk")

    assert list(found) == [tries[place] for place in kept]


@pytest.mark.parametrize(
    "words",
    [
        [(None, True)],
        [(None, False)],
        [(None, True), (None, False)],
        [("a", False), (None, True)],
        [(None, True), ("a", True), (None, False)],
    ],
)
def test_a_question_marked_as_doubtful_and_left_blank_is_blank(
    take, analyse, course, world, say, client_as, now, words
):
    take([1] * PEOPLE)
    person = make_person(unit=world.section, now=now)
    place = enroll(course=course, person=person, now=now)
    doubtful = start(enrollment=place, quiz_key="pretest", now=now)
    for sequence, (option, flagged) in enumerate(words, 1):
        say(doubtful, 1, option, now, sequence=sequence, flagged=flagged)
    actions.submit_attempt(attempt_id=doubtful.pk, by=person, now=now)

    row = analyse()

    first = doubtful.items.get(position=1).question_version
    item = row.items.get(question_version=first)
    assert next(c["n"] for c in item.choices if c["choice"] == BLANK) == 1
    assert list(wrong_statistics()) == []
    page = client_as("author").get("/studio/contoh/analisis/pretest/")
    assert page.status_code == 200


def test_a_new_cycle_is_no_first_attempt(course, learner, now):
    place = complete(course=course, person=learner, now=now)
    first = place.attempts.get(quiz_key="pretest")
    republish(course=course, change="cycle", now=now)
    again = enroll(course=course, person=learner, now=now)
    assert again != place
    sit(enrollment=again, quiz_key="pretest", right=2, now=now)

    assert list(attempts_of(course, "pretest", "first")) == [first]
    assert attempts_of(course, "pretest", "all").count() == 2


def test_other_courses_are_other_quizzes(course, world, learner, now):
    other = make_course(unit=world.agency, now=now, key="lain", pool=5)
    place = enroll(course=other, person=learner, now=now)
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)

    assert not attempts_of(course, "pretest", "all").exists()
    assert attempts_of(other, "pretest", "all").count() == 1


# --- new wordings and new arrangements ------------------------------------------------
def reword(course, now):
    """Give the pre-test's first question another wording, and publish it."""
    bank = course.question_banks.get(use="pretest")
    question = bank.questions.get(key="contoh-pretest-1")
    actions.write_question(
        bank=bank, content=make_question(question.key, stem="Baru?"), by=None, now=now
    )
    actions.make_ready(course=course, by=None, now=now)
    republish(course=course, change="wording", now=now)
    return question


def test_every_wording_has_figures_of_its_own(course, take, analyse, now):
    take([2] * 3)
    question = reword(course, now)
    take([0] * 2)

    items = analyse().items.filter(question_version__question=question)
    assert {item.question_version.number: item.n for item in items} == {1: 3, 2: 2}


def test_papers_of_another_arrangement_are_not_mixed(course, take, analyse, now):
    take([2] * 4)
    bank = course.question_banks.get(use="pretest")
    actions.write_question(
        bank=bank, content=make_question("tambahan"), by=None, now=now
    )
    actions.make_ready(course=course, by=None, now=now)
    republish(course=course, change="wording", now=now)
    take([3] * 2)
    row = analyse()

    assert (row.known_n, row.n) == (6, 2)
    counts = {
        item.question_version.question.key: item.n
        for item in row.items.select_related("question_version__question")
    }
    # The old questions are looked at where most people got them.
    assert counts == {"contoh-pretest-1": 4, "contoh-pretest-2": 4, "tambahan": 2}


# --- keeping it true ------------------------------------------------------------------
def test_the_sweep_finds_what_has_changed(course, take, analyse):
    assert stale_statistics() == []
    take([1])
    assert stale_statistics() == [(course.pk, "pretest", "first")]
    analyse()
    assert stale_statistics() == []
    Attempt.objects.update(markings=2)
    assert stale_statistics() == [(course.pk, "pretest", "first")]


def test_other_selections_are_swept_once_somebody_asked(course, take, analyse):
    take([1])
    analyse()
    analyse(selection="all")
    take([1])

    assert stale_statistics() == [
        (course.pk, "pretest", "all"),
        (course.pk, "pretest", "first"),
    ]


def test_the_nightly_task_queues_one_task_each(course, take, monkeypatch):
    take([1])
    queued = []
    monkeypatch.setattr(
        "quizzes.tasks.refresh_statistics.delay", lambda **kwargs: queued.append(kwargs)
    )

    assert refresh_stale_statistics() == 1
    assert queued == [
        {"course_id": course.pk, "quiz_key": "pretest", "selection": "first"}
    ]


def test_a_spoiled_row_is_found_and_repaired(take, analyse):
    take(RIGHTS)
    row = analyse()
    assert list(wrong_statistics()) == []
    row.items.filter(pk=row.items.first().pk).update(facility=1)
    QuizStatistics.objects.update(mean=1)

    assert list(wrong_statistics()) == [row]
    call_command("verify_derived", "--repair", stdout=StringIO())

    assert list(wrong_statistics()) == []


def test_a_row_that_is_only_old_is_not_wrong(take, analyse):
    take([1])
    analyse()
    take([2])

    assert list(wrong_statistics()) == []


def test_queries_do_not_grow_with_attempts(take, analyse):
    take([1] * 3)
    analyse()
    few = queries_in(analyse)
    take([2] * 27)

    assert queries_in(analyse) == few


@pytest.mark.parametrize("selection", ["last", "best"])
def test_another_attempt_of_the_same_worth_makes_it_stale(
    course, learner, now, analyse, selection
):
    Quiz.objects.filter(key="pretest").update(attempts_per_block=None)
    place = enroll(course=course, person=learner, now=now)
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    analyse(selection=selection)
    assert (course.pk, "pretest", selection) not in stale_statistics()

    sit(enrollment=place, quiz_key="pretest", right=1, now=now)

    assert (course.pk, "pretest", selection) in stale_statistics()


def test_thirds_are_analysed_as_thirds(take, analyse):
    take([0] * 20 + [2] * 20)
    items = AttemptItem.objects.filter(slot_key="s1")
    items.update(share_numerator=1, share_denominator=3)

    row = analyse()

    # 40 thirds and 20 whole questions of 80.
    assert row.mean == float(100 * (Fraction(40, 3) + 20) / 80)
    assert row.slots[0]["facility"] == float(Fraction(100, 3))
