"""Drawing the paper of an attempt from the banks as they are today."""

from collections.abc import Sequence

from quizzes.bank.composition import enemies_among
from quizzes.bank.known import known_questions
from quizzes.models import (
    Attempt,
    AttemptItem,
    Question,
    QuestionVersion,
    Quiz,
    QuizSlot,
)
from quizzes.questions.types import TYPES
from quizzes.taking import drawing


def draw_paper(
    quiz: Quiz, slots: Sequence[QuizSlot], *, seed: int, earlier: Sequence[Attempt]
) -> list[drawing.Drawn]:
    """Fill every slot of a quiz, first with questions not asked in `earlier`.

    The same seed, slots, questions and enemies give the same paper. Raises
    `quizzes.taking.drawing.EmptyPool`.
    """
    pool = _pool(slots)
    return drawing.draw(
        [
            drawing.Slot(
                key=slot.key,
                bank_id=slot.bank_id,
                question_id=slot.question_id,
                objective=slot.objective_key,
                levels=tuple(slot.levels),
                types=tuple(slot.types),
            )
            for slot in slots
        ],
        pool,
        seed=seed,
        enemies=enemies_among(one.question_id for one in pool),
        seen=_seen(earlier) if earlier else (),
        shuffle_questions=quiz.shuffles_questions,
        shuffle_options=quiz.shuffles_options,
    )


def _pool(slots: Sequence[QuizSlot]) -> list[drawing.DrawCandidate]:
    """Return what the banks offer today; what a wording says is known already."""
    fixed = {slot.question_id for slot in slots if slot.question_id}
    rows = QuestionVersion.objects.askable(fixed).filter(
        question__bank_id__in={slot.bank_id for slot in slots}
    )
    offered = list(rows.values_list("pk", "question__bank", "question__state"))
    known = known_questions([version_id for version_id, _bank, _state in offered])
    return [
        drawing.DrawCandidate(
            version_id=version_id,
            question_id=known[version_id].question_id,
            bank_id=bank_id,
            objective=known[version_id].objective_key,
            level=known[version_id].level,
            type=known[version_id].view.type,
            option_keys=tuple(one.key for one in known[version_id].view.options),
            hides_order=TYPES[known[version_id].view.type].control == "order",
            is_drawable=state == Question.State.READY,
        )
        for version_id, bank_id, state in offered
    ]


def _seen(earlier: Sequence[Attempt]) -> set[int]:
    items = AttemptItem.objects.filter(attempt__in=earlier)
    return set(items.values_list("question_version__question", flat=True))
