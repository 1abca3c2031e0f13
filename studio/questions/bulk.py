"""What may be done with several questions at once, and to which of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.models import Course
from quizzes.models import Question, QuestionVersion
from quizzes.questions import tag_problem
from studio.excerpts import excerpt
from studio.fetching import draft_of
from studio.questions.retirement import reason_to_keep

TAG, UNTAG, RETIRE, RESTORE = "tandai", "hapus-tanda", "tarik", "kembalikan"
COMMANDS = (TAG, UNTAG, RETIRE, RESTORE)
TAGGING = (TAG, UNTAG)


@dataclass(frozen=True)
class BulkStep:
    """A question of the plan; `reason` says why nothing happens to it, "" when it does.

    `newest` is its newest wording, its options at hand.
    """

    question: Question
    newest: QuestionVersion
    reason: str = ""

    @property
    def text(self) -> str:
        """The beginning of the question."""
        return excerpt(self.newest.stem)


def plan(
    *, course: Course, command: str, tag: str, questions: Sequence[Question]
) -> list[BulkStep]:
    """Return what a command would do, question by question, in their order.

    Withdrawing counts what the questions before already take away from a quiz.
    """
    newest = _newest_of(questions)
    has_draft = draft_of(course) is not None
    steps: list[BulkStep] = []
    gone: list[int] = []
    for question in questions:
        version = newest[question.pk]
        if command in TAGGING:
            reason = _reason_not_to_tag(question, version, command, tag, has_draft)
        elif command == RETIRE:
            reason = _reason_not_to_retire(question, gone)
        else:
            is_retired = question.state == Question.State.RETIRED
            reason = "" if is_retired else "Soal ini tidak sedang ditarik."
        if command == RETIRE and not reason:
            gone.append(question.pk)
        steps.append(BulkStep(question, version, reason))
    return steps


def _newest_of(questions: Sequence[Question]) -> dict[int, QuestionVersion]:
    versions = (
        QuestionVersion.objects.filter(question__in=questions)
        .select_related("question")
        .prefetch_related("options")
        .order_by("number")
    )
    return {version.question_id: version for version in versions}


def _reason_not_to_tag(
    question: Question, newest: QuestionVersion, command: str, tag: str, has_draft: bool
) -> str:
    if not has_draft:
        return "Belum ada draf. Buka draf kursus ini lebih dulu."
    if question.state == Question.State.RETIRED:
        return "Soal ini sudah ditarik. Kembalikan lebih dulu."
    if command == TAG and tag in newest.tags:
        return "Sudah punya tanda ini."
    if command == UNTAG:
        return "" if tag in newest.tags else "Tidak punya tanda ini."
    return tag_problem([*newest.tags, tag])


def _reason_not_to_retire(question: Question, gone: Sequence[int]) -> str:
    if question.state == Question.State.RETIRED:
        return "Sudah ditarik."
    if question.state == Question.State.DRAFT:
        return "Belum pernah terbit. Buang lewat draf kursus."
    return reason_to_keep(question, without=gone)
