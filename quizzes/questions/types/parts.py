"""Questions of several places that each take one choice: right parts / parts.

As Moodle marks matching and missing words (`question/type/match/question.php`,
`question/type/gapselect/questionbase.php`).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from quizzes.questions.types.protocol import Mark, Place
from quizzes.questions.types.reading import read_places
from quizzes.questions.types.shares import NOTHING, earned

# The rule that every type of several places may have.
ALL_OR_NOTHING = "all_or_nothing"


def parse_parts(
    places: Sequence[Place], raw: Mapping[str, Sequence[str]]
) -> dict[str, str] | None:
    """Return the choice at each place answered, None when every place is blank."""
    said = read_places(places, raw)
    return {key: chosen[0] for key, chosen in said.items()} or None


def said_parts(value: Any) -> Mapping[str, Sequence[str]]:
    """Return what a value of `parse_parts` says at each place."""
    if not isinstance(value, dict):
        return {}
    return {key: (str(choice),) for key, choice in value.items()}


def count_right(places: Sequence[Place], value: Any) -> int:
    """Return at how many places a value says the right thing."""
    if not isinstance(value, dict):
        return 0
    return sum(
        choice.fraction == 1 and value.get(place.key) == choice.key
        for place in places
        for choice in place.choices
    )


def mark_parts(places: Sequence[Place], value: Any, noun: str) -> Mark:
    """Give every place the same share; `noun` says what a place is."""
    right = count_right(places, value)
    share = Fraction(right, len(places)) if places else NOTHING
    return earned(share, f"{right} dari {len(places)} {noun} tepat")
