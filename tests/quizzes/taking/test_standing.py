"""May an attempt be started, and may its keys be seen; pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quizzes.taking.standing import Limits, Sitting, Standing, may_see_keys, standing
from quizzes.taking.timing import Window
from tests.every_case import every_case

START = datetime(2026, 11, 21, 8, tzinfo=UTC)
DAY = timedelta(days=1)
POSTTEST = Limits(3, DAY, Decimal(70), opens_after_lessons=True)
PRETEST = Limits(1, timedelta(0), None, opens_after_lessons=False)
FREE = Limits(None, timedelta(0), None, opens_after_lessons=False)


def sittings(*percents: int | str) -> list[Sitting]:
    """Return sittings an hour apart with these results."""
    return [
        Sitting(START + timedelta(hours=number), Decimal(percent))
        for number, percent in enumerate(percents)
    ]


def stands(
    *percents: int | str,
    limits: Limits = POSTTEST,
    lessons_done: bool = True,
    after: timedelta = timedelta(0),
) -> Standing:
    """Return where somebody stands so long after her last sitting."""
    done = sittings(*percents)
    last = done[-1].submitted_at if done else START
    return standing(limits, done, lessons_done=lessons_done, now=last + after)


# --- three attempts, a day's rest, three more --------------------------------------
@every_case(("percents", "left"), [((), 3), ((0,), 2), ((0, 69), 1), (("69.99",), 2)])
def test_attempts_are_counted_down(percents, left):
    assert stands(*percents) == Standing("", left)


def test_after_three_failures_comes_a_days_rest():
    rest = stands(0, 0, 0, after=DAY - timedelta(seconds=1))

    assert (rest.code, rest.left) == ("resting", 0)
    assert rest.opens_at == START + timedelta(hours=2) + DAY


def test_after_the_rest_come_three_more():
    assert stands(0, 0, 0, after=DAY) == Standing("", 3)
    assert stands(0, 0, 0, 0) == Standing("", 2)
    assert stands(0, 0, 0, 0, 0, 0).code == "resting"
    assert stands(0, 0, 0, 0, 0, 0, after=DAY) == Standing("", 3)


@every_case("percents", [(70,), (0, 100), (100, 0), (0, 0, 70)])
def test_whoever_has_passed_sits_no_more(percents):
    assert stands(*percents) == Standing("already_passed", 0, passed=True)


def test_the_post_test_opens_after_the_lessons():
    assert stands(lessons_done=False) == Standing("lessons_first", 3)
    assert stands(0, lessons_done=False).code == "lessons_first"


def test_a_pretest_is_sat_once_and_needs_no_lessons():
    assert stands(limits=PRETEST, lessons_done=False) == Standing("", 1)
    assert stands(100, limits=PRETEST) == Standing("no_attempts_left", 0)
    assert stands(100, limits=PRETEST, after=365 * DAY).code == "no_attempts_left"


def test_without_a_limit_there_is_always_another():
    assert stands(*[0] * 50, limits=FREE) == Standing("", None)


@given(
    st.lists(st.integers(0, 69), max_size=12),
    st.integers(0, 72).map(lambda hours: timedelta(hours=hours)),
)
def test_whoever_has_not_passed_gets_another_chance_after_the_rest(percents, after):
    found = stands(*percents, after=after)

    assert found.code in {"", "resting"}
    assert (found.code == "resting") == (
        bool(percents) and len(percents) % 3 == 0 and after < DAY
    )
    assert found.left is not None
    assert 0 <= found.left <= 3
    assert (found.left == 0) == (found.code == "resting")


# --- extra attempts ----------------------------------------------------------------
def test_extra_attempts_lengthen_the_block_one_is_in():
    more = replace(POSTTEST, extra_attempts=1)

    assert stands(limits=more) == Standing("", 4)
    assert stands(0, 0, 0, limits=more) == Standing("", 1)
    assert stands(0, 0, 0, 0, limits=more).code == "resting"
    assert stands(0, 0, 0, 0, limits=more, after=DAY) == Standing("", 3)
    # Given in the second block, they lengthen that one.
    assert stands(0, 0, 0, 0, 0, limits=POSTTEST) == Standing("", 1)
    assert stands(0, 0, 0, 0, 0, limits=more) == Standing("", 2)
    assert stands(0, 0, 0, 0, 0, 0, limits=more) == Standing("", 1)
    assert stands(0, 0, 0, 0, 0, 0, 0, limits=more).code == "resting"


def test_an_extra_attempt_without_a_rest_is_the_last_one():
    more = replace(PRETEST, extra_attempts=1)

    assert stands(100, limits=more) == Standing("", 1)
    assert stands(100, 100, limits=more) == Standing("no_attempts_left", 0)
    # Revoked after it was used: nothing opens again.
    three = replace(PRETEST, attempts_per_block=3)
    assert stands(0, 0, 0, 0, limits=three) == Standing("no_attempts_left", 0)


# --- windows -----------------------------------------------------------------------
def windowed(opens: int | None = None, closes: int | None = None) -> Limits:
    """Return the post-test's limits with a window in hours from START."""
    hours = [None if n is None else START + timedelta(hours=n) for n in (opens, closes)]
    return replace(POSTTEST, window=Window(*hours))


