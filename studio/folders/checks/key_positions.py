"""Does the place of the key give it away?

People get the options shuffled. The file is what colleagues print, translate and carry
into other systems, and an author who favors a place tends to favor it everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from lib.findings import FileProblem
from studio.folders.checks.course import Course, FolderQuestion

MOST_AT_ONE_PLACE = 0.4
_FEWEST_ITEMS = 20
# With fewer options two in five is what chance gives.
_MANY_OPTIONS = 4
_CRITICAL = {1: 6.635, 2: 9.210, 3: 11.345, 4: 13.277, 5: 15.086, 6: 16.812, 7: 18.475}
"""The chi-square values that chance exceeds once in a hundred times, by degrees of
freedom (Pearson; any table of the distribution).
"""


def check(course: Course) -> Iterator[FileProblem]:
    """Look at the questions of each bank that have the same number of options."""
    for file, items in course.banks():
        for count in sorted({len(item.content.options) for item in items}):
            places = positions(items, count)
            if _is_uneven(places):
                spread = ", ".join(
                    f"{letter} {places[place]}"
                    for place, letter in enumerate(ascii_lowercase[:count])
                )
                yield FileProblem(
                    file,
                    items[0].line,
                    f"Letak kunci tidak merata: {spread}.",
                    "Pindahkan urutan pilihan pada beberapa soal.",
                )


def positions(items: Iterable[FolderQuestion], count: int) -> Counter[int]:
    """Return how often the key stands at each place, with so many options."""
    places = Counter(dict.fromkeys(range(count), 0))
    places.update(
        item.key_place
        for item in items
        if item.key_place is not None and len(item.content.options) == count
    )
    return places


def _is_uneven(places: Counter[int]) -> bool:
    total = places.total()
    if total < _FEWEST_ITEMS:
        return False
    expected = total / len(places)
    chi_square = sum((seen - expected) ** 2 / expected for seen in places.values())
    critical = _CRITICAL.get(len(places) - 1)
    is_crowded = max(places.values()) > MOST_AT_ONE_PLACE * total
    return (len(places) >= _MANY_OPTIONS and is_crowded) or (
        critical is not None and chi_square > critical
    )
