"""What the outbox of reminders shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from courses.assigning.people import ASSIGN
from courses.models import ReminderMail

MAILS_PER_PAGE = 50
MAIL_STATES = [("", _("Semua")), *ReminderMail.State.choices]


@dataclass(frozen=True)
class MailRow:
    """A mail in the outbox."""

    name: str
    unit: str
    day: date
    state: str
    is_failed: bool
    ended_at: datetime | None
    copied_to: str
    problem: str


def outbox_rows(user: Any, *, state: str, page: str | None) -> "Page[Any]":
    """Return a page of mails to people of `user`'s units; three queries."""
    mails = ReminderMail.objects.visible_to(user, ASSIGN)
    if state in ReminderMail.State.values:
        mails = mails.filter(state=state)
    shown = mails.select_related("person__unit", "copied_to")
    found = Paginator(shown, MAILS_PER_PAGE).get_page(page)
    found.object_list = [_row(one) for one in found.object_list]
    return found


def _row(mail: Any) -> MailRow:
    return MailRow(
        name=mail.person.full_name,
        unit=mail.person.unit.name if mail.person.unit else "",
        day=mail.day,
        state=mail.get_state_display(),
        is_failed=mail.state == ReminderMail.State.FAILED,
        ended_at=mail.ended_at,
        copied_to=mail.copied_to.full_name if mail.copied_to else "",
        problem=mail.problem,
    )
