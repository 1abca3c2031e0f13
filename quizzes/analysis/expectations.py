"""How hard a question was expected to be, beside how hard it was. Plain Python."""

from dataclasses import dataclass
from math import sqrt

from quizzes.analysis.figures import FEWEST_ANSWERS
from quizzes.kinds import Purpose, Selection
from quizzes.questions.composition import Expected

FAR_APART = 20
"""Points between expected and observed from which an estimate counts as wrong: about
the width of a step of difficulty (30–50–70–90 %).
"""
# 95 of 100 means of as many answers lie within so many standard errors.
_STANDARD_ERRORS = 1.96


@dataclass(frozen=True)
class Expectation:
    """The percent that was expected. `gap` is observed less expected, in points.

    `gap` is None below the fewest answers; `is_far` asks for a look.
    """

    percent: int
    gap: float | None
    is_far: bool


def expectation(
    expected: Expected | None,
    *,
    purpose: str,
    selection: str,
    n: int,
    facility: float | None,
    sd: float | None,
) -> Expectation | None:
    """Compare a question's facility with what was expected; None where nothing was.

    Of a pre-test with what untrained people were expected to do, of a post-test with
    what trained ones were; in first attempts alone, because later ones are not what
    anybody estimated. Far apart means: by `FAR_APART` points or more, and by more than
    chance explains (the expected percent lies outside the 95 % interval of the mean).
    """
    shares = {Purpose.PRETEST: "untrained", Purpose.POSTTEST: "trained"}
    name = shares.get(Purpose(purpose))
    if expected is None or name is None or selection != Selection.FIRST:
        return None
    percent: int = getattr(expected, name)
    if facility is None or sd is None or n < FEWEST_ANSWERS:
        return Expectation(percent, None, is_far=False)
    gap = facility - percent
    chance = _STANDARD_ERRORS * sd / sqrt(n)
    return Expectation(percent, gap, is_far=abs(gap) >= max(FAR_APART, chance))
