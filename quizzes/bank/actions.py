"""Writing questions. A ready version is never edited; a change is a new version."""

from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Unit, User
from courses import actions as courses_actions
from courses.models import Course
from lib import markdown
from lib.transactions import atomic_with_retry
from quizzes.exceptions import QuestionNotUsable
from quizzes.models import Option, Question, QuestionBank, QuestionVersion
from quizzes.questions.content import QuestionContent
from quizzes.questions.pictures import address_of
from quizzes.questions.rendering import gap_problems, settings_with_html, stem_html
from quizzes.questions.types import TYPES


def check_is_usable(content: QuestionContent) -> None:
    """Refuse a question that cannot be asked, naming the first remedy.

    Raises QuestionNotUsable, or `lib.markdown.MarkdownProblem` for its stem.
    """
    question_type = TYPES.get(content.type)
    if question_type is None:
        raise QuestionNotUsable(
            "unknown_type",
            _("Jenis soal “%(type)s” tidak dikenal. Jenis yang ada: %(known)s.")
            % {"type": content.type, "known": ", ".join(sorted(TYPES))},
        )
    if not content.stem.strip():
        raise QuestionNotUsable("no_stem", _("Pertanyaan masih kosong. Tulis soalnya."))
    for problem in question_type.problems(content.view()):
        raise QuestionNotUsable("bad_question", problem)
    for problem in gap_problems(content):
        raise QuestionNotUsable("bad_question", problem)


@transaction.atomic
def open_bank(
    *,
    key: str,
    title: str,
    use: str,
    course: Course | None,
    unit: Unit,
    now: datetime,
) -> QuestionBank:
    """Return the bank called `key`, made now if it is missing."""
    bank, _is_new = QuestionBank.objects.get_or_create(
        key=key,
        defaults={
            "title": title,
            "use": use,
            "course": course,
            "unit": unit,
            "created_at": now,
        },
    )
    return bank


@atomic_with_retry
def make_bank(
    *, course: Course, title: str, use: str, by: User, now: datetime
) -> QuestionBank:
    """Make a bank of a course; one of that title and use is made once.

    Its key is free on the whole site. Locks the course.
    """
    courses_actions.lock_course(course.pk)
    made = QuestionBank.objects.filter(
        course=course, title=title, use=use, reference__isnull=True
    ).first()
    return made or new_bank(course=course, title=title, use=use, by=by, now=now)


@transaction.atomic
def new_bank(
    *, course: Course, title: str, use: str, by: User, now: datetime
) -> QuestionBank:
    """Make one more bank of a course, whose lock the caller holds.

    Its key is free on the whole site.
    """
    stems = chain(
        [f"{course.key}-{use}"], (f"{course.key}-{use}-{n}" for n in count(2))
    )
    for key in stems:
        bank, is_new = QuestionBank.objects.get_or_create(
            key=key,
            defaults={
                "title": title,
                "use": use,
                "course": course,
                "unit": course.unit,
                "created_at": now,
            },
        )
        if is_new:
            break
    audit.record("quizzes.bank.made", bank, by=by, now=now, key=bank.key)
    return bank


@atomic_with_retry
def delete_banks(*, course: Course, by: User, now: datetime) -> None:
    """Delete the banks of a course that goes; none may hold a question any more.

    Locks the course. Raises `django.db.models.ProtectedError` for one that does.
    """
    courses_actions.lock_course(course.pk)
    for bank in QuestionBank.objects.filter(course=course):
        audit.record("quizzes.bank.deleted", bank, by=by, now=now, key=bank.key)
        bank.delete()


@atomic_with_retry
def rename_bank(*, bank_id: int, title: str, by: User, now: datetime) -> QuestionBank:
    """Give a bank another title; the same one changes nothing. Locks the bank."""
    bank: QuestionBank = QuestionBank.objects.select_for_update(no_key=True).get(
        pk=bank_id
    )
    if bank.title != title:
        bank.title = title
        bank.save(update_fields=["title"])
        audit.record("quizzes.bank.renamed", bank, by=by, now=now)
    return bank


def lock_question(question_id: int) -> Question:
    """Lock a question against other authors, after its course and its bank.

    Its key stays free: answers, cards and papers refer to the question at commit.
    """
    question: Question = Question.objects.select_for_update(no_key=True).get(
        pk=question_id
    )
    return question


