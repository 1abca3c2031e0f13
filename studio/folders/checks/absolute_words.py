"""Do words without exceptions betray the wrong options?

Somebody who knows nothing strikes out what says “always” or “never”. Where keys say it
as often as distractors, that does not help.
"""

import re
from collections.abc import Iterable, Iterator

from lib.findings import FileProblem
from quizzes.questions import OptionContent
from studio.folders.checks.course import Course, FolderQuestion
from studio.folders.checks.prose import prose

MOST_OF_DISTRACTORS = 0.05
"""The share of distractors that may hold such a word, unless keys hold it as well."""
MOST_TIMES_OF_KEYS = 2
_FEWEST_ITEMS = 10
_ABSOLUTE = re.compile(
    r"\b(?:selalu|senantiasa|tidak\s+pernah|tak\s+pernah|semua(?:nya)?|seluruhnya"
    r"|pasti|hanya|sama\s+sekali|mustahil|mutlak|tanpa\s+kecuali|satu-satunya"
    r"|selamanya|siapa\s+pun|apa\s+pun|kapan\s+pun|di\s+mana\s+pun)\b",
    re.IGNORECASE,
)


def check(course: Course) -> Iterator[FileProblem]:
    """Compare distractors and keys, bank by bank."""
    for file, items in course.banks():
        yield from _check(file, [item for item in items if item.key_place is not None])


def _check(file: str, items: list[FolderQuestion]) -> Iterator[FileProblem]:
    if len(items) < _FEWEST_ITEMS:
        return
    betrayed = [item for item in items if any(map(_is_absolute, item.distractors))]
    in_distractors = _share(option for item in items for option in item.distractors)
    in_keys = _share(item.content.options[item.key_place or 0] for item in items)
    if in_distractors <= max(MOST_OF_DISTRACTORS, MOST_TIMES_OF_KEYS * in_keys):
        return
    for item in betrayed:
        words = sorted(
            {
                found[0].lower()
                for option in item.distractors
                for found in _ABSOLUTE.finditer(prose(option.text))
            }
        )
        yield FileProblem(
            file,
            item.line,
            f"Pengecoh soal {item.content.key} memakai kata mutlak: "
            f"{', '.join(words)}.",
            "Tulis pengecoh yang masuk akal tanpa kata itu.",
        )


def _share(options: Iterable[OptionContent]) -> float:
    held = [_is_absolute(option) for option in options]
    return sum(held) / len(held)


def _is_absolute(option: OptionContent) -> bool:
    return _ABSOLUTE.search(prose(option.text)) is not None
