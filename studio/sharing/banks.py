"""A bank that repeats another course's: what is newer there, and taking it over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import count

from django.utils.translation import gettext as _

from accounts.models import User
from courses import actions as courses_actions
from courses.content_types import SourceContent
from courses.models import Course, CourseVersion
from courses.selectors.content import version_content
from lib.transactions import atomic_with_retry
from lib.word_diff import pieces_between
from quizzes import actions as quizzes_actions
from quizzes.models import BankReference, Question, QuestionBank, QuestionVersion
from quizzes.questions import Composition, QuestionContent
from quizzes.selectors import (
    compositions_of,
    content_of,
    filling_problems,
    offered_banks,
    ready_contents,
)
from studio.drafts.structure import locked_draft
from studio.exceptions import EditConflict, QuestionNotEditable
from studio.fetching import newest_wordings
from studio.questions.diff import Change, changes_between
from studio.sharing.landing import Landing, landed


@dataclass(frozen=True)
class NewerQuestion:
    """A question that reads differently at its owner's, as it would read here."""

    origin_id: int
    content: QuestionContent
    changes: Sequence[Change]
    is_new: bool


@dataclass(frozen=True)
class BankNews:
    """What a source has published since it was taken.

    `withdrawn` are the questions here that their owner asks no more; they stay until
    somebody withdraws them here. `seen` changes with all of it.
    """

    questions: tuple[NewerQuestion, ...]
    withdrawn: tuple[QuestionVersion, ...]
    sources: tuple[SourceContent, ...]
    is_offered: bool

    @property
    def seen(self) -> str:
        """The fingerprint that a confirmation must carry."""
        said = [
            f"{one.origin_id}:{one.content.digest()}:{one.content.composition}"
            for one in self.questions
        ]
        return sha256("\n".join(sorted(said)).encode()).hexdigest()


def bank_news(reference: BankReference, version: CourseVersion) -> BankNews:
    """Return what is newer at the source than in the bank that repeats it.

    `version` is the one of this course that Studio shows. The number of queries does
    not grow with the questions.
    """
    source = reference.source
    offered = ready_contents(source)
    own = {
        origin_id: wording
        for wording in newest_wordings(reference.bank)
        if (origin_id := wording.question.origin_id) is not None
    }
    landing = _landing(source, version)
    keys = _keys_here(reference, offered, own)
    compositions = compositions_of(reference.bank)
    newer = []
    for origin_id, content in offered.items():
        here = own.get(origin_id)
        if here is not None and here.question.state == Question.State.RETIRED:
            continue
        objective = here.objective_key if here else ""
        comes = landed(content, landing, keys=keys, objective=objective)
        changes = _changes(here, comes, compositions)
        if changes:
            newer.append(NewerQuestion(origin_id, comes, changes, here is None))
    cited = {key for content in offered.values() for key in content.source_keys}
    return BankNews(
        questions=tuple(newer),
        withdrawn=tuple(
            wording
            for origin_id, wording in own.items()
            if origin_id not in offered
            and wording.question.state != Question.State.RETIRED
        ),
        sources=landing.new_sources(cited) if newer else (),
        is_offered=offered_banks(reference.course).filter(pk=source.pk).exists(),
    )


def _landing(source: QuestionBank, version: CourseVersion) -> Landing:
    course = source.course
    if course is None or course.current_version is None:
        raise AssertionError("Only banks of published courses are offered.")
    return Landing(
        origin=version_content(course.current_version),
        here=version_content(version),
        prefix=course.key,
    )


def _keys_here(
    reference: BankReference,
    offered: Mapping[int, QuestionContent],
    own: Mapping[int, QuestionVersion],
) -> dict[str, str]:
    """Return what each of their questions is called here, by its name there.

    A key stands once in a course: files of courses name questions by it alone.
    """
    questions = Question.objects.filter(bank__course=reference.course_id)
    taken = set(questions.values_list("key", flat=True))
    keys = {}
    for origin_id, content in offered.items():
        if origin_id in own:
            keys[content.key] = own[origin_id].question.key
            continue
        names = (f"{content.key[:76]}-{number}" for number in count(2))
        key = content.key
        while key in taken:
            key = next(names)
        taken.add(key)
        keys[content.key] = key
    return keys


