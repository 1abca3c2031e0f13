"""Writing and withdrawing questions."""

from datetime import datetime

from accounts.models import User
from courses import actions as courses_actions
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.models import Question, QuestionBank, QuestionVersion
from quizzes.questions import Composition, QuestionContent
from quizzes.selectors import compositions_of, filling_problems
from studio.exceptions import DraftNotEditable, EditConflict, QuestionNotEditable
from studio.fetching import draft_of
from studio.questions.editor.checking import find_question_problems
from studio.questions.retirement import reason_to_keep


@atomic_with_retry
def save_question(
    *,
    bank: QuestionBank,
    content: QuestionContent,
    base: str,
    by: User,
    now: datetime,
) -> QuestionVersion:
    """Store a wording as the question's draft; people get it when the course is
    published. Locks the course, so that publishing does not come in between.

    `base` is the hash of the wording that the author opened, "" for a new question.
    Raises DraftNotEditable without an open draft of the course, EditConflict,
    QuestionNotEditable, or QuestionNotUsable for a bank that repeats another.
    """
    if bank.course_id is not None:
        courses_actions.lock_course(bank.course_id)
    if bank.course is None or draft_of(bank.course) is None:
        raise DraftNotEditable(
            "no_draft", "Belum ada draf. Buka draf kursus ini, lalu simpan lagi."
        )
    quizzes_actions.check_is_written_here(bank)
    for problem in find_question_problems(content):
        raise QuestionNotEditable("bad_question", problem.message)
    _check_nobody_came_between(bank, content.key, base)
    return quizzes_actions.write_question(bank=bank, content=content, by=by, now=now)


def _check_nobody_came_between(bank: QuestionBank, key: str, base: str) -> None:
    asked = Question.objects.select_for_update(no_key=True).filter(bank=bank, key=key)
    question = asked.first()
    latest = question.versions.order_by("-number").first() if question else None
    if (latest.content_hash if latest else "") != base:
        raise EditConflict(
            "question_changed",
            "Soal ini sudah diubah orang lain sejak Anda membukanya. "
            "Tulisan Anda masih utuh di bawah dan belum disimpan.",
        )


@atomic_with_retry
def retire_question(*, question_id: int, by: User, now: datetime) -> Question:
    """Never draw this question again, from now on and for everybody.

    Locks the course: whether the question is needed depends on its other questions.
    Raises QuestionNotEditable where a quiz or a lesson that people use needs it.
    """
    questions = Question.objects.filter(pk=question_id)
    course_id = questions.values_list("bank__course", flat=True).get()
    if course_id is not None:
        courses_actions.lock_course(course_id)
    question = questions.select_related("bank__course").get()
    reason = reason_to_keep(question)
    if reason:
        raise QuestionNotEditable("still_needed", reason)
    return quizzes_actions.retire_question(question_id=question.pk, by=by, now=now)


@atomic_with_retry
def compose_question(
    *,
    question_id: int,
    composition: Composition,
    base: Composition,
    by: User,
    now: datetime,
) -> Question:
    """Store how hard a question is expected to be and with which it never stands.

    It counts at once, for papers drawn from now on. Locks the course, then the bank.
    `base` is what the author opened. Raises EditConflict; QuestionNotEditable for an
    enemy of itself or of no other question of the bank; NoPaperLeft where a quiz that
    people take would have no paper any more.
    """
    questions = Question.objects.filter(pk=question_id)
    course_id = questions.values_list("bank__course", flat=True).get()
    if course_id is not None:
        courses_actions.lock_course(course_id)
    question = questions.select_related("bank__course__current_version").get()
    bank, course = question.bank, question.bank.course
    quizzes_actions.check_is_written_here(bank)
    stored = compositions_of(bank)
    if stored[question.key] != base:
        raise EditConflict(
            "composition_changed",
            "Taksiran atau pasangan soal ini sudah diubah orang lain sejak Anda "
            "membukanya. Periksa yang terbaru, lalu simpan lagi.",
        )
    if not set(composition.enemies) <= stored.keys() - {question.key}:
        raise QuestionNotEditable(
            "not_an_enemy", "Pilih soal lain dari bank yang sama, bukan soal ini."
        )
    before = filling_problems(course, with_drafts=False) if course else []
    quizzes_actions.write_composition(
        bank=bank, questions={question.key: composition}, by=by, now=now
    )
    if course:
        quizzes_actions.check_still_filled(course, before)
    return question
