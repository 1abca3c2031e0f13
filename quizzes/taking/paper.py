"""Drawing the paper of an attempt from the banks as they are today."""

from collections.abc import Iterable

from quizzes.models import Attempt, AttemptItem, Question, QuestionVersion, Quiz
from quizzes.questions.types import TYPES
from quizzes.taking import drawing


def draw_paper(
    quiz: Quiz, *, seed: int, earlier: Iterable[Attempt]
) -> list[drawing.Drawn]:
    """Fill every slot of a quiz, first with questions not asked in `earlier`.

    The same seed, slots and questions give the same paper. Raises
    `quizzes.taking.drawing.EmptyPool`.
    """
    slots = [
        drawing.Slot(
            key=slot.key,
            bank_id=slot.bank_id,
            question_id=slot.question_id,
            objective=slot.objective_key,
            levels=tuple(slot.levels),
        )
        for slot in quiz.slots.all()
    ]
    versions = (
        QuestionVersion.objects.askable(
            {slot.question_id for slot in slots if slot.question_id}
        )
        .filter(question__bank_id__in={slot.bank_id for slot in slots})
        .select_related("question")
        .prefetch_related("options")
    )
    pool = [
        drawing.DrawCandidate(
            version_id=version.pk,
            question_id=version.question_id,
            bank_id=version.question.bank_id,
            objective=version.objective_key,
            level=version.level,
            option_keys=tuple(option.key for option in version.options.all()),
            hides_order=TYPES[version.type].control == "order",
            is_drawable=version.question.state == Question.State.READY,
        )
        for version in versions
    ]
    seen = AttemptItem.objects.filter(attempt__in=earlier).values_list(
        "question_version__question_id", flat=True
    )
    return drawing.draw(
        slots,
        pool,
        seed=seed,
        seen=set(seen),
        shuffle_questions=quiz.shuffles_questions,
        shuffle_options=quiz.shuffles_options,
    )
