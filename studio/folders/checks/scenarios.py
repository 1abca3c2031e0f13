"""Do questions that ask for a decision tell what happened first?"""

from collections.abc import Iterator

from lib.findings import FileProblem
from studio.folders.checks.course import Course
from studio.folders.checks.prose import count_words

LEVELS = frozenset({"C3", "C4", "C5", "C6"})
"""From applying on, a question needs somebody, somewhere, with something at hand."""
_FEWEST_WORDS = 12


def check(course: Course) -> Iterator[FileProblem]:
    """Find questions of C3 and above that are too short to tell a case.

    Where a type has no single best option, its rows and passages are the case. Two
    sentences, the case and the question, may be short together.
    """
    for item in course.items:
        content = item.content
        if content.level not in LEVELS or item.key_place is None:
            continue
        if count_words(content.stem) < _FEWEST_WORDS and ". " not in content.stem:
            yield FileProblem(
                item.file,
                item.line,
                f"Soal {content.key} ({content.level}) belum menceritakan kejadiannya.",
                "Sebut siapa, di mana, dan apa yang terjadi, lalu tanyakan putusannya.",
            )
