"""Keys for questions and options that come without one; renaming of keys."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from quizzes.questions.content import QuestionContent

# A question's key is also the key of its fixed slot in a quiz.
LONGEST_KEY = 40
# As `quizzes.questions.types.gaps` finds them.
_GAP = re.compile(r"\[\[(?P<key>[-a-zA-Z0-9_]{1,40})\]\]")
_KEY = re.compile(r"[-a-zA-Z0-9_]+")
# Types whose stems name options as `[[key]]`.
WITH_GAPS = frozenset({"gap_select", "mark_text"})


def is_question_key(text: str) -> bool:
    """Whether a text can be a key as it stands."""
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def key_of(text: str) -> str:
    """Return a key made of the words of a text, "" where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    key = ""
    for word in words:
        longer = f"{key}-{word}" if key else word[:LONGEST_KEY]
        if len(longer) > LONGEST_KEY:
            break
        key = longer
    return key


class KeyMaker:
    """Gives each question of a file a key: the same file, the same keys."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def own(self, key: str) -> bool:
        """Take a key that the file itself gives; False where it was taken before."""
        is_free = key not in self._taken
        self._taken.add(key)
        return is_free

    def make(self, *texts: str) -> str:
        """Return a free key from the first text that has words."""
        wish = next(filter(None, map(key_of, texts)), "soal")
        key, number = wish, 1
        while key in self._taken:
            number += 1
            ending = f"-{number}"
            key = wish[: LONGEST_KEY - len(ending)].rstrip("-") + ending
        self._taken.add(key)
        return key


def letters(number: int) -> list[str]:
    """Return so many option keys: a to z, then p27, p28 and on."""
    return [
        chr(ord("a") + index) if index < 26 else f"p{index + 1}"
        for index in range(number)
    ]


def replace_gaps(stem: str, word: Callable[[str], str]) -> str:
    """Return the stem with every `[[key]]` replaced by what `word` says of it."""
    return _GAP.sub(lambda gap: word(gap["key"]), stem)


def renamed(question: QuestionContent, names: Mapping[str, str]) -> QuestionContent:
    """Return the question with other option keys, wherever a key is named."""

    def name(key: str) -> str:
        return names.get(key, key)

    points_at_options = question.type == "matching"
    stem = question.stem
    if question.type in WITH_GAPS:
        stem = replace_gaps(stem, lambda key: f"[[{name(key)}]]")
    return replace(
        question,
        stem=stem,
        options=tuple(
            replace(
                option,
                key=name(option.key),
                match=name(option.match) if points_at_options else option.match,
            )
            for option in question.options
        ),
    )
