"""What the pages of a running attempt show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.bank.rows import wording_of
from quizzes.marking.rows import current_saves
from quizzes.marking.saves import Save
from quizzes.models import Attempt, AttemptItem
from quizzes.questions.controls import SCRIPTED, Control, control_of
from quizzes.taking import tokens


@dataclass(frozen=True)
class Chip:
    """A question in the list of questions."""

    position: int
    url: str
    answered: bool
    flagged: bool
    current: bool


@dataclass(frozen=True)
class AttemptItemPage:
    """One question of a running attempt. `seconds_left` is null without a limit.

    `is_scripted` says whether any question of the paper needs exercise.js: the
    others are swapped in.
    """

    quiz_title: str
    position: int
    total: int
    control: Control
    is_scripted: bool
    seconds_left: int | None
    deadline_at: datetime | None
    started_at: datetime
    saved_at: datetime | None
    flagged: bool
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
    """The summary before handing in."""

    quiz_title: str
    answered: int
    total: int
    unanswered: list[int]
    flagged: list[int]
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


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    """Return the whole seconds until the deadline, 0 when it has passed."""
    if attempt.deadline_at is None:
        return None
    return max(0, (attempt.deadline_at - now) // timedelta(seconds=1))


def item_url(attempt: Attempt, position: int) -> str:
    """Return the address of one question."""
    return reverse("quizzes:attempt_item", args=[attempt.key, position])


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
                position=item.position,
                url=item_url(attempt, item.position),
                answered=save is not None and save.value is not None,
                flagged=save is not None and save.flagged,
                current=item.position == current,
            )
        )
    return chips


def _paper(attempt: Attempt) -> list[AttemptItem]:
    """Return the items with the types of their questions, without their words."""
    return list(
        attempt.items.select_related("question_version").only(
            "attempt_id", "position", "question_version__type"
        )
    )


def _is_scripted(items: list[AttemptItem]) -> bool:
    return any(item.question_version.type in SCRIPTED for item in items)


def attempt_item_page(
    attempt: Attempt, position: int, *, now: datetime
) -> AttemptItemPage | None:
    """Return one question of the attempt, or None when there is no such position."""
    items = _paper(attempt)
    if not 1 <= position <= len(items):
        return None
    item = (
        AttemptItem.objects.select_related("question_version")
        .prefetch_related("question_version__options")
        .get(pk=items[position - 1].pk)
    )
    saves = current_saves(attempt)
    save = saves.get(item.pk)
    chips = _chips(attempt, items, saves, position)
    return AttemptItemPage(
        quiz_title=attempt.quiz.title,
        position=position,
        total=len(items),
        control=control_of(
            wording_of(item.question_version),
            save.value if save else None,
            order=item.option_order,
            hides_keys=True,
        ),
        is_scripted=_is_scripted(items),
        seconds_left=seconds_left(attempt, now),
        deadline_at=attempt.deadline_at,
        started_at=attempt.started_at,
        saved_at=save.received_at if save else None,
        flagged=save is not None and save.flagged,
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


def submit_page(attempt: Attempt, *, now: datetime) -> SubmitPage:
    """Return what is answered, open and marked as doubtful."""
    items = _paper(attempt)
    chips = _chips(attempt, items, current_saves(attempt), None)
    return SubmitPage(
        quiz_title=attempt.quiz.title,
        answered=sum(chip.answered for chip in chips),
        total=len(items),
        unanswered=[chip.position for chip in chips if not chip.answered],
        flagged=[chip.position for chip in chips if chip.flagged],
        chips=chips,
        back_url=item_url(attempt, len(items)),
        submit_url=reverse("quizzes:attempt_submit", args=[attempt.key]),
        seconds_left=seconds_left(attempt, now),
        deadline_at=attempt.deadline_at,
        started_at=attempt.started_at,
        save_url=reverse("quizzes:response_save", args=[attempt.key]),
        exit_url=_course_url(attempt),
        person_key=str(attempt.person.key),
        token=tokens.token_for(attempt),
        is_scripted=_is_scripted(items),
    )


def late_message() -> str:
    """Say what became of an answer that came after the time."""
    return _(
        "Waktu sudah habis. Jawaban yang tersimpan sebelum batas waktu tetap dihitung."
    )
