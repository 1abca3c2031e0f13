"""When is a course complete, and how far has somebody come: pure."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courses.completion import (
    Facts,
    Requirement,
    final_percent,
    is_complete,
    is_met,
    progress,
)
from tests.every_case import every_case

PRETEST = Requirement("pretest", "submitted")
LESSONS = Requirement("lessons", "lessons")
POSTTEST = Requirement("posttest", "passed", Decimal(70), Decimal(1))
RULE = (PRETEST, LESSONS, POSTTEST)
LESSON_KEYS = tuple(f"l{number}" for number in range(1, 6))


def facts(done: int = 0, of: int = 2, **grades: int | str) -> Facts:
    """Return facts with `done` of the first `of` lessons, and grades in percent."""
    return Facts(
        required_lessons=frozenset(LESSON_KEYS[:of]),
        done_lessons=frozenset(LESSON_KEYS[:done]),
        grades={key: Decimal(value) for key, value in grades.items()},
    )


# --- one line ----------------------------------------------------------------------
@every_case(
    ("requirement", "what", "expected"),
    [
        (PRETEST, facts(), False),
        (PRETEST, facts(pretest=0), True),
        (LESSONS, facts(done=1), False),
        (LESSONS, facts(done=2), True),
        (LESSONS, facts(done=0, of=0), True),
        (POSTTEST, facts(), False),
        (POSTTEST, facts(posttest="69.99"), False),
        (POSTTEST, facts(posttest=70), True),
        (POSTTEST, facts(posttest=100), True),
        (Requirement("posttest", "passed", None), facts(posttest=100), False),
    ],
)
def test_a_line_is_met(requirement, what, expected):
    assert is_met(requirement, what) is expected


# --- complete ----------------------------------------------------------------------
@every_case(
    ("what", "expected"),
    [
        (facts(), False),
        (facts(done=2, pretest=0), False),
        (facts(done=2, posttest=100), True),
        (facts(done=1, pretest=0, posttest=100), False),
        (facts(done=2, pretest=0, posttest=69), False),
        (facts(done=2, pretest=0, posttest=70), True),
    ],
)
def test_a_course_is_complete_when_every_line_is_met(what, expected):
    assert is_complete(RULE, what) is expected


def test_what_may_be_skipped_completes_nothing_alone():
    assert is_complete((PRETEST,), facts(pretest=100)) is False


def test_a_rule_without_lines_is_never_fulfilled():
    assert is_complete((), facts(done=2)) is False
    assert progress((), facts(done=2)) == 0


# --- progress ----------------------------------------------------------------------
@every_case(
    ("what", "percent"),
    [
        (facts(), 0),
        (facts(pretest=0), 25),
        (facts(done=1, pretest=0), 50),
        (facts(done=2, pretest=0), 75),
        (facts(done=2, pretest=0, posttest=69), 75),
        (facts(done=2, pretest=0, posttest=70), 100),
        (facts(done=1, of=5), 16),
        (facts(done=1), 33),
        (facts(done=2), 66),
        (facts(done=2, posttest=70), 100),
    ],
)
def test_progress_counts_steps_of_the_same_size(what, percent):
    assert progress(RULE, what) == percent


def test_lessons_that_are_not_required_are_no_progress():
    extra = Facts(frozenset({"l1"}), frozenset({"l2", "l3"}), {})

    assert progress(RULE, extra) == 0


def test_progress_without_required_lessons_counts_the_rest():
    assert progress(RULE, facts(of=0, pretest=0)) == 50


# --- the course grade --------------------------------------------------------------
def test_the_grade_is_the_weighted_mean():
    rule = (
        Requirement("a", "passed", Decimal(50), Decimal(1)),
        Requirement("b", "passed", Decimal(50), Decimal(2)),
    )

    assert final_percent(rule, facts(a=50, b=100)) == Decimal("83.33")


@every_case("what", [facts(), facts(pretest=100)])
def test_there_is_no_grade_while_a_weighted_item_is_open(what):
    assert final_percent(RULE, what) is None


def test_nothing_weighted_gives_no_grade():
    assert final_percent((PRETEST, LESSONS), facts(done=2, pretest=80)) is None


# --- properties --------------------------------------------------------------------
percents = st.decimals(0, 100, places=2)
rules = st.lists(
    st.one_of(
        st.builds(Requirement, st.sampled_from("abc"), st.just("submitted")),
        st.just(LESSONS),
        st.builds(
            Requirement,
            st.sampled_from("abc"),
            st.just("passed"),
            st.decimals(1, 100, places=2),
            st.decimals(0, 5, places=2),
        ),
    ),
    max_size=5,
)
worlds = st.builds(
    Facts,
    st.frozensets(st.sampled_from(LESSON_KEYS)),
    st.frozensets(st.sampled_from(LESSON_KEYS)),
    st.dictionaries(st.sampled_from("abc"), percents),
)


@given(rules, worlds)
def test_progress_is_100_exactly_when_complete(rule, what):
    percent = progress(rule, what)

    assert 0 <= percent <= 100
    assert (percent == 100) is is_complete(rule, what)


@given(rules, worlds, st.sampled_from(LESSON_KEYS))
def test_one_more_lesson_never_lowers_progress(rule, what, lesson):
    more = Facts(what.required_lessons, what.done_lessons | {lesson}, what.grades)

    assert progress(rule, more) >= progress(rule, what)
    assert is_complete(rule, more) >= is_complete(rule, what)


@given(rules, worlds, st.sampled_from("abc"), percents)
def test_a_better_grade_never_lowers_progress(rule, what, item, grade):
    better = {**what.grades, item: max(grade, what.grades.get(item, Decimal(0)))}
    more = Facts(what.required_lessons, what.done_lessons, better)

    assert progress(rule, more) >= progress(rule, what)


@given(rules, worlds)
def test_the_grade_lies_between_the_grades_it_is_made_of(rule, what):
    grade = final_percent(rule, what)

    if grade is not None:
        counted = [what.grades[line.key] for line in rule if line.weight]
        assert min(counted) <= grade <= max(counted)


@given(rules, worlds)
def test_the_order_of_the_lines_does_not_matter(rule, what):
    assert progress(rule[::-1], what) == progress(rule, what)
    assert is_complete(rule[::-1], what) is is_complete(rule, what)