@atomic_with_retry
def write_question(
    *, bank: QuestionBank, content: QuestionContent, by: User | None, now: datetime
) -> QuestionVersion:
    """Store a wording of the question as a draft; the same words change nothing.

    An open draft is replaced; a ready version stays as it is and the draft becomes
    the next number. Locks the question. Raises QuestionNotUsable, or
    `lib.markdown.MarkdownProblem` for text that cannot be rendered.
    """
    check_is_usable(content)
    question, _is_new = Question.objects.get_or_create(
        bank=bank, key=content.key, defaults={"created_at": now}
    )
    question = lock_question(question.pk)
    latest = question.versions.order_by("-number").first()
    if latest and latest.content_hash == content.digest():
        return latest
    if latest and latest.state == QuestionVersion.State.DRAFT:
        latest.delete()
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    version = _create_version(question, content, number=last + 1, by=by, now=now)
    audit.record(
        "quizzes.question.written", question, by=by, now=now, number=version.number
    )
    return version


def _create_version(
    question: Question,
    content: QuestionContent,
    *,
    number: int,
    by: User | None,
    now: datetime,
) -> QuestionVersion:
    version = QuestionVersion.objects.create(
        question=question,
        number=number,
        type=content.type,
        scoring=content.scoring,
        stem=content.stem,
        stem_html=stem_html(content),
        feedback=content.feedback,
        feedback_html=markdown.render(
            content.feedback, citations={}, image_url=address_of
        ).html,
        objective_key=content.objective_key,
        level=content.level,
        pillar=content.pillar,
        tags=list(content.tags),
        source_keys=list(content.source_keys),
        checked_on=content.checked_on,
        settings=settings_with_html(content),
        renderer_version=markdown.RENDERER_VERSION,
        content_hash=content.digest(),
        created_at=now,
        created_by=by,
    )
    Option.objects.bulk_create(
        Option(
            version=version,
            key=option.key,
            position=position,
            group=option.group,
            match=option.match,
            text=option.text,
            html=markdown.render_inline(option.text),
            feedback=option.feedback,
            feedback_html=markdown.render_inline(option.feedback),
            fraction=option.fraction,
        )
        for position, option in enumerate(content.options, 1)
    )
    return version


@transaction.atomic
def make_ready(*, course: Course, by: User | None, now: datetime) -> int:
    """Make the drafts of the course's banks ready; return how many there were.

    Part of publishing a course. From here on the versions are immutable.
    """
    drafts = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    )
    question_ids = list(drafts.values_list("question_id", flat=True))
    count = drafts.update(state=QuestionVersion.State.READY)
    Question.objects.filter(pk__in=question_ids, state=Question.State.DRAFT).update(
        state=Question.State.READY
    )
    if count:
        audit.record(
            "quizzes.questions.made_ready", course, by=by, now=now, count=count
        )
    return count


@atomic_with_retry
def restore_question(*, question_id: int, by: User | None, now: datetime) -> Question:
    """Let a withdrawn question be drawn again, from now on; others stay as they are.

    One that was never published goes back to being a draft. Locks the question.
    """
    question = lock_question(question_id)
    if question.state == Question.State.RETIRED:
        was_ready = question.versions.filter(state=QuestionVersion.State.READY).exists()
        question.state = Question.State.READY if was_ready else Question.State.DRAFT
        question.save(update_fields=["state"])
        audit.record("quizzes.question.restored", question, by=by, now=now)
    return question


@atomic_with_retry
def retire_question(*, question_id: int, by: User | None, now: datetime) -> Question:
    """Never draw this question again; attempts that got it keep it, and so do
    quizzes that name it. Locks the question.
    """
    question = lock_question(question_id)
    if question.state != Question.State.RETIRED:
        question.state = Question.State.RETIRED
        question.save(update_fields=["state"])
        audit.record("quizzes.question.retired", question, by=by, now=now)
    return question


@transaction.atomic
def discard_question_drafts(*, course: Course, by: User | None, now: datetime) -> int:
    """Throw away wordings that were never published; return how many there were.

    Questions without any published wording go with them.
    """
    drafts = QuestionVersion.objects.filter(
        question__bank__course=course, state=QuestionVersion.State.DRAFT
    )
    count = drafts.count()
    if count:
        drafts.delete()
        Question.objects.filter(bank__course=course, versions__isnull=True).delete()
        audit.record(
            "quizzes.question_drafts.discarded", course, by=by, now=now, count=count
        )
    return count
