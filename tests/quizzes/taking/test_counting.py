"""One function decides which attempt counts; every page and report reads that."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from courses.models import Enrollment
from courses.published import forget
from courses.selectors.content import version_content
from courses.selectors.course_page import course_page
from courses.selectors.facts import current_grades
from quizzes import actions
from quizzes.exceptions import AttemptNotAllowed
from quizzes.models import Attempt, Quiz
from quizzes.repairs.actions import attempts_to_repair
from quizzes.results.result_page import result_page
from quizzes.results.submitted import load
from quizzes.taking.grading import recount
from quizzes.taking.quiz_page import quiz_page
from quizzes.taking.verify import verify_grades
from reports.gain.figures import gain_figures
from reports.units.reach import reach_of
from tests.factories import enroll, read_lessons, republish, sit

HOUR = timedelta(hours=1)
RULES = ("best", "last", "first")


@pytest.fixture
def free(course):
    """The course, whose post-test may be tried without end."""
    Quiz.objects.filter(key="posttest").update(
        attempts_per_block=None, cooldown_seconds=0
    )
    return course


@pytest.fixture
def started(free, learner, now) -> Enrollment:
    """The learner's place, pre-test and lessons done."""
    place = enroll(course=free, person=learner, now=now)
    sit(enrollment=place, quiz_key="pretest", right=0, now=now)
    read_lessons(enrollment=place, now=now)
    return place


def count(rule: str) -> None:
    """Let every quiz count so."""
    Quiz.objects.filter(key="posttest").update(counting=rule)


def tries(place: Enrollment, now: datetime, *rights: int) -> list[Attempt]:
    """Return post-tests with so many right of four, an hour apart."""
    return [
        sit(enrollment=place, quiz_key="posttest", right=right, now=now + n * HOUR)
        for n, right in enumerate(rights, 1)
    ]


def publish(place: Enrollment, now: datetime, *, rule: str, mark: int) -> None:
    """Publish another version, which counts and passes otherwise, as Studio does."""
    course, source = place.course, place.course.current_version
    content = version_content(source)
    lines = [
        replace(line, pass_mark=Decimal(mark)) if line.key == "posttest" else line
        for line in content.requirements
    ]
    content = replace(content, requirements=lines)
    target = republish(course=course, change="required", now=now, content=content)
    Quiz.objects.filter(grade_item__version=target, key="posttest").update(
        counting=rule
    )
    actions.recount_moved(source=source, target=target, by=None, now=now)
    place.refresh_from_db()
    place.course.refresh_from_db()


def repair(attempt: Attempt, position: int, now: datetime) -> None:
    """Call every answer to a question right, and apply it to everybody."""
    made = actions.repair_question(
        version=attempt.items.get(position=position).question_version,
        kind="all_right",
        correction=None,
        reason="Keliru.",
        by=None,
        now=now,
    )
    for pk in attempts_to_repair(made).values_list("pk", flat=True):
        actions.apply_repair(repair_id=made.pk, attempt_id=pk, now=now)


def badge(place: Enrollment) -> str:
    """Return what the course page says of the post-test."""
    forget()
    steps = course_page(place.course, place.person).steps
    return next(step.badge for step in steps if step.title == "Post-test")


# --- plain words -------------------------------------------------------------------
def test_nobody_is_told_that_she_passed_by_an_attempt_that_does_not_count(started, now):
    count("first")
    _low, high = tries(started, now, 1, 4)

    page = result_page(load(high), today=now.date())
    before = quiz_page(high.quiz, started, now=now + 5 * HOUR)
    started.refresh_from_db()

    assert started.completed_at is None
    assert page.passed is False
    assert page.headline.startswith("Percobaan ini tidak mengubah kelulusan")
    assert page.counting_note == "Nilai yang dihitung 25, dari percobaan 1."
    assert page.gain is None
    assert (before.refusal, before.can_start) == ("", True)
    assert any("hanya percobaan pertama" in line for line in before.rules)
    assert [row.is_counted for row in before.history] == [True, False]
    assert badge(started) == "Belum lulus"


