"""Verbs that write the quizzes of a draft: what they ask, and what passes them."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.content_types import RequirementContent, VersionContent
from courses.models import Course, CourseVersion
from courses.models.catalogue import CompletionRequirement
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from quizzes import actions as quizzes_actions
from quizzes.actions import QuizPlan
from quizzes.models import QuestionBank, Quiz
from quizzes.selectors import planned_quizzes
from studio.colleagues import conflict
from studio.drafts.beginning import new_plan, new_requirement
from studio.drafts.fingerprints import plan_fingerprint
from studio.drafts.structure import locked_draft
from studio.exceptions import DraftNotEditable

USES = {
    Quiz.Purpose.PRETEST: QuestionBank.Use.PRETEST,
    Quiz.Purpose.POSTTEST: QuestionBank.Use.GRADED,
}


def plan_of(draft: CourseVersion, key: str) -> QuizPlan | None:
    """Return the draft's quiz of that key, None where it has none."""
    found = (plan for plan in planned_quizzes(draft) if plan.key == key)
    return next(found, None)


def requirement_of(draft: CourseVersion, key: str) -> RequirementContent | None:
    """Return what the completion rule of the draft says of a quiz."""
    rows = version_content(draft).requirements
    return next((row for row in rows if row.key == key), None)


@atomic_with_retry
def save_quiz(
    *,
    course: Course,
    plan: QuizPlan,
    requirement: RequirementContent,
    base: str,
    by: User,
    now: datetime,
) -> QuizPlan:
    """Store a quiz of the draft, and its line of the completion rule.

    `base` is the fingerprint of the quiz as the author saw it; a new one has that of
    nothing. Locks the course. Raises DraftNotEditable, EditConflict with the
    colleague's name, or VersionNotEditable.
    """
    draft = locked_draft(course)
    before = plan_of(draft, plan.key)
    if plan_fingerprint(before, requirement_of(draft, plan.key)) != base:
        raise conflict(draft, by=by)
    if not QuestionBank.objects.filter(course=course, key=plan.bank_key).exists():
        raise DraftNotEditable(
            "no_bank", _("Bank soal itu tidak ada di kursus ini. Pilih yang lain.")
        )
    planned = replace(plan, is_drafted=True)
    if before is None or replace(before, is_drafted=True) != planned:
        quizzes_actions.write_quiz_plan(version=draft, plan=planned, by=by, now=now)
    courses_actions.rewrite_draft(
        version_id=draft.pk,
        content=_with_requirement(version_content(draft), requirement),
        what="quiz",
        by=by,
        now=now,
    )
    return planned


@atomic_with_retry
def add_quiz(*, course: Course, purpose: str, by: User, now: datetime) -> QuizPlan:
    """Put a pre-test or a post-test into the draft, with a bank of its use.

    One that is there already stays as it is. Locks the course. Raises
    DraftNotEditable, or VersionNotEditable.
    """
    draft = locked_draft(course)
    there = plan_of(draft, purpose)
    if there:
        return there
    use = USES[Quiz.Purpose(purpose)]
    bank = QuestionBank.objects.filter(course=course, use=use).first()
    if bank is None:
        bank = quizzes_actions.make_bank(
            course=course, title=str(use.label), use=use, by=by, now=now
        )
    return save_quiz(
        course=course,
        plan=new_plan(purpose, bank.key),
        requirement=requirement_of(draft, purpose) or new_requirement(purpose),
        base=plan_fingerprint(None, requirement_of(draft, purpose)),
        by=by,
        now=now,
    )


@atomic_with_retry
def remove_quiz(
    *, course: Course, key: str, base: str, by: User, now: datetime
) -> None:
    """Take a quiz out of the draft, with its line of the completion rule.

    Its bank and questions stay. Locks the course. Raises DraftNotEditable,
    EditConflict with the colleague's name, or VersionNotEditable.
    """
    draft = locked_draft(course)
    if plan_fingerprint(plan_of(draft, key), requirement_of(draft, key)) != base:
        raise conflict(draft, by=by)
    quizzes_actions.drop_quiz_plan(version=draft, key=key, by=by, now=now)
    content = version_content(draft)
    courses_actions.rewrite_draft(
        version_id=draft.pk,
        content=replace(
            content,
            requirements=[one for one in content.requirements if one.key != key],
        ),
        what="quiz-removed",
        by=by,
        now=now,
    )


def _with_requirement(
    content: VersionContent, requirement: RequirementContent
) -> VersionContent:
    """Put a line into its place: a pre-test first, a post-test last."""
    rows = list(content.requirements)
    keys = [row.key for row in rows]
    if requirement.key in keys:
        rows[keys.index(requirement.key)] = requirement
    elif requirement.kind == CompletionRequirement.Kind.SUBMITTED:
        rows.insert(0, requirement)
    else:
        rows.append(requirement)
    return replace(content, requirements=rows)


@atomic_with_retry
def save_bank(
    *,
    course: Course,
    key: str = "",
    title: str,
    use: str = "",
    base: str = "",
    by: User,
    now: datetime,
) -> QuestionBank:
    """Make a bank of the course, or give the one called `key` another title.

    A bank of that title and use is made once. `base` is the title that the author saw.
    Locks the course. Raises DraftNotEditable without a draft or such a bank, and where
    a colleague has renamed it meanwhile.
    """
    locked_draft(course)
    title = " ".join(title.split())
    if not key:
        return quizzes_actions.make_bank(
            course=course, title=title, use=use, by=by, now=now
        )
    bank = QuestionBank.objects.filter(course=course, key=key).first()
    if bank is None or bank.title != base:
        raise DraftNotEditable(
            "bank_changed",
            _("Bank soal ini sudah diubah orang lain. Lihat namanya, lalu ulangi."),
        )
    return quizzes_actions.rename_bank(bank_id=bank.pk, title=title, by=by, now=now)
