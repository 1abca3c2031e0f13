"""A flawed question: said once, applied everywhere, never to anybody's harm."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import AuditRecord
from courses.models import Enrollment, GradeEntry, JpEntry
from courses.selectors.facts import current_grades
from lib.facts import FactChanged
from quizzes import actions, tasks
from quizzes.exceptions import RepairNotAccepted
from quizzes.models import (
    Attempt,
    QuestionVersion,
    Repair,
    RepairNotice,
    RepairOutcome,
)
from quizzes.questions.content import OptionContent
from quizzes.repairs.notices import score_notices
from quizzes.repairs.preview import preview_repair
from tests.factories import (
    answer,
    enroll,
    make_person,
    make_question,
    read_lessons,
    sit,
    start,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def failed(place, now):
    """A post-test of two right answers out of four; the rest of the course is done."""
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    return sit(enrollment=place, quiz_key="posttest", right=2, now=now)


def version_at(attempt: Attempt, position: int) -> QuestionVersion:
    """Return the wording that an attempt got at a position."""
    return attempt.items.get(position=position).question_version


def repair(version, now, *, kind="all_right", correction=None, by=None) -> Repair:
    """Repair a wording."""
    return actions.repair_question(
        version=version,
        kind=kind,
        correction=correction,
        reason="Dua pilihan benar",
        by=by,
        now=now,
    )


def correct(version, course, now, *, right="b") -> QuestionVersion:
    """Return a later wording of the question with another key, published."""
    options = [
        replace(option, fraction=Decimal(option.key == right))
        for option in make_question("x").options
    ]
    actions.write_question(
        bank=version.question.bank,
        content=make_question(version.question.key, options=options),
        by=None,
        now=now,
    )
    actions.make_ready(course=course, by=None, now=now)
    return version.question.versions.latest("number")


def apply_all(now) -> int:
    """Do what beat and the worker do, until nothing waits."""
    waiting = actions.unfinished_repairs(now, limit=1_000)
    for repair_id, attempt_id in waiting:
        actions.apply_repair(repair_id=repair_id, attempt_id=attempt_id, now=now)
    return len(waiting)


def stored(attempt: Attempt) -> Attempt:
    """Return the attempt as the database has it."""
    return Attempt.objects.get(pk=attempt.pk)


# --- what a repair does ------------------------------------------------------------
def test_all_right_raises_score_and_grade(failed, now):
    repair(version_at(failed, 3), now)

    assert apply_all(now) == 1

    after = stored(failed)
    assert (after.points, after.max_points) == (3, 4)
    assert current_grades(failed.enrollment) == {"pretest": 50, "posttest": 75}
    # The log says both.
    grades = GradeEntry.objects.filter(item_key="posttest").order_by("revision")
    assert [entry.points for entry in grades] == [2, 3]


def test_whoever_passes_by_it_completes_the_course(failed, now):
    later = now + HOUR
    repair(version_at(failed, 3), now)

    apply_all(later)

    place = Enrollment.objects.get(pk=failed.enrollment_id)
    assert (place.progress, place.completed_at) == (100, later)
    assert JpEntry.objects.filter(enrollment=place).count() == 1


def test_a_corrected_key_counts_for_old_answers(failed, course, now):
    flawed = version_at(failed, 3)
    repair(flawed, now, kind="corrected", correction=correct(flawed, course, now))

    apply_all(now)

    # The third answer was "b", and "b" is right now.
    assert stored(failed).points == 3


def test_a_disregarded_item_leaves_the_sum(failed, now):
    repair(version_at(failed, 3), now, kind="disregarded")

    apply_all(now)

    after = stored(failed)
    assert (after.points, after.max_points) == (2, 3)
    assert after.items.get(position=3).left_out
    assert current_grades(failed.enrollment)["posttest"] == Fraction(200, 3)


def test_nobody_loses_by_a_disregarded_item(failed, now):
    repair(version_at(failed, 1), now, kind="disregarded")

    apply_all(now)

    after = stored(failed)
    assert (after.points, after.max_points) == (2, 4)
    outcome = RepairOutcome.objects.get()
    assert (outcome.points_before, outcome.points_after) == (2, 2)
    assert not RepairNotice.objects.exists()


def test_attempts_after_the_repair_are_marked_with_it(failed, now):
    flawed = version_at(failed, 3)
    repair(flawed, now)
    apply_all(now)
    later = now + timedelta(days=2)
    # She has passed by the repair; here she has not, so that she may sit again.
    Attempt.objects.update(max_points=4, points=0, percent=0)
    Enrollment.objects.update(completed_at=None, completed_version=None, progress=80)

    again = start(enrollment=failed.enrollment, quiz_key="posttest", now=later)
    answer(attempt=again, right=0, now=later)
    done = actions.submit_attempt(attempt_id=again.pk, by=None, now=later)

    drew_it = any(
        item.question_version_id == version_at(failed, 3).pk
        for item in again.items.all()
    )
    assert done.points == int(drew_it)
    assert apply_all(later) == 0


def test_an_open_attempt_is_marked_with_it_when_it_is_handed_in(attempt, now):
    flawed = version_at(attempt, 1)
    answer(attempt=attempt, right=0, now=now)
    repair(flawed, now)

    done = actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now)

    assert done.points == 1
    # It is looked at once more, because it may have been handed in at that moment.
    assert (apply_all(now), apply_all(now)) == (1, 0)
    assert stored(attempt).points == 1
    assert not RepairNotice.objects.exists()


def test_a_late_answer_is_marked_with_it_too(attempt, say, now):
    say(attempt, 3, "b", now, sequence=1, offset=timedelta(0))
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now + HOUR)
    repair(version_at(attempt, 1), now + HOUR)
    assert apply_all(now + HOUR) == 0

    say(attempt, 2, "a", now + 2 * HOUR, sequence=2, offset=timedelta(minutes=1))
    actions.submit_attempt(attempt_id=attempt.pk, by=None, now=now + 80 * HOUR)

    assert stored(attempt).points == 2
    # It is looked at once more, and finds nothing to raise.
    assert (apply_all(now + 81 * HOUR), apply_all(now + 81 * HOUR)) == (1, 0)
    assert not RepairNotice.objects.exists()


# --- once, in any order, resumable -------------------------------------------------
def test_saying_it_twice_and_applying_it_twice_is_once(failed, now):
    flawed = version_at(failed, 3)

    first, again = repair(flawed, now), repair(flawed, now + HOUR)
    for _ in range(2):
        actions.apply_repair(repair_id=first.pk, attempt_id=failed.pk, now=now)

    assert first == again
    assert (Repair.objects.count(), RepairOutcome.objects.count()) == (1, 1)
    assert RepairNotice.objects.count() == 1
    assert AuditRecord.objects.filter(verb="quizzes.question.repaired").count() == 1
    assert AuditRecord.objects.filter(verb="quizzes.attempt.raised").count() == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_repairs_does_not_matter(failed, course, now, order):
    third, fourth = version_at(failed, 3), version_at(failed, 4)
    correction = correct(third, course, now)
    makers = [
        lambda: repair(fourth, now, kind="disregarded"),
        lambda: repair(third, now, kind="corrected", correction=correction),
        lambda: repair(third, now, kind="disregarded"),
    ]

    for place in order:
        made = makers[place]()
        actions.apply_repair(repair_id=made.pk, attempt_id=failed.pk, now=now)

    after = stored(failed)
    assert (after.points, after.max_points) == (3, 3)


def test_the_beat_goes_on_where_it_stopped(failed, course, world, now, monkeypatch):
    others = []
    for number in range(3):
        person = make_person(unit=world.section, now=now, name=f"Orang {number}")
        place = enroll(course=course, person=person, now=now)
        read_lessons(enrollment=place, now=now)
        others.append(sit(enrollment=place, quiz_key="posttest", right=0, now=now))
    flawed = version_at(failed, 3)
    made = repair(flawed, now)
    drew = Attempt.objects.filter(items__question_version=flawed).count()

    first = actions.unfinished_repairs(now, limit=1)
    actions.apply_repair(repair_id=made.pk, attempt_id=first[0][1], now=now)

    assert apply_all(now) == drew - 1
    assert apply_all(now) == 0
    assert RepairOutcome.objects.count() == drew


def test_the_sweep_queues_one_task_for_each_attempt(failed, now, clock, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.apply_repair, "delay", lambda **ids: queued.append(ids))
    made = repair(version_at(failed, 3), now)

    assert tasks.apply_repairs() == 1

    assert queued == [{"repair_id": made.pk, "attempt_id": failed.pk}]
    tasks.apply_repair(**queued[0])
    assert tasks.apply_repairs() == 0


def test_facts_stay_facts(failed, now):
    made = repair(version_at(failed, 3), now)

    with pytest.raises(FactChanged):
        made.delete()


# --- refusals ----------------------------------------------------------------------
def test_a_correction_must_be_a_published_later_wording(failed, course, now):
    flawed = version_at(failed, 3)
    other = version_at(failed, 4)

    for correction in (None, other, flawed):
        with pytest.raises(RepairNotAccepted, match="no_correction"):
            repair(flawed, now, kind="corrected", correction=correction)


def test_a_correction_without_the_old_options_is_refused(failed, course, now):
    flawed = version_at(failed, 3)
    actions.write_question(
        bank=flawed.question.bank,
        content=make_question(
            flawed.question.key,
            options=[
                OptionContent("a", "Benar", Decimal(1), "Tepat."),
                OptionContent("z", "Baru", Decimal(0), "Belum."),
            ],
        ),
        by=None,
        now=now,
    )
    actions.make_ready(course=course, by=None, now=now)

    with pytest.raises(RepairNotAccepted, match="other_options"):
        repair(
            flawed,
            now,
            kind="corrected",
            correction=flawed.question.versions.latest("number"),
        )


@pytest.mark.parametrize(
    ("kind", "reason", "code"),
    [("better", "Keliru", "unknown_kind"), ("all_right", " ", "no_reason")],
)
def test_a_repair_needs_a_kind_and_a_reason(failed, now, kind, reason, code):
    with pytest.raises(RepairNotAccepted, match=code):
        actions.repair_question(
            version=version_at(failed, 3),
            kind=kind,
            correction=None,
            reason=reason,
            by=None,
            now=now,
        )


def test_the_database_lets_no_score_fall(failed, now):
    made = repair(version_at(failed, 3), now)

    with pytest.raises(IntegrityError), transaction.atomic():
        RepairOutcome.objects.create(
            repair=made,
            attempt=failed,
            points_before=3,
            max_before=4,
            percent_before=75,
            points_after=2,
            max_after=4,
            percent_after=50,
            applied_at=now,
        )


# --- preview -----------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["all_right", "disregarded", "corrected"])
def test_the_preview_is_what_applying_does(failed, course, world, now, kind):
    for number in range(3):
        person = make_person(unit=world.section, now=now, name=f"Orang {number}")
        place = enroll(course=course, person=person, now=now)
        sit(enrollment=place, quiz_key="pretest", right=1, now=now)
        read_lessons(enrollment=place, now=now)
        for right in (number, 2):
            sit(enrollment=place, quiz_key="posttest", right=right, now=now)
    flawed = version_at(failed, 3)
    correction = correct(flawed, course, now) if kind == "corrected" else None
    open_before = set(
        Enrollment.objects.filter(completed_at=None).values_list("person", flat=True)
    )

    seen = preview_repair(flawed, kind, correction)
    assert not RepairOutcome.objects.exists()
    repair(flawed, now, kind=kind, correction=correction)
    apply_all(now)

    risen = RepairOutcome.objects.exclude(
        points_before=F("points_after"), max_before=F("max_after")
    )
    assert {change.attempt.pk for change in seen.changes} == set(
        risen.values_list("attempt", flat=True)
    )
    assert seen.rising == set(RepairNotice.objects.values_list("person", flat=True))
    done = set(
        Enrollment.objects.exclude(completed_at=None).values_list("person", flat=True)
    )
    assert seen.completing == done & open_before
    assert seen.attempts == RepairOutcome.objects.count()


# --- telling -----------------------------------------------------------------------
def test_a_notice_is_read_once(failed, now):
    repair(version_at(failed, 3), now)
    apply_all(now)

    notice = RepairNotice.objects.get()
    assert notice.person_id == failed.person_id
    for _ in range(2):
        actions.read_notice(notice_id=notice.pk, now=now)
    assert RepairNotice.objects.get().read_at == now


def test_the_home_page_tells_until_it_is_read(failed, now, client_of, clock):
    repair(version_at(failed, 3), now)
    apply_all(now)
    her = client_of(failed.person)

    page = her.get("/")
    assert (
        "Satu soal Post-test di kursus “Kursus Contoh” ternyata keliru dan sudah "
        "diperbaiki. "
        "Nilai Anda naik dari 50 menjadi 75."
    ) in page.content.decode()

    notice = page.context["page"].score_notices[0]
    assert her.post(notice.read_url)["Location"] == "/"
    assert her.get("/").context["page"].score_notices == []


def test_a_second_repair_of_what_is_settled_tells_nobody(failed, now):
    flawed = version_at(failed, 3)
    repair(flawed, now)
    repair(flawed, now, kind="disregarded")

    apply_all(now)

    # Applying the first one has already marked with both.
    assert RepairNotice.objects.count() == 1
    assert RepairOutcome.objects.count() == 2


def test_each_of_two_repairs_is_told_with_what_it_changed(failed, now):
    # She got the first one right already: only the second one raises her score.
    idle = repair(version_at(failed, 1), now)
    useful = repair(version_at(failed, 3), now)

    apply_all(now)

    assert RepairNotice.objects.get().repair == useful
    (notice,) = score_notices(failed.person)
    assert "naik dari 50 menjadi 75." in notice.text
    outcomes = {
        row.repair: (row.points_before, row.points_after)
        for row in RepairOutcome.objects.all()
    }
    assert outcomes == {idle: (2, 2), useful: (2, 3)}


@pytest.mark.parametrize("first", [0, 1])
def test_two_repairs_that_raise_are_told_one_after_the_other(failed, now, first):
    repairs = [repair(version_at(failed, position), now) for position in (3, 4)]
    order = [repairs[first], repairs[1 - first]]

    for one in order:
        actions.apply_repair(repair_id=one.pk, attempt_id=failed.pk, now=now)

    assert stored(failed).points == 4
    texts = {
        notice.repair: text.text
        for notice, text in zip(
            RepairNotice.objects.order_by("pk"),
            score_notices(failed.person),
            strict=True,
        )
    }
    assert texts[order[0]].endswith("naik dari 50 menjadi 75.")
    assert texts[order[1]].endswith("naik dari 75 menjadi 100.")


def test_a_notice_tells_of_the_attempt_that_was_raised(place, now):
    sit(enrollment=place, quiz_key="pretest", right=1, now=now)
    read_lessons(enrollment=place, now=now)
    raised = sit(enrollment=place, quiz_key="posttest", right=0, now=now)
    better = sit(enrollment=place, quiz_key="posttest", right=2, now=now)
    # Four of five questions each: one at least was wrong first and right then.
    drawn = raised.items.values("question_version")
    both = better.items.filter(share_numerator=1, question_version__in=drawn).first()
    repair(both.question_version, now)

    apply_all(now)

    (notice,) = score_notices(place.person)
    assert "naik dari 0 menjadi 25." in notice.text


def test_a_repair_that_was_cut_short_for_months_goes_on_at_night(failed, now):
    repair(version_at(failed, 3), now)
    later = now + timedelta(days=200)

    assert actions.unfinished_repairs(later, limit=9) == []
    ((repair_id, attempt_id),) = actions.unfinished_repairs(later, limit=9, older=True)
    actions.apply_repair(repair_id=repair_id, attempt_id=attempt_id, now=later)

    assert stored(failed).points == 3
    assert actions.unfinished_repairs(later, limit=9, older=True) == []
