"""What the outbox of reminders shows: searched, page by page.

A page begins behind a mail of the page before, so that the last one costs what the
first one does. Words that were searched for never stand in an address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from accounts.models import PersonIdentifier, User
from accounts.nip import normalise_nip
from courses.assigning.people import ASSIGN
from courses.assigning.sending import may_send_again
from courses.models import Assignment, Reminder, ReminderMail

SEARCH_KEY = "courses.outbox.words"
MAILS_PER_PAGE = 50
MAIL_STATES = [("", _("Semua")), *ReminderMail.State.choices]
_LONGEST_ID = 18


@dataclass(frozen=True)
class MailRow:
    """A mail in the outbox."""

    pk: int
    name: str
    unit: str
    day: date
    state: str
    may_send_again: bool
    ended_at: datetime | None
    copied_to: str
    problem: str


@dataclass(frozen=True)
class OutboxPage:
    """A page of mails, and what was asked. `before` and `behind` are where to go on."""

    rows: Sequence[MailRow]
    before: int | None
    behind: int | None
    words: str
    state: str
    day: date | None
    course: str
    courses: Sequence[tuple[str, str]]

    @property
    def is_filtered(self) -> bool:
        """Say whether all mails would be more than is shown."""
        return bool(self.words or self.state or self.day or self.course)


def outbox_page(
    user: Any, data: Mapping[str, str], *, words: str, now: datetime
) -> OutboxPage:
    """Return a page of mails to people of `user`'s units; four queries.

    What is no state, day, course or mail is as if not asked for.
    """
    courses = _courses_of(user)
    state = data.get("status", "")
    state = state if state in ReminderMail.State.values else ""
    course = data.get("kursus", "")
    course = course if course in dict(courses) else ""
    day = _day(data.get("hari", ""))
    mails = _wanted(user, words=words, state=state, day=day, course=course)
    behind, before = _mark(data.get("sesudah")), _mark(data.get("sebelum"))
    backwards = before is not None and behind is None
    found = list(_from(mails, behind or before, backwards=backwards))
    shown = found[:MAILS_PER_PAGE]
    is_more = len(found) > MAILS_PER_PAGE
    if backwards:
        shown.reverse()
    has_before = is_more if backwards else behind is not None
    has_behind = backwards or is_more
    return OutboxPage(
        rows=[_row(one, now=now) for one in shown],
        before=shown[0].pk if shown and has_before else None,
        behind=shown[-1].pk if shown and has_behind else None,
        words=words,
        state=state,
        day=day,
        course=course,
        courses=courses,
    )


def _courses_of(user: Any) -> list[tuple[str, str]]:
    orders = Assignment.objects.visible_to(user, ASSIGN)
    found = orders.values_list("course__key", "course__current_version__title")
    by_title = found.distinct().order_by("course__current_version__title")
    return [(key, title or key) for key, title in by_title]


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def _wanted(user: Any, *, words: str, state: str, day: date | None, course: str) -> Any:
    mails = ReminderMail.objects.visible_to(user, ASSIGN)
    if state:
        mails = mails.filter(state=state)
    if day:
        mails = mails.filter(day=day)
    if course:
        told = Reminder.objects.filter(
            person=OuterRef("person"), day=OuterRef("day"), order__course__key=course
        )
        mails = mails.filter(Exists(told))
    if not words:
        return mails
    number = normalise_nip(words)
    if number.isdigit():
        carried = PersonIdentifier.objects.filter(value=number)
        return mails.filter(person__in=carried.values("person"))
    return mails.filter(
        person__in=User.objects.visible_to(user, ASSIGN).named(words).values("pk")
    )


def _mark(said: str | None) -> ReminderMail | None:
    """Return the mail behind which a page begins, or before which it ends."""
    if not said or not said.isdecimal() or len(said) > _LONGEST_ID:
        return None
    found: ReminderMail | None = ReminderMail.objects.filter(pk=int(said)).first()
    return found


def _from(mails: Any, mark: ReminderMail | None, *, backwards: bool) -> Any:
    """Return a page from the mark on, and one more row."""
    if mark is not None and backwards:
        mails = mails.filter(day__gte=mark.day).filter(
            Q(day__gt=mark.day) | Q(pk__gt=mark.pk)
        )
    elif mark is not None:
        mails = mails.filter(day__lte=mark.day).filter(
            Q(day__lt=mark.day) | Q(pk__lt=mark.pk)
        )
    order = ("day", "pk") if backwards else ("-day", "-pk")
    shown = mails.select_related("person__unit", "copied_to")
    return shown.order_by(*order)[: MAILS_PER_PAGE + 1]


def _row(mail: Any, *, now: datetime) -> MailRow:
    return MailRow(
        pk=mail.pk,
        name=mail.person.full_name,
        unit=mail.person.unit.name if mail.person.unit else "",
        day=mail.day,
        state=mail.get_state_display(),
        may_send_again=may_send_again(mail, now=now),
        ended_at=mail.ended_at,
        copied_to=mail.copied_to.full_name if mail.copied_to else "",
        problem=mail.problem,
    )
