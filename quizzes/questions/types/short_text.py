"""Short text: a word or two, compared with the answers that are accepted."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quizzes.questions.types import wildcards
from quizzes.questions.types.checking import (
    option_problems,
    repeated,
    scoring_of,
    scoring_problems,
)
from quizzes.questions.types.protocol import Mark, OptionView, Place, QuestionView
from quizzes.questions.types.reading import LONGEST_TEXT, squeezed
from quizzes.questions.types.shares import NOTHING, earned
from quizzes.questions.types.signs import plain_signs
from quizzes.questions.types.typed import (
    answer_problems,
    best_of,
    class_of,
    parse_typed,
    said_typed,
    typed_place,
)

NORMALIZED, EXACT = "normalized", "exact"
CASEFOLD, WILDCARD = "casefold", "wildcard"
_RULES: Mapping[str, str] = {
    NORMALIZED: (
        "Tulis jawaban singkat. Huruf besar atau kecil dan tanda baca di ujung "
        "tidak berpengaruh."
    ),
    EXACT: "Tulis jawaban singkat. Huruf besar dan kecil dibedakan.",
    CASEFOLD: "Tulis jawaban singkat. Huruf besar atau kecil tidak berpengaruh.",
    WILDCARD: "Tulis jawaban singkat. Huruf besar atau kecil tidak berpengaruh.",
}


class ShortText:
    """A text to type; the value is the text with single spaces.

    Never fuzzy: "boleh tidak" is not "tidak boleh". Apostrophes, quotation marks and
    hyphens of all kinds are the same under every rule but `exact`. `wildcard` is
    Moodle's (`question/type/shortanswer/question.php`). Of several accepted answers
    that fit, the one that earns most counts; Moodle takes the first one that fits, so
    files for Moodle list them by worth.
    """

    name = "short_text"
    label = "Isian singkat"
    control = "text"
    scorings: Mapping[str, str] = {
        NORMALIZED: "Abaikan huruf besar dan tanda baca di ujung",
        EXACT: "Sama persis",
        CASEFOLD: "Abaikan huruf besar",
        WILDCARD: "Pola dengan tanda *",
    }

    def places(self, question: QuestionView) -> Sequence[Place]:
        """Return the question as a whole."""
        return (typed_place(question),)

    def parse(self, question: QuestionView, raw: Mapping[str, Sequence[str]]) -> Any:
        """Return the text as typed."""
        return parse_typed(question, raw)

    def said(self, question: QuestionView, value: Any) -> Mapping[str, Sequence[str]]:
        """Return the text."""
        return said_typed(value)

    def classify(
        self, question: QuestionView, value: Any
    ) -> Mapping[str, Sequence[str]]:
        """Return the accepted answer the text is."""
        return class_of(value, self._accepted(question, value))

    def mark(self, question: QuestionView, value: Any) -> Mark:
        """Give the fraction of the best accepted answer the text is."""
        accepted = self._accepted(question, value)
        if accepted is None:
            return Mark(NOTHING)
        is_part = 0 < accepted.fraction < 1
        said = "Jawaban Anda diterima sebagian" if is_part else ""
        return earned(accepted.fraction, said)

    def rule(self, question: QuestionView) -> str:
        """Say what is compared."""
        return _RULES[scoring_of(question, self.scorings)]

    def problems(self, question: QuestionView) -> list[str]:
        """Ask for accepted answers that someone can type and that differ."""
        return [
            *scoring_problems(question, self.scorings),
            *option_problems(question.options, "jawaban"),
            *answer_problems(question.options),
            *_pattern_problems(question, scoring_of(question, self.scorings)),
        ]

    def _accepted(self, question: QuestionView, value: Any) -> OptionView | None:
        if not isinstance(value, str):
            return None
        scoring = scoring_of(question, self.scorings)
        return best_of(
            option
            for option in question.options
            if _is_accepted(option.text, value, scoring)
        )


def _is_accepted(accepted: str, typed: str, scoring: str) -> bool:
    if scoring == WILDCARD:
        # What a star or a backslash is, folding leaves as it is.
        parts = wildcards.segments(_compared(accepted, CASEFOLD))
        return wildcards.fits(parts, _compared(typed, CASEFOLD))
    return _compared(accepted, scoring) == _compared(typed, scoring)


def _compared(text: str, scoring: str) -> str:
    """Return the form of a text that a rule compares."""
    text = squeezed(text)
    return _folded(text if scoring == EXACT else plain_signs(text), scoring)


def _folded(text: str, scoring: str) -> str:
    if scoring == NORMALIZED:
        return _normalized(text)
    text = unicodedata.normalize("NFC", text)
    return text if scoring == EXACT else text.casefold()


def _normalized(text: str) -> str:
    """Return the text folded (NFKC) and without punctuation at its ends."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    text = " ".join(unicodedata.normalize("NFKC", folded).split())
    start, end = 0, len(text)
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_edge(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign).startswith("P")


def _pattern_problems(question: QuestionView, scoring: str) -> Iterator[str]:
    forms = []
    for option in question.options:
        form = _compared(option.text, scoring)
        forms.append(form)
        if len(form) > LONGEST_TEXT:
            yield (
                f"Jawaban “{option.key}” lebih panjang dari {LONGEST_TEXT} tanda. "
                "Pendekkan agar dapat diketik."
            )
        if scoring == NORMALIZED and option.text.strip() and not form:
            yield (
                f"Jawaban “{option.key}” hanya berisi tanda baca. "
                "Tulis kata, atau pilih aturan sama persis."
            )
        if scoring == WILDCARD and not form.strip("* ") and option.fraction > 0:
            yield (
                f"Pola “{option.text}” menerima jawaban apa saja. "
                "Tulis kata di sebelah tanda bintangnya."
            )
    for form in sorted(_read_alike(question, forms, scoring)):
        yield f"Dua jawaban dibaca sama: “{form}”. Bedakan atau hapus salah satu."


def _read_alike(question: QuestionView, forms: Sequence[str], scoring: str) -> set[str]:
    """Return the forms that stand for two answers.

    Spellings that differ in the kind of a sign alone and earn the same are one answer
    said twice, as files from elsewhere have it: harmless.
    """
    worths: dict[str, set[Decimal]] = defaultdict(set)
    for option, form in zip(question.options, forms, strict=True):
        worths[form].add(option.fraction)
    unlike = {form for form, worth in worths.items() if form and len(worth) > 1}
    kept = (_folded(squeezed(option.text), scoring) for option in question.options)
    return unlike.union(map(plain_signs, repeated(form for form in kept if form)))
