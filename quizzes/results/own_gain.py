"""What one person gained between pre-test and post-test, for her own eyes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from courses.models.catalogue import Pillar
from courses.published import VersionOutline
from quizzes.bank.known import KnownQuestion, known_questions
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.questions import marking
from quizzes.results.submitted import SubmittedAttempt
from quizzes.taking.rows import sittings_of

# Percent by what a line is about.
Shares = Mapping[str, Decimal]
Asked = tuple[AttemptItem, KnownQuestion]


@dataclass(frozen=True)
class OwnGain:
    """A line: percent before and after, as shown, and the difference in points."""

    label: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """How many points were gained; negative where some were lost."""
        return self.after - self.before


@dataclass(frozen=True)
class OwnGainPage:
    """The comparison per objective, and per pillar where there are several."""

    whole: OwnGain
    objectives: list[OwnGain]
    pillars: list[OwnGain]


def own_gain(loaded: SubmittedAttempt) -> OwnGainPage | None:
    """Return what the person of a post-test gained; None where nothing compares.

    The first pre-test handed in is compared with the post-test that counts, which
    need not be this attempt.
    """
    if loaded.attempt.quiz.purpose != Quiz.Purpose.POSTTEST or loaded.pretest is None:
        return None
    first, attempts = loaded.pretest, loaded.attempts
    counting = next((one for one in attempts if one.is_counted), attempts[-1])
    is_this = counting.pk == loaded.attempt.pk
    before = _asked(first.items.all())
    after = _asked(loaded.items if is_this else counting.items.all())
    outline = loaded.outline
    return OwnGainPage(
        whole=_whole(first, counting),
        objectives=_compared(
            _by_objective(before), _by_objective(after), outline.objectives
        ),
        pillars=_pillars(before, after, outline),
    )


def _asked(items: Iterable[AttemptItem]) -> list[Asked]:
    """Return the items that count, each with what is known of its question."""
    counted = [item for item in items if not item.left_out]
    known = known_questions([item.question_version_id for item in counted])
    return [(item, known[item.question_version_id]) for item in counted]


def _whole(first: Attempt, counting: Attempt) -> OwnGain:
    before, after = sittings_of([first, counting])
    return OwnGain("", before.percent, after.percent)


def _by_objective(asked: Iterable[Asked]) -> Shares:
    return _shares((question.objective_key, item) for item, question in asked)


def _pillars(
    before: list[Asked], after: list[Asked], outline: VersionOutline
) -> list[OwnGain]:
    default = outline.version.pillar

    def shares(asked: list[Asked]) -> Shares:
        return _shares((question.pillar or default, item) for item, question in asked)

    names = [(pillar.value, str(pillar.label)) for pillar in Pillar]
    rows = _compared(shares(before), shares(after), names)
    return rows if len(rows) > 1 else []


def _shares(marked: Iterable[tuple[str, AttemptItem]]) -> Shares:
    """Return the percent of each key."""
    points: dict[str, Fraction] = defaultdict(Fraction)
    most: dict[str, Decimal] = defaultdict(Decimal)
    for key, item in marked:
        points[key] += item.points
        most[key] += item.max_points
    return {key: marking.percent(points[key], most[key]) for key in most}


def _compared(
    before: Shares, after: Shares, names: Sequence[tuple[str, str]]
) -> list[OwnGain]:
    return [
        OwnGain(text, before[key], after[key])
        for key, text in names
        if key in before and key in after
    ]