def test_words_that_pass_another_rule_change_no_grade_of_who_has_finished(started, now):
    """A required publication leaves her where she is; later words move her past it."""
    count("first")
    first, _high = tries(started, now, 2, 4)
    wrong = first.items.filter(share_numerator=0).first()
    repair(first, wrong.position, now + 3 * HOUR)
    started.refresh_from_db()
    assert (started.final_percent, started.completed_at) == (75, now + 3 * HOUR)
    was_at = started.version_id

    publish(started, now + 4 * HOUR, rule="best", mark=70)
    assert started.version_id == was_at
    republish(course=started.course, change="wording", now=now + 5 * HOUR)
    recount(enrollment_id=started.pk, quiz_key="posttest", by=None, now=now + 6 * HOUR)

    started.refresh_from_db()
    assert started.version_id == Enrollment.objects.get().course.current_version_id
    assert (started.version_id != was_at, started.final_percent) == (True, 75)
    assert Attempt.objects.get(is_counted=True, quiz_key="posttest") == first
    assert list(verify_grades(repair=False, now=now)) == []


def test_who_passes_at_first_is_done(started, now):
    count("first")
    (high,) = tries(started, now, 4)

    with pytest.raises(AttemptNotAllowed, match="already_passed"):
        tries(started, now, 4)
    assert result_page(load(high), today=now.date()).passed
    assert badge(started) == "Lulus"


def test_who_has_finished_keeps_the_rule_of_the_version_she_finished(started, now):
    count("first")
    first, _better = tries(started, now, 2, 4)
    later = now + 5 * HOUR
    repair(first, 3, later)
    publish(started, later, rule="best", mark=70)
    republish(course=started.course, change="wording", now=later)
    started.refresh_from_db()

    assert started.completed_version_id != started.version_id
    assert list(verify_grades(repair=False, now=later)) == []
    assert current_grades(started) == {"pretest": 0, "posttest": 75}


def test_a_repair_of_an_old_attempt_follows_the_rule_of_today(started, now):
    count("last")
    first, _second = tries(started, now, 2, 0)
    publish(started, now, rule="best", mark=70)
    assert current_grades(started) == {"pretest": 0, "posttest": 50}

    repair(first, 1, now)

    assert current_grades(started) == {"pretest": 0, "posttest": 50}


def test_a_repair_never_lowers_a_grade(started, now):
    count("best")
    first, _second = tries(started, now, 2, 0)
    publish(started, now, rule="last", mark=70)
    repair(first, 4, now)

    assert current_grades(started)["posttest"] >= 50
    assert list(verify_grades(repair=False, now=now)) == []


def test_an_attempt_is_judged_by_the_mark_under_which_it_began(started, now):
    (passed,) = tries(started, now, 3)
    started.refresh_from_db()
    assert started.completed_at is not None
    Enrollment.objects.filter(pk=started.pk).update(
        completed_at=None, completed_version=None, progress=99
    )
    publish(started, now, rule="best", mark=80)

    page = result_page(load(passed), today=now.date())
    assert (page.passed, page.pass_mark) == (True, 70)
    assert badge(started) == "Lulus"
    with pytest.raises(AttemptNotAllowed, match="already_passed"):
        tries(started, now, 4)
    assert Enrollment.objects.get(pk=started.pk).completed_at is not None


def test_a_lower_mark_later_makes_no_old_attempt_pass(started, now):
    (failed,) = tries(started, now, 2)
    publish(started, now, rule="best", mark=40)

    assert result_page(load(failed), today=now.date()).passed is False
    assert badge(started) == "Belum lulus"
    assert Enrollment.objects.get(pk=started.pk).completed_at is None
    tries(started, now + 2 * HOUR, 2)
    assert Enrollment.objects.get(pk=started.pk).completed_at is not None


def test_who_passes_by_a_lower_mark_has_passed_though_an_older_score_is_higher(
    started, now
):
    tries(started, now, 2)
    publish(started, now, rule="best", mark=20)
    (low,) = tries(started, now + 2 * HOUR, 1)

    assert result_page(load(low), today=now.date()).passed
    assert current_grades(started)["posttest"] == 25
    assert Enrollment.objects.get(pk=started.pk).completed_at is not None
    assert badge(started) == "Lulus"
    assert list(verify_grades(repair=False, now=now)) == []


