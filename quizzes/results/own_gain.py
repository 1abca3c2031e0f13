"""What one person gained between pre-test and post-test, for her own eyes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.models.catalogue import Pillar
from courses.published import VersionOutline, outline_of
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.questions import marking
from quizzes.taking.rows import first_pretest, sittings_of, submitted_attempts

# Percent by what a line is about.
Shares = Mapping[str, Decimal]


@dataclass(frozen=True)
class OwnGain:
    """A line: percent before and after, whole, and the difference in points."""

    label: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How many points were gained; negative where some were lost."""
        return self.after - self.before


@dataclass(frozen=True)
class OwnGainPage:
    """The comparison per objective, and per pillar where there are several."""

    whole: OwnGain
    objectives: list[OwnGain]
    pillars: list[OwnGain]


def own_gain(attempt: Attempt) -> OwnGainPage | None:
    """Return what the person of a post-test gained; None where nothing compares.

    The first pre-test handed in is compared with the post-test that counts, which
    need not be this attempt.
    """
    enrollment, quiz = attempt.enrollment, attempt.quiz
    if enrollment is None or quiz.purpose != Quiz.Purpose.POSTTEST:
        return None
    attempts = submitted_attempts(enrollment, attempt.quiz_key)
    first = first_pretest(enrollment.pk)
    if not attempts or first is None:
        return None
    scores = [sitting.percent for sitting in sittings_of(attempts)]
    counting = attempts[marking.counting_index(quiz.counting, scores)]
    outline = outline_of(enrollment.version_id)
    before, after = _items_of(first), _items_of(counting)
    return OwnGainPage(
        whole=_whole(first, counting),
        objectives=_compared(
            _by_objective(before), _by_objective(after), outline.objectives
        ),
        pillars=_pillars(before, after, outline),
    )


def _items_of(attempt: Attempt) -> list[AttemptItem]:
    items = attempt.items.filter(left_out=False)
    return list(items.select_related("question_version"))


def _whole(first: Attempt, counting: Attempt) -> OwnGain:
    before, after = sittings_of([first, counting])
    return OwnGain("", round(before.percent), round(after.percent))


def _by_objective(items: Iterable[AttemptItem]) -> Shares:
    return _shares((item.question_version.objective_key, item) for item in items)


def _pillars(
    before: list[AttemptItem], after: list[AttemptItem], outline: VersionOutline
) -> list[OwnGain]:
    default = outline.version.pillar

    def shares(items: list[AttemptItem]) -> Shares:
        return _shares(
            (item.question_version.pillar or default, item) for item in items
        )

    names = [(pillar.value, str(pillar.label)) for pillar in Pillar]
    rows = _compared(shares(before), shares(after), names)
    return rows if len(rows) > 1 else []


def _shares(marked: Iterable[tuple[str, AttemptItem]]) -> Shares:
    """Return the percent of each key."""
    points: dict[str, Decimal] = defaultdict(Decimal)
    most: dict[str, Decimal] = defaultdict(Decimal)
    for key, item in marked:
        points[key] += item.points or 0
        most[key] += item.max_points
    return {key: marking.percent(points[key], most[key]) for key in most}


def _compared(
    before: Shares, after: Shares, names: Sequence[tuple[str, str]]
) -> list[OwnGain]:
    return [
        OwnGain(text, round(before[key]), round(after[key]))
        for key, text in names
        if key in before and key in after
    ]
