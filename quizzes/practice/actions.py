"""What a person does in Ulangan."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.exceptions import ResponseNotAccepted
from quizzes.models import (
    PracticeResponse,
    QuestionVersion,
    ReviewCard,
    ReviewPreference,
)
from quizzes.practice.answering import answer_practice

REST = timedelta(days=14)


@atomic_with_retry
def answer_review(
    *,
    card_id: int,
    fields: Mapping[str, Sequence[str]],
    token: UUID,
    by: User,
    now: datetime,
) -> PracticeResponse:
    """Append an answer to the question of a card, which schedules it anew.

    The same `token` twice gives the first answer. Raises ResponseNotAccepted for a
    blank or foreign answer, and for a question that was retired meanwhile.
    """
    card = ReviewCard.objects.get(pk=card_id)
    version = (
        QuestionVersion.objects.drawable().filter(question=card.question_id).first()
    )
    if version is None:
        raise ResponseNotAccepted(
            "question_retired",
            _("Soal ini sudah ditarik. Buka Ulangan untuk soal berikutnya."),
        )
    return answer_practice(
        version=version, person=by, fields=fields, token=token, now=now
    )


@atomic_with_retry
def set_review_preference(
    *, person: User, is_off: bool, rests: bool, now: datetime
) -> ReviewPreference:
    """Switch Ulangan on, off, or let it rest for two weeks from the person's today."""
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    preference, _is_new = ReviewPreference.objects.update_or_create(
        person=person,
        defaults={
            "is_off": is_off,
            "rests_until": today + REST if rests and not is_off else None,
            "changed_at": now,
        },
    )
    audit.record(
        "quizzes.review_preference.changed",
        preference,
        by=person,
        now=now,
        is_off=is_off,
        rests=rests,
    )
    return preference
