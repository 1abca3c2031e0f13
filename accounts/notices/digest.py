"""The mail of the day: what was told and not read, in the morning where she is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import jobs
from accounts.models import DailyMail, Notice, User
from accounts.models.unit import IndonesianZone
from accounts.notices.counting import unread
from lib.queueing import EVERY_HOUR

# A mail comes in these hours of her clock; a day whose morning was missed has none.
FIRST_HOUR, LAST_HOUR = 6, 10
# What is older was seen elsewhere, or never will be.
LONGEST = timedelta(days=7)
MOST_LINES = 20


def ask_for_daily_mails(*, now: datetime) -> int:
    """Send a message for everybody whose morning it is and who was told something."""
    ids = sorted(
        pk
        for zone in IndonesianZone.values
        if _is_morning(zone, now)
        for pk in _waiting_in(zone, now).values_list("pk", flat=True)
    )
    for pk in ids:
        jobs.SEND_DAILY_MAIL.send(expires=EVERY_HOUR, person_id=pk)
    return len(ids)


def _is_morning(zone: str, now: datetime) -> bool:
    return FIRST_HOUR <= now.astimezone(ZoneInfo(zone)).hour <= LAST_HOUR


def _waiting_in(zone: str, now: datetime) -> "QuerySet[User]":
    """Return people of a zone whom something waits for and who had no mail today."""
    today = now.astimezone(ZoneInfo(zone)).date()
    had = DailyMail.objects.filter(person=OuterRef("pk"), day=today)
    news = _to_mail(now).filter(person=OuterRef("pk"))
    reachable = User.objects.filter(
        time_zone=zone, is_active=True, email__isnull=False
    ).exclude(email="")
    return reachable.filter(Exists(news)).exclude(Exists(had))


def _to_mail(now: datetime) -> "QuerySet[Notice]":
    """Return what is new since the last mail, not read and not told by another mail."""
    later = DailyMail.objects.filter(
        person=OuterRef("person"), sent_at__gte=OuterRef("told_at")
    )
    return (
        unread()
        .filter(is_mailed_apart=False)
        .filter(Q(told_at__gt=now - LONGEST, told_at__lte=now))
        .exclude(Exists(later))
    )


def send_daily_mail(*, person_id: int, now: datetime) -> bool:
    """Send her mail of the day; True when it went out now.

    The row comes first: a mail may be lost, but is never sent twice. Nothing new is no
    mail, and so is no morning.
    """
    person = User.objects.filter(pk=person_id).first()
    if person is None or not person.email or not person.is_active:
        return False
    if not _is_morning(person.time_zone, now):
        return False
    rows = list(_to_mail(now).filter(person=person)[: MOST_LINES + 1])
    if not rows or not _is_first_today(person, now):
        return False
    return _send(person, rows)


def _is_first_today(person: User, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    with transaction.atomic():
        _row, is_new = DailyMail.objects.get_or_create(
            person=person, day=today, defaults={"sent_at": now}
        )
    return is_new


def _send(person: User, rows: list[Notice]) -> bool:
    site = settings.PUBLIC_URL.rstrip("/")
    context = {
        "name": person.full_name,
        "rows": [(row.text, f"{site}{row.url}") for row in rows[:MOST_LINES]],
        "has_more": len(rows) > MOST_LINES,
        "list_url": site + reverse("notice_list"),
        "settings_url": site + reverse("notice_settings"),
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    message = EmailMessage(
        subject=_("Kabar belajar Anda hari ini"),
        body=render_to_string("email/daily_notices.txt", context),
        to=[str(person.email)],
    )
    return message.send() == 1
