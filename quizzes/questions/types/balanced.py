"""Marking several choices at once, where some are right and others wrong.

Balanced: max(0, h/|C| - f/|W|), with C the right options, W the wrong ones, h and f
how many of each were chosen. Where both kinds exist, choosing all or nothing earns
exactly 0 and no author sets weights. Without wrong options h/|C|; without right ones
only the explicit "none" earns, and it earns all. Of the rules in use (Moodle
`question/type/multichoice`, Open edX `ChoiceResponse`, RELATE `course/page/choice.py`)
none does both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizzes.questions.types.parts import ALL_OR_NOTHING
from quizzes.questions.types.protocol import Mark, OptionView
from quizzes.questions.types.shares import EVERYTHING, NOTHING, earned

BALANCED = "balanced"
SCORINGS: Mapping[str, str] = {
    BALANCED: "Seimbang: yang salah mengurangi nilai",
    ALL_OR_NOTHING: "Semua tepat atau nol",
}


@dataclass(frozen=True)
class Words:
    """How the sum of one type is said."""

    right: str
    wrong: str
    chosen: str
    none: str


def mark_balanced(
    options: Sequence[OptionView], chosen: Sequence[str], words: Words
) -> Mark:
    """Mark keys chosen among the options; none chosen is the explicit "none"."""
    right = [option for option in options if option.fraction == 1]
    wrong = [option for option in options if option.fraction != 1]
    hits, faults = _among(right, chosen), _among(wrong, chosen)
    if not right:
        return _mark_none(chosen, words)
    share = Fraction(hits, len(right))
    said = (
        f"{hits} dari {len(right)} {words.right} {words.chosen} ({hits}/{len(right)})"
    )
    if wrong:
        share -= Fraction(faults, len(wrong))
        said += (
            f", {faults} dari {len(wrong)} {words.wrong} {words.chosen} "
            f"({'-' if faults else ''}{faults}/{len(wrong)})"
        )
    return earned(share, said)


def mark_whole(
    options: Sequence[OptionView], chosen: Sequence[str], words: Words
) -> Mark:
    """Give everything when exactly the right options were chosen, else nothing."""
    right = [option for option in options if option.fraction == 1]
    wrong = [option for option in options if option.fraction != 1]
    hits, faults = _among(right, chosen), _among(wrong, chosen)
    if not right:
        return _mark_none(chosen, words)
    said = (
        f"{hits} dari {len(right)} {words.right} {words.chosen}, "
        f"{faults} dari {len(wrong)} {words.wrong} {words.chosen}"
    )
    is_whole = hits == len(right) and not faults
    return earned(EVERYTHING if is_whole else NOTHING, said)


def _mark_none(chosen: Sequence[str], words: Words) -> Mark:
    share = NOTHING if chosen else EVERYTHING
    return earned(share, f"Yang tepat “{words.none}”")


def _among(options: Sequence[OptionView], chosen: Sequence[str]) -> int:
    return sum(option.key in chosen for option in options)
