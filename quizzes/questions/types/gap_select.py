"""Gap select: words to choose inside a text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types import gaps
from quizzes.questions.types.checking import (
    option_problems,
    scoring_problems,
    text_problems,
)
from quizzes.questions.types.parts import mark_parts, parse_parts, said_parts
from quizzes.questions.types.protocol import (
    Choice,
    Mark,
    OptionView,
    Place,
    QuestionView,
)
from quizzes.questions.types.shares import NOTHING


class GapSelect:
    """Gaps in the stem; the value is {number of the gap as text: option key}.

    `[[key]]` names the right option and offers every option of its group. Right
    gaps / gaps (Moodle, `question/type/gapselect/questionbase.php`).
    """

    name = "gap_select"
    label = "Melengkapi kalimat"
    control = "gaps"
    scorings: Mapping[str, str] = {}

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the gaps by number; their keys would be the answers."""
        groups = _groups(question.options)
        offers = {o.key: groups[o.group] for o in question.options}
        return [
            Place(
                str(number),
                [
                    Choice(o.key, o.text, Decimal(o.key == key))
                    for o in offers.get(key, ())
                ],
            )
            for number, key in enumerate(gaps.keys_in(question.stem), 1)
        ]

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the option of each gap answered."""
        return parse_parts(self.places(question), raw)

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the option of each gap."""
        return said_parts(value)

    classify = said

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give every right gap the same share."""
        if value is None:
            return Mark(NOTHING)
        return mark_parts(self.places(question), value, "celah")

    def rule(self, question: QuestionView) -> str:
        """Say that every gap counts the same."""
        return "Pilih isi tiap celah. Tiap celah yang tepat bernilai sama."

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for gaps that name an option and offer a choice."""
        found = [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "pilihan"),
            *gaps.stem_problems(question.stem, "celah"),
            *_gap_problems(question),
        ]
        for options in _groups(question.options).values():
            found += text_problems(options, "pilihan")
        return found


def _groups(options: Sequence[OptionView]) -> Mapping[str, Sequence[OptionView]]:
    groups: dict[str, list[OptionView]] = defaultdict(list)
    for option in options:
        groups[option.group].append(option)
    return groups


def _gap_problems(question: QuestionView) -> Iterator[str]:
    groups = _groups(question.options)
    group_of = {option.key: option.group for option in question.options}
    asked = list(dict.fromkeys(gaps.keys_in(question.stem)))
    for key in asked:
        if key not in group_of:
            yield (
                f"Celah [[{key}]] tidak menunjuk pilihan mana pun. "
                "Tambahkan pilihan dengan kode itu, atau ubah celahnya."
            )
        elif len(groups[group_of[key]]) < 2:
            yield (
                f"Celah [[{key}]] hanya menawarkan satu pilihan. "
                "Tambahkan pengecoh di kelompok yang sama."
            )
    offered = {group_of[key] for key in asked if key in group_of}
    for group, options in groups.items():
        if group not in offered:
            for option in options:
                yield (
                    f"Pilihan “{option.key}” tidak ditawarkan celah mana pun. "
                    "Hapus, atau pindahkan ke kelompok sebuah celah."
                )
