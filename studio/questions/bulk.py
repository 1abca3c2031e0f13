"""What may be done with several questions at once, and to which of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from courses.models import Course
from quizzes.models import Question, QuestionVersion
from quizzes.questions import QuestionContent, tag_problem
from quizzes.selectors import content_of, repeating_banks
from studio.excerpts import excerpt
from studio.fetching import draft_of
from studio.questions.retirement import reason_to_keep

TAG, UNTAG, RETIRE, RESTORE = "tandai", "hapus-tanda", "tarik", "kembalikan"
SET = "atur"
COMMANDS = (TAG, UNTAG, SET, RETIRE, RESTORE)
TAGGING = (TAG, UNTAG)
REWORDING = (*TAGGING, SET)
"""Those that write a draft of the wording."""
_FOREIGN = "Soal bank rujukan: hanya tujuannya yang dipilih di sini."


@dataclass(frozen=True)
class Wanted:
    """What a command says: one tag, or what questions are to test and since when.

    Of objective, level and date those that are empty stay as they are.
    """

    tag: str = ""
    objective: str = ""
    level: str = ""
    checked_on: date | None = None

    def is_objective_alone(self, command: str) -> bool:
        """Whether it says what questions test here, and nothing of their wording."""
        said = command == SET and bool(self.objective)
        return said and not (self.level or self.checked_on)

    def applied(self, command: str, content: QuestionContent) -> QuestionContent:
        """Return a wording after a command that rewords."""
        if command == SET:
            return replace(
                content,
                objective_key=self.objective or content.objective_key,
                level=self.level or content.level,
                checked_on=self.checked_on or content.checked_on,
            )
        kept = tuple(known for known in content.tags if known != self.tag)
        return replace(content, tags=(*kept, self.tag) if command == TAG else kept)


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
    *, course: Course, command: str, wanted: Wanted, questions: Sequence[Question]
) -> list[BulkStep]:
    """Return what a command would do, question by question, in their order.

    Withdrawing counts what the questions before already take away from a quiz.
    """
    newest = _newest_of(questions)
    has_draft = draft_of(course) is not None
    foreign = repeating_banks(course)
    steps: list[BulkStep] = []
    gone: list[int] = []
    for question in questions:
        version = newest[question.pk]
        if command in REWORDING:
            reason = _reason_not_to_reword(question, has_draft=has_draft)
            if question.bank_id in foreign and not wanted.is_objective_alone(command):
                reason = reason or _FOREIGN
            reason = reason or _reason_of_wording(version, command, wanted)
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


def _reason_not_to_reword(question: Question, *, has_draft: bool) -> str:
    if not has_draft:
        return "Belum ada draf. Buka draf kursus ini lebih dulu."
    if question.state == Question.State.RETIRED:
        return "Soal ini sudah ditarik. Kembalikan lebih dulu."
    return ""


def _reason_of_wording(newest: QuestionVersion, command: str, wanted: Wanted) -> str:
    tag = wanted.tag
    if command == SET:
        content = content_of(newest)
        is_same = wanted.applied(SET, content) == content
        return "Sudah begitu." if is_same else ""
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
