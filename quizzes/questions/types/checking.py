"""What the database cannot promise about the options of any question.

Every problem is two sentences: what is wrong, and what to do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from quizzes.questions.types.protocol import OptionView, QuestionView
from quizzes.questions.types.reading import NONE

# Options are places in some types, and devices save at most 50 fields an answer.
MOST_OPTIONS = 40
# As wide as the columns that hold them.
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_LONGEST_NAME = 40
_DECIMALS = -6


def scoring_of(question: QuestionView, scorings: Mapping[str, str]) -> str:
    """Return the name of the marking rule; the first where none is named."""
    return question.scoring if question.scoring in scorings else next(iter(scorings))


def scoring_problems(
    question: QuestionView, scorings: Mapping[str, str]
) -> Iterator[str]:
    """Refuse a marking rule that the type does not know."""
    if not question.scoring or question.scoring in scorings:
        return
    known = ", ".join(scorings)
    remedy = f"Pilih salah satu: {known}" if known else "Kosongkan aturannya"
    yield f"Aturan nilai “{question.scoring}” tidak dikenal. {remedy}."


def option_problems(options: Sequence[OptionView], noun: str) -> Iterator[str]:
    """Refuse keys, texts and fractions that no question may have.

    `noun` is what an option of this type is called.
    """
    if len(options) > MOST_OPTIONS:
        yield f"Ada lebih dari {MOST_OPTIONS} {noun}. Bagi menjadi beberapa soal."
    if any(not option.text.strip() for option in options):
        yield f"Ada {noun} yang masih kosong. Tulis isinya atau hapus."
    for option in options:
        yield from _key_problems(option, noun)
        if not _fits(option.fraction):
            yield (
                f"Nilai {noun} “{option.key}” di luar batas. "
                "Tulis nilai dari -1 sampai 1, paling banyak enam desimal."
            )
    for key in repeated(option.key for option in options):
        yield f"Kode “{key}” dipakai dua kali. Beri tiap {noun} kode sendiri."


def text_problems(options: Iterable[OptionView], noun: str) -> Iterator[str]:
    """Refuse two options that say the same."""
    texts = (" ".join(option.text.split()).casefold() for option in options)
    for text in repeated(text for text in texts if text):
        yield f"Dua {noun} berbunyi sama: “{text}”. Bedakan atau hapus salah satu."


def binary_problems(options: Iterable[OptionView], noun: str) -> Iterator[str]:
    """Refuse options that are neither wholly right nor wholly wrong."""
    for option in options:
        if option.fraction not in (0, 1):
            yield (
                f"Nilai {noun} “{option.key}” bukan 0 atau 1. "
                "Tandai sebagai benar atau salah."
            )


def negative_problems(options: Iterable[OptionView], noun: str) -> Iterator[str]:
    """Refuse options that take something away."""
    for option in options:
        if option.fraction.is_finite() and option.fraction < 0:
            yield (
                f"Nilai {noun} “{option.key}” kurang dari 0. "
                "Tulis nilai dari 0 sampai 1."
            )


def is_option_key(text: str) -> bool:
    """Say whether a text may be the key of an option or a scene."""
    return text != NONE and _KEY.fullmatch(text) is not None


def repeated(texts: Iterable[str]) -> list[str]:
    """Return the texts that come more than once, each once, in their order."""
    return [text for text, count in Counter(texts).items() if count > 1]


def _key_problems(option: OptionView, noun: str) -> Iterator[str]:
    if not is_option_key(option.key):
        yield (
            f"Kode {noun} “{option.key}” tidak dapat dipakai. "
            "Tulis 1 sampai 40 huruf, angka, atau tanda hubung."
        )
    if max(len(option.group), len(option.match)) > _LONGEST_NAME:
        yield (
            f"Kelompok atau pasangan {noun} “{option.key}” terlalu panjang. "
            f"Tulis paling banyak {_LONGEST_NAME} tanda."
        )


def _fits(fraction: Decimal) -> bool:
    if not fraction.is_finite() or abs(fraction) > 1:
        return False
    exponent = fraction.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _DECIMALS
