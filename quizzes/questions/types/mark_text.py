"""Mark text: find the passages of a text that matter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types import balanced, gaps
from quizzes.questions.types.checking import (
    binary_problems,
    option_problems,
    scoring_of,
    scoring_problems,
)
from quizzes.questions.types.parts import ALL_OR_NOTHING
from quizzes.questions.types.protocol import Choice, Mark, Place, QuestionView
from quizzes.questions.types.reading import NONE, read_places
from quizzes.questions.types.shares import NOTHING

_WORDS = balanced.Words(
    right="yang perlu ditandai",
    wrong="yang tidak perlu",
    chosen="Anda tandai",
    none="tidak ada yang perlu ditandai",
)
_RULES: Mapping[str, str] = {
    balanced.BALANCED: (
        "Tandai semua bagian yang diminta. Tiap bagian yang tepat menambah nilai, "
        "tiap bagian yang keliru menguranginya. Nilai terendah 0."
    ),
    ALL_OR_NOTHING: (
        "Tandai semua bagian yang diminta. Nilai diberikan hanya jika semuanya tepat."
    ),
}


class MarkText:
    """Passages of the stem that may be marked; the value is the list of their keys.

    The empty list is the explicit "none". `[[key]]` in the stem is where a passage
    stands and the option's text are its words.
    """

    name = "mark_text"
    label = "Menandai bagian teks"
    control = "marks"
    scorings: Mapping[str, str] = balanced.SCORINGS

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the text as a whole, with "none"."""
        choices = [Choice(o.key, o.text, o.fraction) for o in question.options]
        is_none = all(option.fraction != 1 for option in question.options)
        choices.append(Choice(NONE, "Tidak ada", Decimal(is_none)))
        return (Place("", choices, many=True),)

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the keys in stored order, [] for "none", None when left blank."""
        chosen = read_places(self.places(question), raw).get("")
        return [key for key in chosen if key != NONE] if chosen else None

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the passages marked, or "none"."""
        return {} if value is None else {"": tuple(value) or (NONE,)}

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Mark the passages by the question's rule."""
        if not isinstance(value, list):
            return Mark(NOTHING)
        if scoring_of(question, self.scorings) == ALL_OR_NOTHING:
            return balanced.mark_whole(question.options, value, _WORDS)
        return balanced.mark_balanced(question.options, value, _WORDS)

    def rule(self, question: QuestionView) -> str:
        """Say what right and wrong marks do."""
        return _RULES[scoring_of(question, self.scorings)]

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for two passages or more, each once in the stem."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "bagian"),
            *binary_problems(question.options, "bagian"),
            *gaps.stem_problems(question.stem, "bagian"),
            *_passage_problems(question),
        ]
        if len(question.options) < 2:
            found.append(
                "Butuh sedikitnya dua bagian yang dapat ditandai. Tambahkan bagian."
            )
        return found


def _passage_problems(question: QuestionView) -> Iterator[str]:
    found = Counter(gaps.keys_in(question.stem))
    for option in question.options:
        if found[option.key] == 0:
            yield (
                f"Bagian “{option.key}” tidak ada di pertanyaan. "
                f"Tulis [[{option.key}]] di tempatnya, atau hapus bagian itu."
            )
        elif found[option.key] > 1:
            yield (
                f"Bagian “{option.key}” ada lebih dari sekali di pertanyaan. "
                "Beri tiap tempat bagian sendiri."
            )
    for key in found.keys() - {option.key for option in question.options}:
        yield (
            f"Tanda [[{key}]] tidak menunjuk bagian mana pun. "
            "Tambahkan bagian dengan kode itu, atau hapus tandanya."
        )
