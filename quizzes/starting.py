"""May an attempt be started? Plain Python over rules and history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Rules:
    """What limits attempts; `pass_mark` in percent, None where nothing is passed."""

    attempts_per_block: int | None
    cooldown: timedelta
    pass_mark: Decimal | None
    opens_after_lessons: bool


@dataclass(frozen=True)
class Sitting:
    """One attempt that was handed in."""

    submitted_at: datetime
    percent: Decimal


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with a quiz.

    `code` is "" when an attempt may start, otherwise why not: "lessons_first",
    "already_passed", "no_attempts_left" or "resting" (then `opens_at` says until
    when). `left` counts the attempts left in this block, None without a limit.
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
    """
    passed = rules.pass_mark is not None and any(
        sitting.percent >= rules.pass_mark for sitting in sittings
    )
    limit = rules.attempts_per_block
    left = None if limit is None else limit - len(sittings) % limit
    if passed:
        return Standing("already_passed", 0, passed=True)
    if rules.opens_after_lessons and not lessons_done:
        return Standing("lessons_first", left)
    if limit is None or not sittings or len(sittings) % limit:
        return Standing("", left)
    if not rules.cooldown:
        return Standing("no_attempts_left", 0)
    opens_at = sittings[-1].submitted_at + rules.cooldown
    if now < opens_at:
        return Standing("resting", 0, opens_at)
    return Standing("", limit)


def may_see_keys(
    review: str, rules: Rules, sittings: Sequence[Sitting], *, purpose: str
) -> bool:
    """Say whether answers and keys may be shown now (ARCHITECTURE §8).

    "test": after passing or after the last attempt there can ever be. A pre-test
    never shows them, so that it can be compared with the post-test.
    """
    if purpose == "pretest" or review == "exam" or not sittings:
        return False
    if review == "learn":
        return True
    state = standing(rules, sittings, lessons_done=True, now=sittings[-1].submitted_at)
    return state.passed or state.code == "no_attempts_left"
