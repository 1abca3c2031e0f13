"""Taking questions from a file into a bank: whole, or not at all."""

from datetime import datetime

from accounts import audit
from accounts.models import User
from courses import actions as courses_actions
from lib.transactions import atomic_with_retry
from quizzes.bank.actions import write_question
from quizzes.bank.composition import write_composition
from quizzes.bank.image_store import store_images
from quizzes.definition.filling import check_still_filled, filling_problems
from quizzes.exceptions import ImportRefused
from quizzes.exchange.banks import plan_import
from quizzes.exchange.formats import Reading
from quizzes.exchange.plan import ImportPlan
from quizzes.models import QuestionBank


def import_questions(
    *,
    bank: QuestionBank,
    reading: Reading,
    confirmed: str,
    only_good: bool = False,
    by: User | None,
    now: datetime,
) -> ImportPlan:
    """Store the new and changed questions of a file as drafts; return what was done.

    The plan is made again under lock of the course and the bank and must still have
    the digest `confirmed`. One transaction: with a refused question nothing is
    stored, unless `only_good` says that the others may be. Done twice, the second
    time changes nothing. Raises ImportRefused, QuestionNotUsable, NoPaperLeft.
    """
    # By the hash of their bytes: a picture that no question shows does no harm.
    store_images(reading.images)
    return _import(bank, reading, confirmed, only_good=only_good, by=by, now=now)


@atomic_with_retry
def _import(
    bank: QuestionBank,
    reading: Reading,
    confirmed: str,
    *,
    only_good: bool,
    by: User | None,
    now: datetime,
) -> ImportPlan:
    if bank.course_id is not None:
        courses_actions.lock_course(bank.course_id)
    QuestionBank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    plan = plan_import(bank, reading)
    _check(plan, confirmed, only_good=only_good)
    # Enemies count at once, not when the drafts are published.
    before = filling_problems(bank.course, with_drafts=False) if bank.course else []
    _store(plan, bank, by, now)
    if bank.course:
        check_still_filled(bank.course, before)
    return plan


def _check(plan: ImportPlan, confirmed: str, *, only_good: bool) -> None:
    if plan.digest != confirmed:
        raise ImportRefused(
            "changed_since",
            "Bank soal berubah sejak pratinjau dibuat. Periksa pratinjau yang baru, "
            "lalu impor lagi.",
        )
    refused = plan.counts["refused"]
    if refused and not only_good:
        raise ImportRefused(
            "has_refused",
            f"{refused} soal bermasalah, jadi tidak ada yang diimpor. Perbaiki "
            "berkasnya, atau impor yang baik saja.",
        )


def _store(
    plan: ImportPlan, bank: QuestionBank, by: User | None, now: datetime
) -> None:
    written = {}
    for item in plan.items:
        if item.question is not None and item.kind in {"new", "changed"}:
            write_question(bank=bank, content=item.question, by=by, now=now)
            written[item.question.key] = item.question.composition
    write_composition(bank=bank, questions=written, by=by, now=now)
    if not plan.is_empty:
        audit.record("quizzes.questions.imported", bank, by=by, now=now, **plan.counts)
