"""The verbs that share banks and courses and take what is shared, made ready."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from courses import actions as courses_actions
from courses.models import Course, ShareReach
from quizzes import actions as quizzes_actions
from quizzes.bank.stored import content_of
from quizzes.models import BankReference, QuestionBank, QuestionVersion
from studio import actions
from studio.fetching import draft_of
from studio.publishing.readiness import draft_fingerprint
from studio.sharing.banks import bank_news
from studio.sharing.courses import course_news, course_reference_of
from tests.concurrency.structure_verbs import begin_course
from tests.factories import make_unit

if TYPE_CHECKING:
    from tests.concurrency.studio_drill import Drill

Call = Callable[[], Any]


def share_bank(drill: "Drill") -> Call:
    reach = ShareReach.BELOW if drill.number % 2 else ShareReach.EVERYBODY
    return lambda: actions.share_bank(
        bank=_bank(drill), reach=reach, by=drill.author, now=drill.now
    )


def refer_to_bank(drill: "Drill") -> Call:
    source = _shared(drill)
    mine = begin_course(drill)()
    return lambda: actions.refer_to_bank(
        course=mine, source_key=source.key, by=drill.author, now=drill.now
    )


def follow_bank(drill: "Drill") -> Call:
    bank = refer_to_bank(drill)()
    reference = BankReference.objects.get(bank=bank)
    _reword(drill, reference.source)
    seen = bank_news(reference, draft_of(reference.course)).seen
    return lambda: actions.follow_bank(
        reference=reference, seen=seen, by=drill.author, now=drill.now
    )


def refer_to_course(drill: "Drill") -> Call:
    courses_actions.share_course(
        course_id=drill.course.pk,
        reach=ShareReach.EVERYBODY,
        by=drill.author,
        now=drill.now,
    )
    # A unit uses a course once.
    unit = make_unit(name=f"Dinas {uuid4().hex[:8]}", now=drill.now)
    return lambda: actions.refer_to_course(
        source=drill.course, unit=unit, by=drill.author, now=drill.now
    )


def follow_course(drill: "Drill") -> Call:
    used = refer_to_course(drill)()
    actions.publish_course(
        course=used,
        change="first",
        seen=draft_fingerprint(used, draft_of(used)),
        by=drill.author,
        now=drill.now,
        despite_faults=True,
    )
    drill.publish("wording")()
    used = Course.objects.select_related("current_version", "unit").get(pk=used.pk)
    reference = course_reference_of(used)
    assert reference
    digest = course_news(used, reference).plan.digest
    return lambda: actions.follow_course(
        course=used, confirmed=digest, by=drill.author, now=drill.now
    )


def _bank(drill: "Drill") -> QuestionBank:
    """Return the bank that the learners' checks are asked from."""
    bank: QuestionBank = QuestionBank.objects.get(
        course=drill.course, questions__key="cek-2"
    )
    return bank


def _shared(drill: "Drill") -> QuestionBank:
    return quizzes_actions.share_bank(
        bank_id=_bank(drill).pk,
        reach=ShareReach.EVERYBODY,
        by=drill.author,
        now=drill.now,
    )


def _reword(drill: "Drill", source: QuestionBank) -> None:
    versions = QuestionVersion.objects.filter(question__bank=source)
    newest = versions.filter(question__key="cek-1").order_by("-number")[0]
    words = replace(content_of(newest), stem=f"Kata baru {uuid4().hex}?")
    quizzes_actions.write_question(
        bank=source, content=words, by=drill.author, now=drill.now
    )
    quizzes_actions.make_ready(course=source.course, by=drill.author, now=drill.now)


SHARING_VERBS: dict[str, Callable[["Drill"], Call]] = {
    "share_bank": share_bank,
    "refer_to_bank": refer_to_bank,
    "follow_bank": follow_bank,
    "refer_to_course": refer_to_course,
    "follow_course": follow_course,
}