def _changes(
    here: QuestionVersion | None,
    comes: QuestionContent,
    compositions: Mapping[str, Composition],
) -> list[Change]:
    if here is None:
        return changes_between(None, comes)
    changes = (
        []
        if here.content_hash == comes.digest()
        else changes_between(content_of(here), comes)
    )
    before = _composed(compositions[comes.key])
    after = _composed(comes.composition)
    if before != after:
        pieces = pieces_between(before, after)
        changes.append(Change(_("Taksiran dan pasangan"), pieces))
    return changes


def _composed(composition: Composition) -> str:
    """Return in words what counts of a question when papers are composed."""
    expected = composition.expected
    words = [f"{expected.untrained}% → {expected.trained}%"] if expected else []
    return ", ".join([*words, *sorted(composition.enemies)])


@atomic_with_retry
def refer_to_bank(
    *, course: Course, source_key: str, by: User, now: datetime
) -> QuestionBank:
    """Give the draft a bank that repeats one of another course; return it.

    A second call finds what the first one made. Locks the course. Raises
    DraftNotEditable without a draft, QuestionNotEditable for a bank that is not offered
    to this course's unit, or NoPaperLeft.
    """
    draft = locked_draft(course)
    source = offered_banks(course).filter(key=source_key).first()
    if source is None:
        raise QuestionNotEditable(
            "not_offered", _("Bank itu tidak dibagikan kepada unit ini. Pilih lainnya.")
        )
    reference = quizzes_actions.refer_to_bank(
        course=course, source=source, by=by, now=now
    )
    news = bank_news(reference, draft)
    _take(reference, news, draft, by=by, now=now)
    return reference.bank


@atomic_with_retry
def follow_bank(*, reference: BankReference, seen: str, by: User, now: datetime) -> int:
    """Take what is newer at the source into the draft; return how many questions.

    `seen` is the fingerprint of what the author was shown. Locks the course. Raises
    DraftNotEditable without a draft, EditConflict, QuestionNotEditable where its owner
    shares it no more, or NoPaperLeft.
    """
    draft = locked_draft(reference.course)
    news = bank_news(reference, draft)
    if not news.is_offered:
        raise QuestionNotEditable(
            "not_offered",
            _("Pemiliknya tidak lagi membagikan bank ini. Yang ada tetap dipakai."),
        )
    if news.seen != seen:
        raise EditConflict(
            "source_changed",
            _("Bank pemiliknya berubah lagi sejak halaman ini dibuka. Periksa lagi."),
        )
    return _take(reference, news, draft, by=by, now=now)


def _take(
    reference: BankReference,
    news: BankNews,
    draft: CourseVersion,
    *,
    by: User,
    now: datetime,
) -> int:
    course = reference.course
    before = filling_problems(course, with_drafts=False)
    if news.sources:
        content = version_content(draft)
        courses_actions.rewrite_draft(
            version_id=draft.pk,
            content=replace(content, sources=[*content.sources, *news.sources]),
            what="sources",
            by=by,
            now=now,
        )
    quizzes_actions.repeat_questions(
        reference=reference,
        contents={one.origin_id: one.content for one in news.questions},
        by=by,
        now=now,
    )
    quizzes_actions.write_composition(
        bank=reference.bank,
        questions={one.content.key: one.content.composition for one in news.questions},
        by=by,
        now=now,
    )
    quizzes_actions.check_still_filled(course, before)
    return len(news.questions)


@atomic_with_retry
def share_bank(
    *, bank: QuestionBank, reach: str, by: User, now: datetime
) -> QuestionBank:
    """Say which units may refer to a bank. Locks the bank.

    Raises QuestionNotEditable for a bank that repeats another: its owner shares it.
    """
    if BankReference.objects.filter(bank=bank).exists():
        raise QuestionNotEditable(
            "repeats", _("Bank rujukan hanya dapat dibagikan oleh pemiliknya.")
        )
    return quizzes_actions.share_bank(bank_id=bank.pk, reach=reach, by=by, now=now)