def test_people_stay_in_the_gain_after_the_rule_changed(started, world, now):
    count("first")
    tries(started, now, 1, 2)
    reach = reach_of(world.people["hr"], now=now)
    course_id = started.course_id

    for rule, after in (("last", 50), ("best", 50), ("first", 50)):
        publish(started, now, rule=rule, mark=70)
        sums = gain_figures(reach, course_id).of("")
        assert (sums.n, sums.after) == (1, after)
        assert current_grades(started)["posttest"] == after


def test_a_grade_of_another_attempt_is_found_and_repaired(started, now):
    tries(started, now, 1, 2)
    # As a version that counts otherwise writes it.
    count("first")
    tries(started, now + 3 * HOUR, 0)
    assert current_grades(started)["posttest"] == 25
    count("best")

    assert len(list(verify_grades(repair=True, now=now))) == 1

    assert list(verify_grades(repair=False, now=now)) == []
    assert current_grades(started)["posttest"] == 50
    assert Attempt.objects.get(quiz_key="posttest", is_counted=True).number == 2


# --- an independent count ----------------------------------------------------------
@dataclass
class Said:
    """What the oracle knows of an attempt."""

    pk: int
    mark: int

    @property
    def percent(self) -> Fraction:
        """Its score, from its items."""
        items = list(Attempt.objects.get(pk=self.pk).items.all())
        earned = sum((one.points for one in items), Fraction(0))
        return (
            100 * earned / sum((Fraction(one.max_points) for one in items), earned * 0)
        )

    @property
    def worth(self) -> tuple[bool, Fraction]:
        """Whether it passes, then its score."""
        return self.percent >= self.mark, self.percent


def chosen(rule: str, sat: list[Said]) -> Said:
    """Return the attempt that a rule takes, written another way."""
    if rule == "best":
        best = max(one.worth for one in sat)
        return min((one for one in sat if one.worth == best), key=lambda one: one.pk)
    return sorted(sat, key=lambda one: one.pk if rule == "first" else -one.pk)[0]


@pytest.mark.parametrize("seed", range(14))
def test_an_independent_count_agrees(started, world, now, seed):
    chance = random.Random(seed)
    rule, mark = chance.choice(RULES), 70
    count(rule)
    sat: list[Said] = []
    standing: Said | None = None
    for step in range(1, 8):
        moment = now + step * HOUR
        started.refresh_from_db()
        deed = chance.choice(["sit", "sit", "sit", "publish", "repair"])
        if deed == "sit" and not started.completed_at:
            right = chance.randint(0, 4)
            attempt = sit(
                enrollment=started, quiz_key="posttest", right=right, now=moment
            )
            sat.append(Said(attempt.pk, mark))
            standing = chosen(rule, sat)
        elif deed == "publish" and not started.completed_at:
            rule, mark = chance.choice(RULES), chance.choice([50, 70, 80])
            publish(started, moment, rule=rule, mark=mark)
        elif deed == "repair" and sat:
            of = Attempt.objects.get(pk=chance.choice(sat).pk)
            repair(of, chance.randint(1, 4), moment)
        if sat and standing and deed != "sit":
            newly = chosen(rule, sat)
            standing = newly if newly.worth > standing.worth else standing
        if standing:
            _agree(started, world, _as_told(standing, sat), now=moment)


def _as_told(standing: Said, sat: list[Said]) -> Said:
    """Return the one among equals that is said to count.

    A repair raises attempts one after the other: which of two that end equal counts
    depends on which was raised first, and nothing else does.
    """
    counted = Attempt.objects.get(quiz_key="posttest", is_counted=True)
    equals = [one for one in sat if one.worth == standing.worth]
    return next((one for one in equals if one.pk == counted.pk), standing)


def _agree(place, world, standing, *, now):
    place.refresh_from_db()
    grades = current_grades(place)
    counted = Attempt.objects.get(quiz_key="posttest", is_counted=True)
    passed = standing.percent >= standing.mark
    reach = reach_of(world.people["hr"], now=now)
    page = quiz_page(counted.quiz, place, now=now)
    assert grades["posttest"] == standing.percent
    assert counted.pk == standing.pk
    assert (place.completed_at is not None) >= passed
    assert ("lulus" in page.refusal) == passed
    assert badge(place) == ("Lulus" if place.completed_at else "Belum lulus")
    assert gain_figures(reach, place.course_id).of("").after == standing.percent
    assert list(verify_grades(repair=False, now=now)) == []
