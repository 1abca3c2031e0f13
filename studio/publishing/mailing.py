"""Mails to authors and reviewers, each at most once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import AuthorMail, PlannedPublication


def mail_once(
    *,
    key: str,
    person: User,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Send the mail called `key`; True when it went out now.

    The row comes first: a mail may be lost, but never sent twice. Whoever has no
    address, or has left, is not written to.
    """
    if not person.email or not person.is_active:
        return False
    with transaction.atomic():
        _row, is_new = AuthorMail.objects.get_or_create(
            key=key, defaults={"person": person, "sent_at": now}
        )
    if not is_new:
        return False
    said = {
        **context,
        "name": person.full_name,
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    body = render_to_string(template, said)
    return EmailMessage(subject=subject, body=body, to=[person.email]).send() == 1


def site_address(name: str, *arguments: Any) -> str:
    """Return the whole address of a page, for a mail."""
    address: str = settings.PUBLIC_URL.rstrip("/")
    return address + reverse(name, args=arguments)


def tell_of_planned(*, planned_id: int, now: datetime) -> bool:
    """Tell an author what became of her planned publication; True when a mail went out.

    Nothing about what waits, what somebody cancelled, or what went with its draft.
    """
    rows = PlannedPublication.objects.select_related("course", "version", "planned_by")
    planned = rows.filter(pk=planned_id).first()
    told = {PlannedPublication.State.PUBLISHED, PlannedPublication.State.STOPPED}
    if planned is None or planned.state not in told:
        return False
    is_published = planned.state == PlannedPublication.State.PUBLISHED
    subject = _("Terbit: %(title)s") if is_published else _("Belum terbit: %(title)s")
    with timezone.override(ZoneInfo(planned.planned_by.time_zone)):
        return mail_once(
            key=f"planned:{planned.pk}",
            person=planned.planned_by,
            subject=subject % {"title": planned.version.title},
            template="email/planned_publication.txt",
            context={
                "title": planned.version.title,
                "number": planned.version.number,
                "at": planned.ended_at,
                "problem": planned.problem,
                "url": site_address("studio:course_outline", planned.course.key),
            },
            now=now,
        )
