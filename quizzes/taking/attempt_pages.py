"""What the pages of a running attempt show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lib.indonesian import format_short
from quizzes.bank.known import KnownQuestion, known_questions
from quizzes.marking.rows import current_saves, items_of
from quizzes.marking.saves import Save
from quizzes.models import Attempt, AttemptItem
from quizzes.questions.controls import SCRIPTED
from quizzes.taking import tokens
from quizzes.taking.asked import AskedQuestion
from quizzes.taking.readings import readings_before


@dataclass(frozen=True)
class Chip:
    """A question in the list of questions."""

    attempt_key: UUID
    position: int
    answered: bool
    flagged: bool
    current: bool

    @property
    def url(self) -> str:
        """Return the address of the question."""
        return item_url(self.attempt_key, self.position)

    @property
    def name(self) -> str:
        """Return what a reader says: the number, and how it stands."""
        if self.current:
            state = _("sedang dibuka")
        else:
            state = _("sudah dijawab") if self.answered else _("belum dijawab")
        return _("Soal %(number)s, %(state)s%(doubt)s") % {
            "number": format_short(self.position),
            "state": state,
            "doubt": _(", ditandai ragu") if self.flagged else "",
        }


@dataclass(frozen=True)
class AttemptItemPage:
    """The whole paper of a running attempt, open at one question.

    The `others` wait on the page until its script shows them. `is_scripted` says
    whether any question needs exercise.js, and `seconds_left` is null without a limit.
    """

    quiz_title: str
    total: int
    question: AskedQuestion
    others: list[AskedQuestion]
    is_scripted: bool
    seconds_left: int | None
    deadline_at: datetime | None
    started_at: datetime
    chips: list[Chip]
    answered: int
    flagged_count: int
    previous: int | None
    next: int | None
    save_url: str
    exit_url: str
    person_key: str
    token: str


@dataclass(frozen=True)
class SubmitPage:
    """The summary before handing in; `readings` tell of answers read otherwise.

    `paper` is what its script needs to show a question again; null for a page that has
    the questions already.
    """

    quiz_title: str
    answered: int
    total: int
    unanswered: list[int]
    flagged: list[int]
    readings: list[str]
    chips: list[Chip]
    back_url: str
    submit_url: str
    seconds_left: int | None
    deadline_at: datetime | None
    started_at: datetime
    save_url: str
    exit_url: str
    person_key: str
    token: str
    is_scripted: bool
    paper: AttemptItemPage | None


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    """Return the seconds until the deadline, rounded up: 0 when it has passed."""
    if attempt.deadline_at is None:
        return None
    return max(0, -((now - attempt.deadline_at) // timedelta(seconds=1)))


def item_url(attempt_key: UUID, position: int) -> str:
    """Return the address of one question."""
    return reverse("quizzes:attempt_item", args=[attempt_key, position])


def _course_url(attempt: Attempt) -> str:
    if attempt.enrollment is None:
        return reverse("home")
    return attempt.enrollment.course.get_absolute_url()


def _chips(
    attempt: Attempt,
    items: list[AttemptItem],
    saves: dict[int, Save],
    current: int | None,
) -> list[Chip]:
    chips = []
    for item in items:
        save = saves.get(item.pk)
        chips.append(
            Chip(
                attempt_key=attempt.key,
                position=item.position,
                answered=save is not None and save.value is not None,
                flagged=save is not None and save.flagged,
                current=item.position == current,
            )
        )
    return chips


def _known(items: Sequence[AttemptItem]) -> Mapping[int, KnownQuestion]:
    return known_questions([item.question_version_id for item in items])


def _is_scripted(questions: Iterable[KnownQuestion]) -> bool:
    return any(question.view.type in SCRIPTED for question in questions)


def attempt_item_page(
    attempt: Attempt, position: int, *, now: datetime
) -> AttemptItemPage | None:
    """Return the paper open at one question, or None when there is no such position.

    Two queries, however many questions it has, where the process knows them.
    """
    items = items_of(attempt)
    if not 1 <= position <= len(items):
        return None
    return _paper(attempt, position, items, current_saves(attempt), now)


def _paper(
    attempt: Attempt,
    position: int,
    items: list[AttemptItem],
    saves: dict[int, Save],
    now: datetime,
) -> AttemptItemPage:
    chips = _chips(attempt, items, saves, position)
    known = _known(items)
    asked = [
        AskedQuestion(
            position=item.position,
            total=len(items),
            known=known[item.question_version_id],
            order=item.option_order,
            save=saves.get(item.pk),
        )
        for item in items
    ]
    return AttemptItemPage(
        quiz_title=attempt.quiz.title,
        total=len(items),
        question=asked[position - 1],
        others=[question for question in asked if question.position != position],
        is_scripted=_is_scripted(known.values()),
        seconds_left=seconds_left(attempt, now),
        deadline_at=attempt.deadline_at,
        started_at=attempt.started_at,
        chips=chips,
        answered=sum(chip.answered for chip in chips),
        flagged_count=sum(chip.flagged for chip in chips),
        previous=position - 1 if position > 1 else None,
        next=position + 1 if position < len(items) else None,
        save_url=reverse("quizzes:response_save", args=[attempt.key]),
        exit_url=_course_url(attempt),
        person_key=str(attempt.person.key),
        token=tokens.token_for(attempt),
    )


def submit_page(attempt: Attempt, *, now: datetime, with_paper: bool) -> SubmitPage:
    """Return what is answered, open and marked as doubtful."""
    items = items_of(attempt)
    saves = current_saves(attempt)
    chips = _chips(attempt, items, saves, None)
    return SubmitPage(
        quiz_title=attempt.quiz.title,
        answered=sum(chip.answered for chip in chips),
        total=len(items),
        unanswered=[chip.position for chip in chips if not chip.answered],
        flagged=[chip.position for chip in chips if chip.flagged],
        readings=readings_before(items, saves),
        chips=chips,
        back_url=item_url(attempt.key, len(items)),
        submit_url=reverse("quizzes:attempt_submit", args=[attempt.key]),
        seconds_left=seconds_left(attempt, now),
        deadline_at=attempt.deadline_at,
        started_at=attempt.started_at,
        save_url=reverse("quizzes:response_save", args=[attempt.key]),
        exit_url=_course_url(attempt),
        person_key=str(attempt.person.key),
        token=tokens.token_for(attempt),
        is_scripted=_is_scripted(_known(items).values()),
        paper=_paper(attempt, 1, items, saves, now) if with_paper else None,
    )


def late_message() -> str:
    """Say what became of an answer that came after the time."""
    return _(
        "Waktu sudah habis. Jawaban yang tersimpan sebelum batas waktu tetap dihitung."
    )
