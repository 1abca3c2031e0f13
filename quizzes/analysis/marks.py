"""The marks and answers that item analysis looks at, read in streams."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import lcm
from operator import itemgetter
from typing import Any

from django.db.models import (
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
)
from django.db.models.functions import Cast

from courses.models import Course
from quizzes.analysis.choices import AttemptGroup
from quizzes.analysis.figures import ScoredItem, ScoredPaper, arrangement
from quizzes.kinds import Selection
from quizzes.marking.saves import Save, current, moment_said
from quizzes.models import Attempt, AttemptItem, Quiz, QuizSlot, ResponseSave

# More attempts than these, the newest, would change no decision about a question.
MOST_ATTEMPTS = 20_000
_CHUNK = 5_000
# Slot, version, points and most points of an item, exact.
_ExactItem = tuple[str, int, Fraction, Fraction]


@dataclass(frozen=True)
class KnownAttempts:
    """What tells whether a quiz's attempts have changed: both numbers only grow.

    `n` attempts were handed in, and marked `markings` times together.
    """

    n: int
    markings: int


def all_attempts_of(course: Course, quiz_key: str) -> QuerySet[Attempt]:
    """Return every attempt handed in at a quiz, over all versions of the course."""
    quizzes = Quiz.objects.filter(
        key=quiz_key, grade_item__version__course=course
    ).values("pk")
    found: QuerySet[Attempt] = Attempt.objects.submitted().filter(
        quiz__in=quizzes, enrollment__isnull=False
    )
    return found


def attempts_of(course: Course, quiz_key: str, selection: str) -> QuerySet[Attempt]:
    """Return the attempts handed in that a selection keeps, over all versions.

    A person's attempts are told apart by when they began, also across cycles of the
    course; of equally good ones the earliest is the best.
    """
    handed_in = all_attempts_of(course, quiz_key)
    others = handed_in.filter(person=OuterRef("person"))
    if selection == Selection.FIRST:
        return handed_in.filter(~Exists(others.filter(pk__lt=OuterRef("pk"))))
    if selection == Selection.LAST:
        return handed_in.filter(~Exists(others.filter(pk__gt=OuterRef("pk"))))
    if selection == Selection.BEST:
        return handed_in.filter(~Exists(_better(others)))
    return handed_in


def _better(others: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Keep those with a higher score, or the same one earlier."""
    return others.filter(
        Q(percent__gt=OuterRef("percent"))
        | Q(percent=OuterRef("percent"), pk__lt=OuterRef("pk"))
    )


def known_of(course: Course, quiz_key: str) -> KnownAttempts:
    """Return what tells whether the attempts at a quiz have changed; one query.

    Of all of them, whatever a selection keeps: which attempt is somebody's last or
    best changes while the number of people and their points may stay the same.
    """
    attempts = all_attempts_of(course, quiz_key)
    found = attempts.aggregate(n=Count("pk"), markings=Sum("markings"))
    return KnownAttempts(found["n"], found["markings"] or 0)


