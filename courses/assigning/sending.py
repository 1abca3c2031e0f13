"""Sending the mail of a person and day: taken first, looked at again, sent once.

A mail that could not be handed over waits and is tried again; one that was taken when
its worker died is not sent a second time. What the server refuses is told to HR.
"""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import User
from accounts.models.person import JabatanKind
from accounts.models.role import Role
from accounts.models.unit import IndonesianZone
from courses import jobs
from courses.assigning.steps import DAYS_BEFORE, is_daytime
from courses.models import Assignment, Course, Enrollment, ReminderMail
from lib.paths import ancestor_paths
from lib.queueing import EVERY_MINUTE
from lib.transactions import atomic_with_retry

# How many mails a message asks for, and how many a sweep asks for at most.
AT_ONCE = 50
MOST_A_SWEEP = 20_000
# Taken so long ago, a mail's worker is dead.
LOST_AFTER = timedelta(minutes=30)
# So long after its day a failed mail may be asked for again.
OF_USE_FOR = timedelta(days=30)
_PAUSE = timedelta(minutes=10)
_LONGEST_PAUSE = timedelta(hours=4)
_STRUCTURAL = (
    JabatanKind.JPT_UTAMA,
    JabatanKind.JPT_MADYA,
    JabatanKind.JPT_PRATAMA,
    JabatanKind.ADMINISTRATOR,
    JabatanKind.PENGAWAS,
)


@dataclass(frozen=True)
class DueLine:
    """A course that a reminder names."""

    title: str
    due_on: date
    said: str
    reason: str
    url: str


def ask_for_mails(*, now: datetime) -> int:
    """Send messages for the mails that may go out now, and return how many mails.

    Only to people for whom it is daytime. Mails whose worker died are given up.
    """
    _give_up_lost(now)
    zones = [zone for zone in IndonesianZone.values if _may_write(zone, now)]
    waiting = ReminderMail.objects.filter(
        state=ReminderMail.State.PENDING,
        next_try_at__lte=now,
        person__time_zone__in=zones,
    )
    ids = list(
        waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[
            :MOST_A_SWEEP
        ]
    )
    for start in range(0, len(ids), AT_ONCE):
        jobs.SEND_REMINDERS.send(
            expires=EVERY_MINUTE, mail_ids=ids[start : start + AT_ONCE]
        )
    return len(ids)


def _may_write(zone: str, now: datetime) -> bool:
    first, last = settings.ELEARNING_MAIL_HOURS
    return is_daytime(now.astimezone(ZoneInfo(zone)).hour, first=first, last=last)


def _give_up_lost(now: datetime) -> None:
    """End what was taken and never came back: it may have gone out."""
    taken = ReminderMail.objects.filter(
        state=ReminderMail.State.SENDING, taken_at__lt=now - LOST_AFTER
    )
    taken.update(
        state=ReminderMail.State.FAILED,
        ended_at=now,
        problem=_("Terhenti saat dikirim; tidak diulang supaya tidak ganda."),
    )


def send_mails(*, mail_ids: Sequence[int], now: datetime) -> int:
    """Send these mails, each at most once; return how many went out."""
    return sum(send_mail(mail_id=pk, now=now) for pk in mail_ids)


def send_mail(*, mail_id: int, now: datetime) -> bool:
    """Send one mail if it still has something to say; True when it went out.

    Whoever is not active, has no address, or has nothing left to do is not written to.
    A server that cannot be reached leaves it waiting, one that refuses it ends it.
    """
    mail = _take(mail_id, now)
    if mail is None:
        return False
    reason, lines = _still_to_say(mail, now)
    if reason:
        _end(mail, ReminderMail.State.SKIPPED, now, problem=reason)
        return False
    superior = _superior(mail.person, now) if _wants_copy(mail.person) else None
    try:
        _message(mail, lines, superior).send()
    except smtplib.SMTPRecipientsRefused:
        _end(mail, ReminderMail.State.FAILED, now, problem=_("Alamat surel ditolak."))
    except smtplib.SMTPResponseException as refusal:
        _refused(mail, refusal.smtp_code, now)
    except (smtplib.SMTPException, OSError):
        _wait(mail, now)
    else:
        _end(mail, ReminderMail.State.SENT, now, copied_to=superior)
        return True
    return False


def may_send_again(mail: ReminderMail, *, now: datetime) -> bool:
    """Say whether a mail failed that may still be of use: within the last weeks."""
    is_recent = now.date() - mail.day <= OF_USE_FOR
    return mail.state == ReminderMail.State.FAILED and is_recent


@atomic_with_retry
def send_again(*, mail_id: int, by: User, now: datetime) -> bool:
    """Let a failed mail wait again; say whether it does. A second press finds it done.

    What it says is looked at when it goes out: whoever has finished meanwhile, or was
    reminded since, gets nothing. Of one that stopped while being sent nobody knows
    whether it arrived; that HR asks for it again is on the trail.
    """
    mail = ReminderMail.objects.get(pk=mail_id)
    failed = ReminderMail.objects.filter(pk=mail_id, state=ReminderMail.State.FAILED)
    if not may_send_again(mail, now=now):
        return False
    is_first = failed.update(
        state=ReminderMail.State.PENDING,
        tries=0,
        next_try_at=now,
        taken_at=None,
        ended_at=None,
        problem="",
    )
    if is_first:
        audit.record(
            "courses.reminder.asked_again",
            mail,
            by=by,
            now=now,
        )
    return bool(is_first)


def _take(mail_id: int, now: datetime) -> ReminderMail | None:
    """Take a waiting mail, or nothing: of several workers one gets it."""
    waiting = ReminderMail.objects.filter(
        pk=mail_id, state=ReminderMail.State.PENDING, next_try_at__lte=now
    )
    if not waiting.update(state=ReminderMail.State.SENDING, taken_at=now):
        return None
    mail: ReminderMail = ReminderMail.objects.select_related("person__unit").get(
        pk=mail_id
    )
    return mail


