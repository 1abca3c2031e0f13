"""Does the longest option give the key away?"""

from collections.abc import Iterable, Iterator, Sequence

from lib.findings import FileProblem
from studio.folders.checks.course import Course, FolderQuestion
from studio.folders.checks.prose import plain

MOST_LONGEST = 0.35
"""The share of questions in which the key may be the longest option. Of four options
one in four would be by chance.
"""
_FEWEST_ITEMS = 20
"""Below this a share says more about chance than about the author."""


def check(course: Course) -> Iterator[FileProblem]:
    """Look at each bank, and at the whole course."""
    for file, items in course.banks():
        yield from _check(file, items)
    files = {item.file for item in course.items}
    if len(files) > 1:
        yield from _check(course.file, course.items)


def check_between(courses: Sequence[Course]) -> Iterator[FileProblem]:
    """Look at all courses together."""
    yield from _check(".", [item for course in courses for item in course.items])


def _check(file: str, items: Iterable[FolderQuestion]) -> Iterator[FileProblem]:
    asked = [item for item in items if item.key_place is not None]
    longest = [item for item in asked if key_is_longest(item)]
    if len(asked) < _FEWEST_ITEMS or len(longest) <= MOST_LONGEST * len(asked):
        return
    keys = ", ".join(item.content.key for item in longest)
    yield FileProblem(
        file,
        longest[0].line if longest[0].file == file else 1,
        f"Kuncinya pilihan terpanjang pada {len(longest)} dari {len(asked)} soal.",
        f"Pendekkan kunci atau lengkapi pengecoh, sampai {MOST_LONGEST:.0%} atau "
        f"kurang. Soalnya: {keys}.",
    )


def key_is_longest(item: FolderQuestion) -> bool:
    """Is the key longer than every other option, in characters as they are read?"""
    place = item.key_place
    if place is None:
        return False
    key = len(plain(item.content.options[place].text))
    return all(key > len(plain(option.text)) for option in item.distractors)
