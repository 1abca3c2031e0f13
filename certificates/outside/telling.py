"""Telling somebody what became of what she handed in: once at most, by mail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from certificates import jobs
from certificates.models import OutsideDecision, OutsideNotice
from lib.queueing import EVERY_MINUTE

MOST_ASKED = 500


def tell_decision(*, decision_id: int, now: datetime) -> bool:
    """Mail what was decided; True when a mail went out.

    That she was told is written first: a mail may be lost, and is never sent twice.
    Whoever has no address or may not sign in is not told.
    """
    decision = OutsideDecision.objects.select_related("outside__person").get(
        pk=decision_id
    )
    person = decision.outside.person
    is_mailed = bool(person.email and person.is_active)
    with transaction.atomic():
        _row, is_new = OutsideNotice.objects.get_or_create(
            decision=decision, defaults={"told_at": now, "is_mailed": is_mailed}
        )
    if not (is_new and is_mailed):
        return False
    context = {
        "name": person.full_name,
        "title": decision.outside.title,
        "verdict": decision.verdict,
        "jp": decision.jp,
        "reason": decision.reason,
        "takes_back": decision.outside.decisions.filter(
            round=decision.round - 1, jp__isnull=False
        ).exists(),
        "product_name": settings.ELEARNING_PRODUCT_NAME,
    }
    message = EmailMessage(
        subject=_("Sertifikat luar: %(title)s") % {"title": decision.outside.title},
        body=render_to_string("email/outside_decided.txt", context),
        to=[person.email],
    )
    return message.send() == 1


def ask_for_untold() -> int:
    """Send a message for every decision that nobody was told of; return how many."""
    untold = OutsideDecision.objects.filter(notice__isnull=True).exclude(
        verdict=OutsideDecision.Verdict.WITHDRAWN
    )
    ids = list(untold.order_by("pk").values_list("pk", flat=True)[:MOST_ASKED])
    for pk in ids:
        jobs.TELL_OUTSIDE_DECISION.send(expires=EVERY_MINUTE, decision_id=pk)
    return len(ids)
