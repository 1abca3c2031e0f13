"""May an attempt be started? Plain Python over rules and history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from quizzes.kinds import KeyRelease, Purpose, Refusal
from quizzes.taking.timing import ALWAYS_OPEN, Window


@dataclass(frozen=True)
class Rules:
    """What limits one person's attempts.

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
    """One attempt that was handed in."""

    submitted_at: datetime
    percent: Decimal


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
    rules: Rules, sittings: Sequence[Sitting], *, lessons_done: bool, now: datetime
) -> Standing:
    """Say where somebody stands; `sittings` oldest first.

    Attempts come in blocks of `attempts_per_block`; after a full block without a
    pass comes the rest, then a new block. Without a rest there is one block only.
    Extra attempts lengthen the block the person is in.
    """
    if _has_passed(rules, sittings):
        return Standing(Refusal.ALREADY_PASSED, 0, passed=True)
    left = _left(rules, len(sittings))
    shut = _shut(rules.window, left, now)
    if shut:
        return shut
    if rules.opens_after_lessons and not lessons_done:
        return Standing(Refusal.LESSONS_FIRST, left)
    if left != 0:
        return Standing("", left)
    if not rules.cooldown:
        return Standing(Refusal.NO_ATTEMPTS_LEFT, 0)
    opens_at = sittings[-1].submitted_at + rules.cooldown
    if now < opens_at:
        return Standing(Refusal.RESTING, 0, opens_at)
    return Standing("", rules.attempts_per_block)


def _has_passed(rules: Rules, sittings: Sequence[Sitting]) -> bool:
    mark = rules.pass_mark
    return mark is not None and any(sitting.percent >= mark for sitting in sittings)


def _left(rules: Rules, taken: int) -> int | None:
    """Return how many attempts are left in the block before any rest."""
    limit = rules.attempts_per_block
    if limit is None:
        return None
    first = limit + rules.extra_attempts
    if taken < first:
        return first - taken
    # Whoever has no rest has no second block, also after extra ones were revoked.
    rest = (taken - rules.extra_attempts) % limit if rules.cooldown else 0
    return limit - rest if rest else 0


def _shut(window: Window, left: int | None, now: datetime) -> Standing | None:
    if window.closes_at is not None and now >= window.closes_at:
        return Standing(Refusal.CLOSED, left)
    if window.opens_at is not None and now < window.opens_at:
        return Standing(Refusal.NOT_OPEN_YET, left, window.opens_at)
    return None


def may_see_keys(
    release: str, rules: Rules, sittings: Sequence[Sitting], *, purpose: str
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
        replace(rules, window=ALWAYS_OPEN),
        sittings,
        lessons_done=True,
        now=sittings[-1].submitted_at,
    )
    return state.passed or state.code == Refusal.NO_ATTEMPTS_LEFT