def _still_to_say(mail: ReminderMail, now: datetime) -> tuple[str, list[DueLine]]:
    person = mail.person
    if not person.is_active:
        return _("Akunnya tidak aktif."), []
    if person.restricted_at:
        return _("Pemrosesan datanya dibatasi."), []
    if not person.email:
        return _("Surel dinasnya belum tercatat."), []
    newer = ReminderMail.objects.filter(person=person, day__gt=mail.day)
    if newer.exists():
        return _("Digabung dengan pengingat hari berikutnya."), []
    lines = due_lines(person, now=now)
    return ("", lines) if lines else (_("Sudah selesai, ditarik, atau diundur."), [])


def due_lines(person: User, *, now: datetime) -> list[DueLine]:
    """Return what a person must finish soon or should have; two queries."""
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    done = Enrollment.objects.filter(person=person, completed_at__isnull=False)
    courses = (
        Course.objects.listed()
        .with_due_day(person)
        .filter(due_on__lte=today + timedelta(days=max(DAYS_BEFORE)))
        .exclude(pk__in=done.values("course"))
        .select_related("current_version")
        .order_by("due_on", "pk")
    )
    return [_line(course, today) for course in courses]


def _line(course: Any, today: date) -> DueLine:
    days = (course.due_on - today).days
    if days < 0:
        said = ngettext("lewat %(n)d hari", "lewat %(n)d hari", -days) % {"n": -days}
    elif days == 0:
        said = _("hari ini")
    else:
        said = ngettext("%(n)d hari lagi", "%(n)d hari lagi", days) % {"n": days}
    return DueLine(
        title=course.current_version.title,
        due_on=course.due_on,
        said=said,
        reason=course.due_reason or "",
        url=settings.PUBLIC_URL.rstrip("/") + course.get_absolute_url(),
    )


def _wants_copy(person: User) -> bool:
    orders = Assignment.objects.concerning(person)
    return bool(orders.filter(copies_superior=True).exists())


def _superior(person: User, now: datetime) -> User | None:
    """Return who leads the person's unit, or the nearest above it, and has an address.

    That is whoever holds the role *Atasan*. Where nobody on the way up does, it is
    whoever holds a structural jabatan: the unit tree knows no chief by name.
    """
    if person.unit is None or not person.unit.path:
        return None
    paths = ancestor_paths(person.unit.path)
    written = User.objects.filter(is_active=True, email__isnull=False)
    written = written.exclude(pk=person.pk)
    current = Q(role_assignments__ends_at__isnull=True) | Q(
        role_assignments__ends_at__gt=now
    )
    named = written.filter(
        current,
        role_assignments__role=Role.SUPERIOR,
        role_assignments__starts_at__lte=now,
        role_assignments__unit__path__in=paths,
    ).order_by("-role_assignments__unit__path", "pk")
    structural = written.filter(
        unit__path__in=paths, jabatan_kind__in=_STRUCTURAL
    ).order_by("-unit__path", "pk")
    superior: User | None = named.first() or structural.first()
    return superior


def _message(
    mail: ReminderMail, lines: Sequence[DueLine], superior: User | None
) -> EmailMessage:
    person = mail.person
    with timezone.override(ZoneInfo(person.time_zone)):
        body = render_to_string(
            "email/reminder.txt",
            {
                "name": person.full_name,
                "lines": lines,
                "product_name": settings.ELEARNING_PRODUCT_NAME,
                "url": settings.PUBLIC_URL.rstrip("/") + reverse("home"),
                "has_copy": superior is not None,
            },
        )
    subject = ngettext(
        "Pengingat: %(n)d kursus menunggu Anda",
        "Pengingat: %(n)d kursus menunggu Anda",
        len(lines),
    ) % {"n": len(lines)}
    return EmailMessage(
        subject=subject,
        body=body,
        to=[person.email] if person.email else [],
        cc=[superior.email] if superior and superior.email else [],
        # One name for one mail: a mailbox that gets it twice can tell.
        headers={"Message-ID": f"<pengingat-{mail.pk}@{_host()}>"},
    )


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _refused(mail: ReminderMail, code: int, now: datetime) -> None:
    """A server's answer from 500 on is for ever, one below it for now."""
    if code >= 500:
        problem = _("Server surel menolak (%(code)d).") % {"code": code}
        _end(mail, ReminderMail.State.FAILED, now, problem=problem)
    else:
        _wait(mail, now)


def _wait(mail: ReminderMail, now: datetime) -> None:
    pause = min(_PAUSE * 2 ** min(mail.tries, 10), _LONGEST_PAUSE)
    ReminderMail.objects.filter(pk=mail.pk).update(
        state=ReminderMail.State.PENDING,
        tries=mail.tries + 1,
        next_try_at=now + pause,
        problem=_("Server surel belum dapat dihubungi; dicoba lagi."),
    )


def _end(
    mail: ReminderMail,
    state: str,
    now: datetime,
    *,
    problem: str = "",
    copied_to: User | None = None,
) -> None:
    row = ReminderMail.objects.filter(pk=mail.pk)
    if state == ReminderMail.State.SENT:
        row.update(
            state=ReminderMail.State.SENT,
            ended_at=now,
            problem="",
            copied_to=copied_to,
        )
    elif state == ReminderMail.State.SKIPPED:
        row.update(state=ReminderMail.State.SKIPPED, ended_at=now, problem=problem)
    else:
        row.update(state=ReminderMail.State.FAILED, ended_at=now, problem=problem)
