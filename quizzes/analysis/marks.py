"""The marks and answers that item analysis looks at, read in streams."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
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


@dataclass(frozen=True)
class KnownAttempts:
    """Of which attempts a row speaks: how many, and Σ of their points."""

    n: int
    points: Decimal


def attempts_of(course: Course, quiz_key: str, selection: str) -> QuerySet[Attempt]:
    """Return the attempts handed in that a selection keeps, over all versions.

    A person's attempts are told apart by when they began, also across cycles of the
    course; of equally good ones the earliest is the best.
    """
    quizzes = Quiz.objects.filter(
        key=quiz_key, grade_item__version__course=course
    ).values("pk")
    handed_in: QuerySet[Attempt] = Attempt.objects.submitted().filter(
        quiz__in=quizzes, enrollment__isnull=False
    )
    others = handed_in.filter(person=OuterRef("person"))
    if selection == Selection.FIRST:
        return handed_in.filter(~Exists(others.filter(pk__lt=OuterRef("pk"))))
    if selection == Selection.LAST:
        return handed_in.filter(~Exists(others.filter(pk__gt=OuterRef("pk"))))
    if selection == Selection.BEST:
        return handed_in.filter(~Exists(_better(others)))
    return handed_in


def _better(others: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Keep those with a higher share of their points, or the same one earlier."""
    product = DecimalField(max_digits=16, decimal_places=6)
    compared = others.alias(
        mine=ExpressionWrapper(OuterRef("points") * F("max_points"), product),
        theirs=ExpressionWrapper(F("points") * OuterRef("max_points"), product),
    )
    return compared.filter(
        Q(theirs__gt=F("mine")) | Q(theirs=F("mine"), pk__lt=OuterRef("pk"))
    )


def known_of(attempts: QuerySet[Attempt]) -> KnownAttempts:
    """Return what tells whether these attempts have changed; one query."""
    found = attempts.aggregate(n=Count("pk"), points=Sum("points"))
    return KnownAttempts(
        found["n"], Decimal(found["points"] or 0).quantize(Decimal("0.001"))
    )


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
    paper come in the order of their keys.
    """
    rows = (
        AttemptItem.objects.filter(attempt__in=newest(attempts).values("pk"))
        .order_by("-attempt_id", "slot_key")
        .values_list(
            "attempt_id",
            "slot_key",
            "question_version_id",
            "points",
            "max_points",
        )
    )
    papers: dict[int, ScoredPaper] = {}
    for attempt_id, paper in groupby(
        rows.iterator(chunk_size=_CHUNK), key=itemgetter(0)
    ):
        papers[attempt_id] = tuple(
            ScoredItem(slot, version, _thousandths(points), _thousandths(most))
            for _attempt, slot, version, points, most in paper
        )
    return papers


def _thousandths(points: Decimal | None) -> int:
    return int(points * 1000) if points else 0


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
    groups: dict[tuple[int, str], AttemptGroup] = defaultdict(AttemptGroup)
    for attempt_id, version, value in _current_values(attempts):
        if attempt_id in standing and keeps(attempt_id, version):
            groups[version, value].add(*standing[attempt_id])
    answers = defaultdict(list)
    for (version, text), group in groups.items():
        value = json.loads(text)
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


def _current_values(attempts: QuerySet[Attempt]) -> Iterator[tuple[int, int, str]]:
    """Yield attempt, version and the text of the value that is current.

    Most answers are said once; those the database can hand over without their times.
    """
    saves = ResponseSave.objects.filter(
        attempt__in=newest(attempts).values("pk"), counts=True
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
