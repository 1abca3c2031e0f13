"""What the page about the questions of a draft's quiz shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.models import Course, CourseVersion
from quizzes.actions import PlanLine, QuizPlan
from quizzes.models import QuestionBank, QuestionVersion
from quizzes.questions import TYPES
from quizzes.selectors import DrawnRow, balances, drawn_rows, left_to_draw, supplies
from studio.excerpts import excerpt
from studio.fetching import newest_wordings


@dataclass(frozen=True)
class LineRow:
    """A line of the quiz: what it asks; of a draw, what its bank has for it.

    `left` questions that fit stay in the bank once every line has its own; `lacking`
    places stay empty.
    """

    place: int
    text: str
    count: int
    fitting: int = 1
    left: int = 0
    lacking: int = 0
    is_drawn: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class PickedQuestion:
    """A question of the bank that a line may name."""

    key: str
    text: str


@dataclass(frozen=True)
class PlanPage:
    """The lines of a quiz, and what its bank has beside them."""

    rows: list[LineRow]
    questions: list[PickedQuestion]
    in_bank: int
    bank: QuestionBank

    @property
    def count(self) -> int:
        """How many questions the lines ask."""
        return sum(row.count for row in self.rows)


def plan_page(course: Course, draft: CourseVersion, plan: QuizPlan) -> PlanPage:
    """Return the page of a quiz; a few queries, however many questions there are."""
    bank = QuestionBank.objects.get(course=course, key=plan.bank_key)
    pool = supplies(bank.key, with_drafts=True)
    there = {supply.key for supply in pool}
    texts = {
        version.question.key: _text(version)
        for version in newest_wordings(bank)
        if version.question.key in there
    }
    objectives = dict(draft.objectives.values_list("key", "text"))
    drawn = iter(balances(drawn_rows(plan.lines), left_to_draw(plan, pool)))
    rows = []
    for place, line in enumerate(plan.lines):
        if line.question_key:
            rows.append(_named(place, line, texts))
        else:
            found = next(drawn)
            words = rule_in_words(found.row, objectives)
            rows.append(
                LineRow(
                    place,
                    words,
                    line.count,
                    fitting=found.fitting,
                    left=found.left,
                    lacking=found.lacking,
                    is_drawn=True,
                )
            )
    named = {line.question_key for line in plan.lines}
    return PlanPage(
        rows=rows,
        questions=[
            PickedQuestion(key, text) for key, text in texts.items() if key not in named
        ],
        in_bank=len(pool),
        bank=bank,
    )


def _named(place: int, line: PlanLine, texts: dict[str, str]) -> LineRow:
    text = texts.get(line.question_key)
    return LineRow(place, text or line.question_key, 1, is_missing=text is None)


def rule_in_words(row: DrawnRow, objectives: Mapping[str, str]) -> str:
    """Return what a draw takes, in words: objective, levels and types."""
    words = objectives.get(row.objective, row.objective)
    words = words or _("dari tujuan apa pun")
    if row.levels:
        words = f"{words} ({', '.join(row.levels)})"
    labels = [str(TYPES[name].label) for name in row.types if name in TYPES]
    return ", ".join([words, *labels])


def _text(version: QuestionVersion) -> str:
    return excerpt(version.stem)


# --- lines, changed: plain values ----------------------------------------------------
def shifted(
    lines: tuple[PlanLine, ...], place: int, steps: int
) -> tuple[PlanLine, ...]:
    """Move a line up (-1) or down (1). Raises IndexError where there is none."""
    rows = list(lines)
    line = rows.pop(place)
    rows.insert(max(0, place + steps), line)
    return tuple(rows)


def without(lines: tuple[PlanLine, ...], place: int) -> tuple[PlanLine, ...]:
    """Take a line away. Raises IndexError where there is none."""
    rows = list(lines)
    rows.pop(place)
    return tuple(rows)
