"""Ordering: the items are to be put in the right order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizzes.questions.types.checking import (
    option_problems,
    scoring_of,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import ALL_OR_NOTHING, parse_parts, said_parts
from quizzes.questions.types.protocol import Choice, Mark, Place, QuestionView
from quizzes.questions.types.shares import EVERYTHING, NOTHING, earned

RELATIVE, ABSOLUTE = "relative_to_correct", "absolute"
_RULES: Mapping[str, str] = {
    RELATIVE: (
        "Urutkan semua butir. Makin dekat suatu butir ke tempat yang tepat, "
        "makin besar nilainya."
    ),
    ABSOLUTE: "Urutkan semua butir. Tiap butir di tempat yang tepat bernilai sama.",
    ALL_OR_NOTHING: (
        "Urutkan semua butir. Nilai diberikan hanya jika semuanya di tempatnya."
    ),
}


class Ordering:
    """Items whose stored order is right; the value is {option key: position from 1}.

    `relative_to_correct` with n items is the sum of max(0, (n-1) - |distance|), over
    n(n-1), and `absolute` the items in place / n (Moodle,
    `question/type/ordering`). An item without a position, or sharing its position with
    another, earns nothing.
    """

    name = "ordering"
    label = "Mengurutkan"
    control = "order"
    scorings: Mapping[str, str] = {
        RELATIVE: "Makin dekat makin besar",
        ABSOLUTE: "Tiap butir di tempatnya",
        ALL_OR_NOTHING: "Semua tepat atau nol",
    }

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the items, each with every position it can be put at."""
        count = len(question.options)
        scoring = scoring_of(question, self.scorings)
        return [
            Place(
                option.key,
                [
                    Choice(
                        str(said), str(said), _worth(scoring, said - position, count)
                    )
                    for said in range(1, count + 1)
                ],
                label=option.text,
                option=option.key,
            )
            for position, option in enumerate(question.options, 1)
        ]

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the position of each item that was given one."""
        said = parse_parts(self.places(question), raw)
        return said and {key: int(position) for key, position in said.items()}

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the position of each item."""
        return said_parts(value)

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark the positions by the question's rule."""
        if not isinstance(value, dict):
            return Mark(NOTHING)
        taken = Counter(map(str, value.values()))
        count = len(question.options)
        distances = [
            abs(value[option.key] - position)
            for position, option in enumerate(question.options, 1)
            if isinstance(value.get(option.key), int)
            and taken[str(value[option.key])] == 1
        ]
        if scoring_of(question, self.scorings) == RELATIVE:
            return _mark_relative(distances, count)
        right = distances.count(0)
        share = Fraction(right, count)
        if scoring_of(question, self.scorings) == ALL_OR_NOTHING:
            share = EVERYTHING if right == count else NOTHING
        return earned(share, f"{right} dari {count} butir di tempat yang tepat")

    def rule(self, question: QuestionView) -> str:
        """Say what an item out of place costs."""
        return _RULES[scoring_of(question, self.scorings)]

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two items or more that can be told apart."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "butir"),
            *text_problems(question.options, "butir"),
        ]
        if len(question.options) < 2:
            found.append("Butuh sedikitnya dua butir. Tambahkan butir.")
        return found


def _mark_relative(distances: Sequence[int], count: int) -> Mark:
    most = count - 1
    near = sum(max(0, most - distance) for distance in distances)
    full = max(1, count * most)
    return earned(
        Fraction(near, full),
        f"Tiap butir bernilai {most} di tempatnya dan berkurang 1 tiap langkah; "
        f"jumlahnya {near} dari {full}",
    )


def _worth(scoring: str, distance: int, count: int) -> Decimal:
    """Return what an item at this distance earns of its own share."""
    if scoring != RELATIVE:
        return Decimal(distance == 0)
    most = max(1, count - 1)
    return Decimal(max(0, most - abs(distance))) / most
