"""A quiz of a draft, tried out by its author: drawn and marked, and nothing kept.

The rules are those of an attempt: the same drawing, the same marking. There is no
attempt, no answer and no grade afterwards, in nobody's record.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from quizzes.bank.composition import enemies_among
from quizzes.bank.rows import question_view, wording_of
from quizzes.definition.plans import QuizPlan, slots_of
from quizzes.marking.attempt import AnsweredItem, mark_attempt
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions.controls import Control, control_of
from quizzes.questions.explanation import Explanation, explain
from quizzes.questions.marking import percent
from quizzes.questions.types import TYPES, UnreadableResponse
from quizzes.taking import drawing


@dataclass(frozen=True)
class TrialItem:
    """A question of the paper; the fields of its control begin with its position."""

    position: int
    version: QuestionVersion
    order: tuple[str, ...]

    @property
    def control(self) -> Control:
        """Return the question as it is offered for answering."""
        prefix = f"soal-{self.position}"
        offered = control_of(
            wording_of(self.version), None, order=self.order, prefix=prefix
        )
        places = {
            id(place): replace(place, field=f"{prefix}.{place.field}")
            for place in offered.places
        }
        return replace(
            offered,
            places=list(places.values()),
            pieces=[
                replace(piece, place=places[id(piece.place)]) if piece.place else piece
                for piece in offered.pieces
            ],
        )


@dataclass(frozen=True)
class TrialPaper:
    """A paper; `digest` changes with any wording that stands on it."""

    items: Sequence[TrialItem]

    @property
    def digest(self) -> str:
        """Return a hash of the wordings and the order they stand in."""
        ids = "/".join(str(item.version.pk) for item in self.items)
        return hashlib.sha256(ids.encode()).hexdigest()


@dataclass(frozen=True)
class TrialResult:
    """What a try was worth, in percent, and each question explained, in order."""

    percent: Decimal
    explanations: Sequence[Explanation]


def draw_trial(plan: QuizPlan, *, seed: int) -> TrialPaper:
    """Draw a paper of a planned quiz from the newest wordings, drafts included.

    The same plan, questions and seed give the same paper. Raises
    `quizzes.taking.drawing.EmptyPool`.
    """
    bank = QuestionBank.objects.get(key=plan.bank_key)
    versions = _newest(bank)
    ids = {version.question.key: version.question_id for version in versions}
    slots = [
        drawing.Slot(
            key=slot.key,
            bank_id=bank.pk,
            # A question that is gone is nobody's: the place stays empty.
            question_id=ids.get(slot.question_key, 0) if slot.question_key else None,
            objective=slot.objective_key,
            levels=tuple(slot.levels),
            types=tuple(slot.types),
        )
        for slot in slots_of(plan.lines, sorted(ids) if plan.asks_all else ())
    ]
    drawn = drawing.draw(
        slots,
        [_candidate(version, bank.pk) for version in versions],
        seed=seed,
        enemies=enemies_among(ids.values()),
        shuffle_questions=plan.rules.shuffles_questions,
        shuffle_options=plan.rules.shuffles_options,
    )
    by_id = {version.pk: version for version in versions}
    return TrialPaper(
        [
            TrialItem(position, by_id[one.version_id], one.option_order)
            for position, one in enumerate(drawn, 1)
        ]
    )


def _candidate(version: QuestionVersion, bank_id: int) -> drawing.DrawCandidate:
    return drawing.DrawCandidate(
        version_id=version.pk,
        question_id=version.question_id,
        bank_id=bank_id,
        objective=version.objective_key,
        level=version.level,
        type=version.type,
        option_keys=tuple(option.key for option in version.options.all()),
        hides_order=TYPES[version.type].control == "order",
    )


def _newest(bank: QuestionBank) -> list[QuestionVersion]:
    newest = (
        QuestionVersion.objects.filter(question=OuterRef("question"))
        .order_by("-number")
        .values("pk")[:1]
    )
    return list(
        QuestionVersion.objects.filter(question__bank=bank, pk=Subquery(newest))
        .exclude(question__state=Question.State.RETIRED)
        .select_related("question")
        .prefetch_related("options")
        .order_by("question__key")
    )


def mark_trial(paper: TrialPaper, fields: Mapping[str, Sequence[str]]) -> TrialResult:
    """Mark what was said on a paper, as an attempt is marked.

    `fields` are those of the form; what cannot be read counts as blank.
    """
    values = [_said(item, fields) for item in paper.items]
    marked = mark_attempt(
        [
            AnsweredItem(
                item.version.pk, question_view(item.version), value, Decimal(1)
            )
            for item, value in zip(paper.items, values, strict=True)
        ]
    )
    return TrialResult(
        percent=percent(marked.points, marked.max_points) if values else Decimal(0),
        explanations=[
            explain(wording_of(item.version), value, order=item.order)
            for item, value in zip(paper.items, values, strict=True)
        ],
    )


def _said(item: TrialItem, fields: Mapping[str, Sequence[str]]) -> object:
    start = f"soal-{item.position}."
    own = {
        name.removeprefix(start): list(said)
        for name, said in fields.items()
        if name.startswith(start)
    }
    try:
        return TYPES[item.version.type].parse(question_view(item.version), own)
    except UnreadableResponse:
        return None