def newest(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Return the newest of them, at most `MOST_ATTEMPTS`, for a subquery."""
    return attempts.order_by("-pk")[:MOST_ATTEMPTS]


def drawn_slots(course: Course, quiz_key: str) -> set[str]:
    """Return the keys of the slots that draw their question."""
    slots = QuizSlot.objects.filter(
        quiz__key=quiz_key,
        quiz__grade_item__version__course=course,
        question__isnull=True,
    )
    return set(slots.values_list("key", flat=True))


def read_marks(attempts: QuerySet[Attempt]) -> dict[int, ScoredPaper]:
    """Return the marked papers by attempt, the newest attempt first; one query.

    Marks are as they stand: a question left blank earned nothing. The places of a
    paper come in the order of their keys. Points are whole numbers of the largest part
    of a point that all of them are made of, so that a third stays a third.
    """
    rows = (
        AttemptItem.objects.filter(attempt__in=newest(attempts).values("pk"))
        .order_by("-attempt_id", "slot_key")
        .values_list(
            "attempt_id",
            "slot_key",
            "question_version_id",
            "share_numerator",
            "share_denominator",
            "max_points",
        )
    )
    exact: dict[int, list[_ExactItem]] = {}
    for attempt_id, paper in groupby(
        rows.iterator(chunk_size=_CHUNK), key=itemgetter(0)
    ):
        exact[attempt_id] = [
            (slot, version, points_of(numerator, denominator, most), Fraction(most))
            for _attempt, slot, version, numerator, denominator, most in paper
        ]
    return _scaled(exact)


def points_of(
    numerator: int | None, denominator: int | None, most: Decimal
) -> Fraction:
    """Return the points of a share of `most`; 0 where nothing was marked."""
    return Fraction(numerator or 0, denominator or 1) * Fraction(most)


def _scaled(exact: Mapping[int, Sequence[_ExactItem]]) -> dict[int, ScoredPaper]:
    """Return all points as whole numbers of one common part of a point."""
    parts = {
        points.denominator
        for paper in exact.values()
        for _slot, _version, *both in paper
        for points in both
    }
    scale = lcm(*parts)
    return {
        attempt_id: tuple(
            ScoredItem(slot, version, int(points * scale), int(most * scale))
            for slot, version, points, most in paper
        )
        for attempt_id, paper in exact.items()
    }


def by_arrangement(papers: Mapping[int, ScoredPaper]) -> list[dict[int, ScoredPaper]]:
    """Return the papers in groups of the same slots, that of the newest one first."""
    groups: dict[frozenset[tuple[str, int]], dict[int, ScoredPaper]] = defaultdict(dict)
    for attempt_id, paper in papers.items():
        groups[arrangement(paper)][attempt_id] = paper
    return list(groups.values())


def read_answers(
    attempts: QuerySet[Attempt],
    standing: Mapping[int, tuple[int, float]],
    *,
    keeps: Callable[[int, int], bool],
) -> dict[int, list[tuple[Any, AttemptGroup]]]:
    """Return what counts of the answers: each value given to a version, and by whom.

    `standing` has the quarter and the percent of each attempt; others are left out,
    as are those that `keeps` (attempt, version) does not want. Two queries.
    """
    groups: dict[tuple[int, str | None], AttemptGroup] = defaultdict(AttemptGroup)
    for attempt_id, version, value in _current_values(attempts):
        if attempt_id in standing and keeps(attempt_id, version):
            groups[version, value].add(*standing[attempt_id])
    answers = defaultdict(list)
    for (version, text), group in groups.items():
        # A question that was only marked as doubtful, or emptied, has no value.
        value = None if text is None else json.loads(text)
        if value is not None:
            answers[version].append((value, group))
    return answers


_FIELDS = (
    "item_id",
    "attempt_id",
    "item__question_version_id",
    "text",
    "device",
    "sequence",
    "pk",
    "received_at",
    "offset_ms",
    "attempt__started_at",
)


def _current_values(
    attempts: QuerySet[Attempt],
) -> Iterator[tuple[int, int, str | None]]:
    """Yield attempt, version and the text of the value that is current, None for none.

    Most answers are said once; those the database can hand over without their times.
    """
    saves = ResponseSave.objects.filter(
        Q(counts=True) | Q(acceptance__isnull=False),
        attempt__in=newest(attempts).values("pk"),
    ).annotate(text=Cast("value", TextField()))
    per_item = saves.order_by().values("item_id").annotate(times=Count("pk"))
    yield from (
        per_item.filter(times=1)
        .values_list(Min("attempt_id"), Min("item__question_version_id"), Min("text"))
        .iterator(chunk_size=_CHUNK)
    )
    several = (
        saves.filter(item__in=per_item.filter(times__gt=1).values("item_id"))
        .order_by("item_id", "pk")
        .values_list(*_FIELDS)
    )
    for _item, rows in groupby(several.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        said = list(rows)
        row = said[_current_index(said)]
        yield row[1], row[2], row[3]


def _current_index(rows: Sequence[tuple[Any, ...]]) -> int:
    """Return which save of one item is current (`quizzes.marking.saves.current`)."""
    saves = (
        Save(
            item_id=0,
            device=row[4],
            sequence=row[5],
            number=row[6],
            value=index,
            moment=moment_said(received_at=row[7], offset_ms=row[8], started_at=row[9]),
        )
        for index, row in enumerate(rows)
    )
    index: int = current(saves)[0].value
    return index


def everybody_of(
    papers: Mapping[int, ScoredPaper], standing: Mapping[int, tuple[int, float]]
) -> dict[int, AttemptGroup]:
    """Return who got each version."""
    groups: dict[int, AttemptGroup] = defaultdict(AttemptGroup)
    for attempt_id, paper in papers.items():
        for item in paper:
            groups[item.version].add(*standing[attempt_id])
    return groups


def most_answered(groups: Iterable[Mapping[int, ScoredPaper]]) -> dict[int, int]:
    """Return for each version the group of papers in which most people got it.

    Of equal ones it is the first.
    """
    best: dict[int, tuple[int, int]] = {}
    for index, papers in enumerate(groups):
        counts = Counter(item.version for paper in papers.values() for item in paper)
        for version, count in counts.items():
            if count > best.get(version, (0, 0))[0]:
                best[version] = (count, index)
    return {version: index for version, (_count, index) in best.items()}
