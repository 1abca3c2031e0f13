"""Derivations can be recomputed: what is missing, wrong or of nobody is found and put
right, for every table that holds one."""

from datetime import timedelta
from fractions import Fraction
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Unit, UnitRecount, User
from courses.models import Enrollment, UnitCourseRollup
from courses.tasks import refresh_rollups_of_moved_people
from quizzes.actions import open_follow_up, refresh_statistics
from quizzes.models import (
    Attempt,
    AttemptItem,
    FollowUp,
    ItemStatistics,
    QuestionVersion,
    QuizStatistics,
    ReviewCard,
)
from quizzes.practice.follow_ups import answer_follow_up
from tests.factories import complete, enroll, make_course, read_lessons


def _differences(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("verify_derived", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def lived_in(world, now, clock):
    """A course that one person finished, another one began and a third gave up.

    With a card, an answered follow-up and an analysis.
    """
    from courses.actions import withdraw

    course = make_course(unit=world.agency, now=now)
    done = complete(course=course, person=world.people["learner"], now=now)
    enrollment = enroll(course=course, person=world.people["author"], now=now)
    read_lessons(enrollment=enrollment, now=now)
    left = enroll(course=course, person=world.people["hr"], now=now)
    withdraw(enrollment_id=left.pk, by=left.person, now=now)
    later = now + timedelta(days=31)
    clock.move_to(later)
    follow_up = open_follow_up(enrollment_id=done.pk, day=30, now=later)
    for item in follow_up.items.all():
        answer_follow_up(
            item_id=item.pk, fields={"answer": ["a"]}, by=done.person, now=later
        )
    refresh_statistics(
        course_id=course.pk, quiz_key="posttest", selection="first", now=later
    )
    refresh_rollups_of_moved_people()
    return enrollment


def _other(world) -> Unit:
    return world.other_office


def _extra_card(world) -> None:
    bank = {"question__bank__key": "contoh-practice"}
    ReviewCard.objects.create(
        person=world.people["admin"],
        question=QuestionVersion.objects.filter(**bank).first().question,
        due_at=timezone.now(),
        stability=1,
        difficulty=5,
        answered_at=timezone.now(),
        answers=1,
    )


def _extra_statistics(world) -> None:
    course = Enrollment.objects.first().course
    QuizStatistics.objects.create(
        course=course,
        quiz_key="ujian",
        selection="first",
        computed_at=timezone.now(),
        known_n=4,
        known_markings=4,
        n=4,
    )


def _extra_item_statistics(world) -> None:
    practice = QuestionVersion.objects.filter(question__bank__key="contoh-practice")
    ItemStatistics.objects.create(
        quiz=QuizStatistics.objects.get(),
        question_version=practice.first(),
        n=3,
    )


def _unit(world, **values):
    return Unit.objects.filter(pk=world.section.pk).update(**values)


def _person(world, role, **values):
    return User.objects.filter(pk=world.people[role].pk).update(**values)


def _learning(**values):
    return Enrollment.objects.filter(completed_at=None, state="active").update(**values)


def _posttest():
    return Attempt.objects.filter(quiz_key="posttest", is_counted=True)


def _one_more_attempt():
    """Return an attempt beside the one that counts, and let none count but it."""
    counting = _posttest().get()
    items = list(counting.items.all())
    pk = counting.pk
    counting.pk = None
    counting._state.adding = True
    counting.key, counting.number, counting.is_counted = uuid4(), 2, False
    counting.save()
    for item in items:
        item.pk, item.attempt = None, counting
        item._state.adding = True
        item.share_numerator = 0
        item.save()
    Attempt.objects.filter(pk=counting.pk).update(points=Fraction(0), percent=0)
    Attempt.objects.filter(pk=pk).update(is_counted=False)
    return Attempt.objects.filter(pk=counting.pk)


def _finished():
    return Enrollment.objects.filter(completed_at__isnull=False)


SPOILT = {
    "path wrong": lambda world: _unit(world, path="0000ZZ"),
    "path missing": lambda world: _unit(world, path=None),
    "parent wrong": lambda world: _unit(world, parent=world.agency),
    "parent missing": lambda world: _unit(world, parent=None),
    "parent surplus": lambda world: Unit.objects.filter(pk=world.agency.pk).update(
        parent=_other(world)
    ),
    "unit of a person wrong": lambda world: _person(
        world, "learner", unit=world.agency
    ),
    "unit of a person missing": lambda world: _person(world, "learner", unit=None),
    "zone of a person wrong": lambda world: _person(
        world, "learner", time_zone="Asia/Jayapura"
    ),
    "role missing": lambda world: _person(world, "hr", has_role=False),
    "role surplus": lambda world: _person(world, "learner", has_role=True),
    "progress missing": lambda world: _learning(progress=0),
    "completion missing": lambda world: _finished().update(
        completed_at=None, completed_version=None, progress=50
    ),
    "grade missing": lambda world: _finished().update(final_percent=None),
    "grade wrong": lambda world: _finished().update(final_percent=12),
    "grade surplus": lambda world: _learning(final_percent=80),
    "rollup missing": lambda world: UnitCourseRollup.objects.filter(
        unit=world.section
    ).delete(),
    "rollup wrong": lambda world: UnitCourseRollup.objects.update(enrolled=7),
    "rollup surplus": lambda world: UnitCourseRollup.objects.create(
        unit=_other(world), course=Enrollment.objects.first().course, completed=2
    ),
    "score too low": lambda world: _posttest().update(points=Fraction(1), percent=25),
    "score too high": lambda world: Attempt.objects.filter(quiz_key="pretest").update(
        points=Fraction(2), percent=100
    ),
    "figure of a score wrong": lambda world: _posttest().update(percent=99),
    "share of an item wrong": lambda world: AttemptItem.objects.update(
        share_numerator=0
    ),
    "share of an item missing": lambda world: AttemptItem.objects.update(
        share_numerator=None, share_denominator=None
    ),
    "item left out": lambda world: AttemptItem.objects.filter(position=1).update(
        left_out=True
    ),
    "counted attempt missing": lambda world: _posttest().update(is_counted=False),
    "counted attempt surplus": lambda world: _one_more_attempt().update(
        is_counted=True
    ),
    "item analysis wrong": lambda world: QuizStatistics.objects.update(n=9),
    "item analysis surplus": _extra_statistics,
    "item of an analysis wrong": lambda world: ItemStatistics.objects.update(n=9),
    "item of an analysis missing": lambda world: (
        ItemStatistics.objects.first().delete()
    ),
    "item of an analysis surplus": _extra_item_statistics,
    "card wrong": lambda world: ReviewCard.objects.update(stability=77),
    "card missing": lambda world: ReviewCard.objects.all().delete(),
    "card surplus": _extra_card,
    "follow-up wrong": lambda world: FollowUp.objects.update(points=0),
    "follow-up missing": lambda world: FollowUp.objects.update(
        points=None, max_points=None, percent=None, answered_at=None
    ),
}


def test_a_site_that_only_used_actions_has_no_differences(lived_in):
    assert ReviewCard.objects.exists()
    assert FollowUp.objects.get().points == FollowUp.objects.get().max_points
    assert ItemStatistics.objects.exists()
    assert _differences() == ["Selisih: 0"]


@pytest.mark.parametrize("spoil", list(SPOILT.values()), ids=list(SPOILT))
def test_a_spoiled_derivation_is_named_and_repaired(lived_in, world, spoil):
    spoil(world)

    found = _differences()
    assert found[-1] != "Selisih: 0", found
    _differences("--repair")

    # It finds whatever a run without repairs finds.
    assert _differences("--repair") == ["Selisih: 0"]


def test_everything_spoilt_at_once_is_repaired_in_one_run(lived_in, world):
    apart = ("parent", "missing", "path", "item of an analysis")
    for name, spoil in SPOILT.items():
        if not any(word in name for word in apart):
            spoil(world)

    assert int(_differences("--repair")[-1].split()[-1]) > 8
    refresh_rollups_of_moved_people()

    assert _differences() == ["Selisih: 0"]


def test_progress_that_was_shown_is_no_difference(lived_in):
    _learning(progress=99)

    assert _differences() == ["Selisih: 0"]


def test_whoever_is_put_right_is_counted_where_she_belongs(lived_in, world):
    _person(world, "learner", unit=world.agency)
    _differences("--repair")

    row = UnitCourseRollup.objects.get(unit=world.section)
    assert (row.enrolled, row.completed) == (1, 1)
    assert UnitRecount.objects.filter(person=world.people["learner"]).exists()


def test_an_analysis_that_is_not_there_yet_is_made_by_a_repair(lived_in):
    QuizStatistics.objects.all().delete()

    assert _differences() == ["Selisih: 0"]
    _differences("--repair")

    keys = QuizStatistics.objects.values_list("quiz_key", "selection")
    assert set(keys) == {("pretest", "first"), ("posttest", "first")}
