"""From what HR types about people to the people: numbers, and names that are asked.

A line with a whole number says who is meant, whatever stands beside it. Any other line
is a name. Where one active person within reach has it she is meant; where several have,
the page shows them, and HR chooses.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from accounts.models import User
from courses.assigning.people import ASSIGN, people_numbered
from lib.folding import folded_words

MOST_NAMES = 50
MOST_CANDIDATES = 8
_NUMBER = re.compile(r"\d[\d .\-]{7,}\d")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, by her key; `label` tells her from the others."""

    key: str
    label: str


@dataclass(frozen=True)
class UnclearName:
    """A name that several carry. `field` is what the choice is called in the form."""

    field: str
    words: str
    candidates: Sequence[Candidate]
    has_more: bool


@dataclass(frozen=True)
class NamedPeople:
    """Who is meant, what means nobody, and what may mean several."""

    people: list[User]
    unknown: list[str]
    unclear: list[UnclearName]


def lines_of(typed: str) -> list[str]:
    """Return a line for each person of what was typed or pasted.

    Numbers may stand behind each other with commas; behind a name they are degrees.
    """
    lines: list[str] = []
    for line in re.split(r"[\n;]+", typed):
        parts = [part.strip() for part in line.split(",")]
        if not any(sign.isalpha() for sign in line):
            lines += parts
        else:
            lines.append(line.strip() if _NUMBER.search(line) else parts[0])
    return [line for line in lines if line]


def people_named(
    user: Any, typed: Iterable[str], chosen: Mapping[str, str]
) -> NamedPeople:
    """Return whom these lines mean; `chosen` holds answers by `UnclearName.field`.

    A query for all numbers, and one for each name.
    """
    numbers, names = [], []
    for line in typed:
        number = _NUMBER.search(line)
        if number:
            numbers.append(number[0])
        elif any(sign.isalpha() for sign in line):
            names.append(line)
        else:
            numbers.append(line)
    people, unknown = people_numbered(user, numbers)
    unclear = []
    # More names than can be asked one by one are refused with what is left over.
    unknown += list(dict.fromkeys(names))[MOST_NAMES:]
    for words in list(dict.fromkeys(names))[:MOST_NAMES]:
        found = _carrying(user, words)
        field = f"orang-{crc32(' '.join(folded_words(words)).encode()):08x}"
        answer = [one for one in found if str(one.key) == chosen.get(field)]
        if len(found) == 1 or answer:
            people += answer or found
        elif found:
            unclear.append(_unclear(field, words, found))
        else:
            unknown.append(words)
    return NamedPeople(list(dict.fromkeys(people)), unknown, unclear)


def _carrying(user: Any, words: str) -> list[User]:
    people = User.objects.visible_to(user, ASSIGN).active().named(words)
    return list(people.select_related("unit").by_name()[: MOST_CANDIDATES + 1])


def _unclear(field: str, words: str, found: Sequence[User]) -> UnclearName:
    return UnclearName(
        field=field,
        words=words,
        candidates=[
            Candidate(str(one.key), ", ".join(filter(None, _said(one))))
            for one in found[:MOST_CANDIDATES]
        ],
        has_more=len(found) > MOST_CANDIDATES,
    )


def _said(person: User) -> tuple[str, ...]:
    unit = person.unit.name if person.unit else ""
    return person.full_name, person.nip or "", person.jabatan, unit