def test_a_window_opens_and_closes_to_the_second():
    second = timedelta(seconds=1)
    limits = windowed(1, 2)

    early = stands(limits=limits, after=timedelta(hours=1) - second)
    assert (early.code, early.opens_at) == ("not_open_yet", START + timedelta(hours=1))
    assert stands(limits=limits, after=timedelta(hours=1)) == Standing("", 3)
    assert stands(limits=limits, after=timedelta(hours=2) - second) == Standing("", 3)
    assert stands(limits=limits, after=timedelta(hours=2)).code == "closed"


def test_whoever_has_passed_is_told_so_whatever_the_window():
    assert stands(70, limits=windowed(5, 6)).code == "already_passed"
    assert stands(70, limits=windowed(None, -1)).code == "already_passed"


def test_the_window_comes_before_lessons_and_rests():
    assert stands(limits=windowed(None, -1), lessons_done=False).code == "closed"
    assert stands(0, 0, 0, limits=windowed(None, 0)).code == "closed"
    assert stands(0, 0, 0, limits=windowed(0, 99)).code == "resting"


# --- keys --------------------------------------------------------------------------
@every_case(
    ("review", "purpose", "limits", "percents", "expected"),
    [
        ("test", "posttest", POSTTEST, (), False),
        ("test", "posttest", POSTTEST, (69,), False),
        ("test", "posttest", POSTTEST, (0, 0, 0), False),
        ("test", "posttest", POSTTEST, (0, 70), True),
        ("test", "posttest", Limits(2, timedelta(0), Decimal(70), False), (0,), False),
        ("test", "posttest", Limits(2, timedelta(0), Decimal(70), False), (0, 0), True),
        ("test", "pretest", PRETEST, (100,), False),
        ("learn", "pretest", PRETEST, (100,), False),
        ("learn", "practice", FREE, (0,), True),
        ("learn", "practice", FREE, (), False),
        ("exam", "posttest", POSTTEST, (100,), False),
    ],
)
def test_keys_are_shown_only_when_they_can_no_longer_help(
    review, purpose, limits, percents, expected
):
    assert (
        may_see_keys(review, limits, sittings(*percents), purpose=purpose) is expected
    )


# Limits by how their attempts end, and results by what they leave open.
ENDLESS = POSTTEST
TWICE = Limits(2, timedelta(0), Decimal(70), opens_after_lessons=False)
UNGRADED = Limits(2, timedelta(0), None, opens_after_lessons=False)
_NEVER = {"none": False, "open": False, "last": False, "passed": False}
_SITTINGS = {"none": (), "open": (0,), "last": (0, 0), "passed": (0, 70)}
SEEN = {
    # review, limits → whether keys are shown after no sitting, with attempts left,
    # after the last one, after passing.
    ("learn", "endless"): {"none": False, "open": True, "last": True, "passed": True},
    ("learn", "twice"): {"none": False, "open": True, "last": True, "passed": True},
    ("learn", "ungraded"): {"none": False, "open": True, "last": True, "passed": True},
    ("test", "endless"): {**_NEVER, "passed": True},
    ("test", "twice"): {**_NEVER, "last": True, "passed": True},
    # Nothing is passed here, so only the last attempt opens the keys.
    ("test", "ungraded"): {**_NEVER, "last": True, "passed": True},
    ("exam", "endless"): _NEVER,
    ("exam", "twice"): _NEVER,
    ("exam", "ungraded"): _NEVER,
}


@every_case("purpose", ["pretest", "posttest", "practice", "assessment"])
@every_case(("review", "limits"), SEEN)
@every_case("result", _SITTINGS)
def test_every_preset_with_every_purpose_and_result(review, limits, result, purpose):
    ruled = {"endless": ENDLESS, "twice": TWICE, "ungraded": UNGRADED}[limits]
    expected = purpose != "pretest" and SEEN[review, limits][result]

    done = sittings(*_SITTINGS[result])
    for hours in ((None, None), (None, -24), (24, None)):
        asked = replace(ruled, window=windowed(*hours).window)
        assert may_see_keys(review, asked, done, purpose=purpose) is expected


def test_an_extra_attempt_hides_the_keys_until_it_is_used():
    more = replace(TWICE, extra_attempts=1)

    assert not may_see_keys("test", more, sittings(0, 0), purpose="posttest")
    assert may_see_keys("test", more, sittings(0, 0, 0), purpose="posttest")
