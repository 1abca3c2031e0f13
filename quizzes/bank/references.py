"""Banks that other courses refer to, and banks that repeat one.

A bank that repeats another has questions of its own: papers, keys, statistics and
repairs of two courses never meet, and what is published there stays as it was taken.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import above_q
from accounts.models import User
from courses import actions as courses_actions
from courses.models import Course, ShareReach
from lib.transactions import atomic_with_retry
from quizzes.bank.actions import lock_question, new_bank, write_question
from quizzes.bank.composition import compositions_of
from quizzes.bank.stored import content_of
from quizzes.exceptions import QuestionNotUsable
from quizzes.models import BankReference, Question, QuestionBank, QuestionVersion
from quizzes.questions.composition import without_others
from quizzes.questions.content import QuestionContent


def offered_banks(course: Course) -> "QuerySet[QuestionBank]":
    """Return the banks of other courses that this course may refer to.

    A bank that repeats another is offered by its owner alone.
    """
    reach = Q(shared_with=ShareReach.EVERYBODY) | (
        Q(shared_with=ShareReach.BELOW) & above_q(course.unit.path, to_unit="unit")
    )
    ready = Question.objects.drawable().filter(bank=OuterRef("pk"))
    return (
        QuestionBank.objects.filter(
            reach,
            Exists(ready),
            course__isnull=False,
            course__is_archived=False,
            course__current_version__isnull=False,
            reference__isnull=True,
        )
        .exclude(course=course)
        .select_related("course__current_version", "unit")
        .order_by("course__current_version__title", "title", "pk")
    )


def reference_of(bank: QuestionBank) -> BankReference | None:
    """Return what this bank repeats, None where its questions are written here."""
    found: BankReference | None = (
        BankReference.objects.filter(bank=bank)
        .select_related("source__course__current_version", "source__unit")
        .first()
    )
    return found


def repeating_banks(course: Course) -> set[int]:
    """Return the ids of the course's banks that repeat another."""
    return set(
        BankReference.objects.filter(course=course).values_list("bank", flat=True)
    )


def check_is_written_here(bank: QuestionBank) -> None:
    """Refuse to change what its owner writes. Raises QuestionNotUsable."""
    if BankReference.objects.filter(bank=bank).exists():
        raise QuestionNotUsable(
            "repeats",
            _(
                "Soal bank rujukan ditulis pemiliknya dan tidak diubah di sini. Pakai "
                "bank sendiri untuk soal Anda."
            ),
        )


def ready_contents(bank: QuestionBank) -> dict[int, QuestionContent]:
    """Return what a bank offers to others: the newest published wording of each
    question that may be drawn, by the question's id. Six queries.
    """
    versions = list(
        QuestionVersion.objects.drawable()
        .filter(question__bank=bank)
        .select_related("question")
        .prefetch_related("options")
        .order_by("question__key")
    )
    compositions = without_others(
        compositions_of(bank), {version.question.key for version in versions}
    )
    return {
        version.question_id: content_of(version, compositions[version.question.key])
        for version in versions
    }


@atomic_with_retry
def share_bank(*, bank_id: int, reach: str, by: User, now: datetime) -> QuestionBank:
    """Say which units may refer to a bank; the same again changes nothing.

    Who refers to it already keeps what was taken, and gets nothing newer once it is
    shared no more. Locks the bank.
    """
    bank: QuestionBank = QuestionBank.objects.select_for_update(no_key=True).get(
        pk=bank_id
    )
    if bank.shared_with != reach:
        bank.shared_with = ShareReach(reach)
        bank.save(update_fields=["shared_with"])
        audit.record("quizzes.bank.shared", bank, by=by, now=now, reach=reach)
    return bank


@atomic_with_retry
def refer_to_bank(
    *, course: Course, source: QuestionBank, by: User, now: datetime
) -> BankReference:
    """Give a course an empty bank that repeats `source`; a second call finds it.

    Locks the course. Whether it may is the caller's to ask (`offered_banks`).
    """
    courses_actions.lock_course(course.pk)
    there = BankReference.objects.filter(course=course, source=source).first()
    if there:
        return there
    bank = new_bank(course=course, title=source.title, use=source.use, by=by, now=now)
    reference: BankReference = BankReference.objects.create(
        bank=bank, source=source, course=course, taken_at=now
    )
    audit.record("quizzes.bank.referred", bank, by=by, now=now, source=source.key)
    return reference


@atomic_with_retry
def repeat_questions(
    *,
    reference: BankReference,
    contents: Mapping[int, QuestionContent],
    by: User,
    now: datetime,
) -> int:
    """Write questions of the source into the bank that repeats it, as drafts.

    `contents` says how each reads here, by the id of its origin. Returns how many
    there were. Locks the course, then the questions. Raises QuestionNotUsable.
    """
    courses_actions.lock_course(reference.course_id)
    for origin_id, content in contents.items():
        version = write_question(bank=reference.bank, content=content, by=by, now=now)
        question = lock_question(version.question_id)
        if question.origin_id != origin_id:
            question.origin_id = origin_id
            question.save(update_fields=["origin"])
    reference.taken_at = now
    reference.save(update_fields=["taken_at"])
    if contents:
        audit.record(
            "quizzes.bank.followed",
            reference.bank,
            by=by,
            now=now,
            source=reference.source.key,
            count=len(contents),
        )
    return len(contents)
