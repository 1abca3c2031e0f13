"""May an attempt be started? Plain Python over limits and history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from lib.scores import passes
from quizzes.kinds import KeyRelease, Purpose, Refusal
from quizzes.taking.timing import ALWAYS_OPEN, Window


@dataclass(frozen=True)
class Limits:
    """What limits one person's attempts: the rules of the quiz and her own terms.

    `pass_mark` in percent, None where nothing is passed. `extra_attempts` and
    `window` are hers (`quizzes.taking.timing`).
    """

    attempts_per_block: int | None
    cooldown: timedelta
    pass_mark: Decimal | None
    opens_after_lessons: bool
    extra_attempts: int = 0
    window: Window = ALWAYS_OPEN


@dataclass(frozen=True)
class Sitting:
    """One attempt that was handed in.

    `percent` is the figure that is shown. `pass_mark` is the one under which it began,
    None where that version asked for none. Of several attempts one `is_counted`.
    """

    submitted_at: datetime
    percent: Decimal
    pass_mark: Decimal | None = None
    is_counted: bool = True


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with a quiz.

    `code` is "" when an attempt may start, otherwise why not (`Refusal`); where
    waiting helps, `opens_at` says until when. `left` counts the attempts left in this
    block, None without a limit.
    """

    code: str
    left: int | None
    opens_at: datetime | None = None
    passed: bool = False


def standing(
    limits: Limits,
    sittings: Sequence[Sitting],
    *,
    lessons_done: bool,
    now: datetime,
    is_finished: bool = False,
    is_locked: bool = False,
) -> Standing:
    """Say where somebody stands; `sittings` oldest first.

    `is_finished` says that she has finished the course: nothing is started any more.
    `is_locked` says that this is a pre-test after the beginning (`courses.pretest`).

    Attempts come in blocks of `attempts_per_block`; after a full block without a
    pass comes the rest, then a new block. Without a rest there is one block only.
    Extra attempts lengthen the block the person is in.
    """
    if _has_passed(limits, sittings):
        return Standing(Refusal.ALREADY_PASSED, 0, passed=True)
    if is_finished:
        return Standing(Refusal.COURSE_FINISHED, 0)
    left = _left(limits, len(sittings))
    if is_locked:
        return _locked(left)
    shut = _shut(limits.window, left, now)
    if shut:
        return shut
    if limits.opens_after_lessons and not lessons_done:
        return Standing(Refusal.LESSONS_FIRST, left)
    return Standing("", left) if left != 0 else _after_block(limits, sittings, now)


def _locked(left: int | None) -> Standing:
    """Say of a locked pre-test that was taken that it was, of another why not."""
    code = Refusal.NO_ATTEMPTS_LEFT if left == 0 else Refusal.PRETEST_LOCKED
    return Standing(code, left)


def _after_block(
    limits: Limits, sittings: Sequence[Sitting], now: datetime
) -> Standing:
    if not limits.cooldown:
        return Standing(Refusal.NO_ATTEMPTS_LEFT, 0)
    opens_at = sittings[-1].submitted_at + limits.cooldown
    if now < opens_at:
        return Standing(Refusal.RESTING, 0, opens_at)
    return Standing("", limits.attempts_per_block)


def reaches_pass_mark(limits: Limits, sitting: Sitting) -> bool | None:
    """Say whether an attempt reaches the pass mark under which it began.

    Where there was none, today's holds; None where nothing is passed.
    """
    mark = sitting.pass_mark or limits.pass_mark
    return None if mark is None else passes(sitting.percent, mark)


def _has_passed(limits: Limits, sittings: Sequence[Sitting]) -> bool:
    """Say whether the attempt that counts passes; others change nothing."""
    return any(
        sitting.is_counted and reaches_pass_mark(limits, sitting)
        for sitting in sittings
    )


def _left(limits: Limits, taken: int) -> int | None:
    """Return how many attempts are left in the block before any rest."""
    limit = limits.attempts_per_block
    if limit is None:
        return None
    first = limit + limits.extra_attempts
    if taken < first:
        return first - taken
    # Whoever has no rest has no second block, also after extra ones were revoked.
    rest = (taken - limits.extra_attempts) % limit if limits.cooldown else 0
    return limit - rest if rest else 0


def _shut(window: Window, left: int | None, now: datetime) -> Standing | None:
    if window.closes_at is not None and now >= window.closes_at:
        return Standing(Refusal.CLOSED, left)
    if window.opens_at is not None and now < window.opens_at:
        return Standing(Refusal.NOT_OPEN_YET, left, window.opens_at)
    return None


def may_see_keys(
    release: str, limits: Limits, sittings: Sequence[Sitting], *, purpose: str
) -> bool:
    """Say whether answers and keys may be shown now (ARCHITECTURE §8).

    "test": after passing or after the last attempt there can ever be. A window that
    has closed shows nothing: it may open again. A pre-test never shows them, so that
    it can be compared with the post-test.
    """
    if purpose == Purpose.PRETEST or release == KeyRelease.EXAM or not sittings:
        return False
    if release == KeyRelease.LEARN:
        return True
    state = standing(
        replace(limits, window=ALWAYS_OPEN),
        sittings,
        lessons_done=True,
        now=sittings[-1].submitted_at,
    )
    return state.passed or state.code == Refusal.NO_ATTEMPTS_LEFT
