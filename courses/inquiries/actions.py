"""Asking the author, and what she does about it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.actions import News, tell
from accounts.actions.tallies import count_within, tally_key
from accounts.models import NoticeKind, User
from accounts.tries import Rate
from courses.exceptions import InquiryNotPossible
from courses.models import Course, Inquiry
from lib.indonesian import format_number
from lib.transactions import atomic_with_retry

MOST_A_DAY = 10
_RATE = Rate(MOST_A_DAY, timedelta(days=1))


@dataclass(frozen=True)
class InquirySubject:
    """A part of a lesson, or a question; the keys of the other are empty."""

    lesson_key: str = ""
    part_key: str = ""
    bank_key: str = ""
    question_key: str = ""


@dataclass(frozen=True)
class InquiryAnswer:
    """What the author says; others read it with `public_text` where `is_public`."""

    text: str
    is_public: bool = False
    public_text: str = ""


@atomic_with_retry
def send_inquiry(
    *,
    course: Course,
    about: InquirySubject,
    kind: str,
    text: str,
    key: UUID,
    by: User,
    now: datetime,
) -> Inquiry:
    """Keep what somebody asks or reports; the same `key` twice says it once.

    Raises InquiryNotPossible beyond `MOST_A_DAY`.
    """
    there: Inquiry | None = Inquiry.objects.filter(key=key, person=by).first()
    if there:
        return there
    if not count_within(tally_key("courses.inquiry", by.pk), _RATE, now=now):
        message = _(
            "Anda sudah mengirim %(most)s pertanyaan atau laporan dalam sehari. Simpan "
            "tulisan Anda, dan kirim besok."
        )
        raise InquiryNotPossible(
            "too_many", message % {"most": format_number(MOST_A_DAY)}
        )
    # A second press at the same moment found nothing above either.
    inquiry, _is_new = Inquiry.objects.get_or_create(
        key=key,
        person=by,
        defaults={
            "course": course,
            "kind": kind,
            "lesson_key": about.lesson_key,
            "part_key": about.part_key,
            "bank_key": about.bank_key,
            "question_key": about.question_key,
            "text": text,
            "asked_at": now,
            "changed_at": now,
        },
    )
    return inquiry


@atomic_with_retry
def answer_inquiry(
    *,
    inquiry_id: int,
    answer: InquiryAnswer,
    seen: datetime,
    by: User,
    now: datetime,
) -> Inquiry:
    """Answer, or answer better; whoever asked is told of every other wording once.

    `seen` is when what the author saw was changed last. Raises InquiryNotPossible
    where a colleague did something meanwhile.
    """
    inquiry = _lock(inquiry_id, seen=seen, to=Inquiry.State.ANSWERED, text=answer.text)
    inquiry.state = Inquiry.State.ANSWERED
    inquiry.answer = answer.text
    inquiry.is_public = answer.is_public
    inquiry.public_text = answer.public_text if answer.is_public else ""
    _store(inquiry, by, now)
    if inquiry.person_id:
        _tell(inquiry, now)
    audit.record(
        "courses.inquiry.answered",
        inquiry,
        by=by,
        now=now,
        is_public=answer.is_public,
    )
    return inquiry


@atomic_with_retry
def close_inquiry(
    *, inquiry_id: int, seen: datetime, by: User, now: datetime
) -> Inquiry:
    """Put an inquiry aside; an answer stays where it is read. Raises as answering."""
    inquiry = _lock(inquiry_id, seen=seen, to=Inquiry.State.CLOSED, text=None)
    if inquiry.state == Inquiry.State.CLOSED:
        return inquiry
    inquiry.state = Inquiry.State.CLOSED
    _store(inquiry, by, now)
    audit.record("courses.inquiry.closed", inquiry, by=by, now=now)
    return inquiry


def _lock(inquiry_id: int, *, seen: datetime, to: str, text: str | None) -> Inquiry:
    rows = Inquiry.objects.select_for_update(no_key=True)
    inquiry: Inquiry = rows.get(pk=inquiry_id)
    is_done = inquiry.state == to and text in (None, inquiry.answer)
    if inquiry.changed_at != seen and not is_done:
        raise InquiryNotPossible(
            "changed",
            _(
                "Rekan Anda sudah menangani ini sejak Anda membukanya. Baca dulu yang "
                "tertulis sekarang, lalu kirim lagi bila masih perlu."
            ),
        )
    return inquiry


def _store(inquiry: Inquiry, by: User, now: datetime) -> None:
    inquiry.handled_by = by
    inquiry.changed_at = now
    inquiry.save(
        update_fields=[
            *("state", "answer", "is_public", "public_text"),
            *("handled_by", "changed_at"),
        ]
    )


def _tell(inquiry: Inquiry, now: datetime) -> None:
    version = inquiry.course.current_version
    title = version.title if version else inquiry.course.code
    said = hashlib.sha256(inquiry.answer.encode()).hexdigest()[:16]
    tell(
        News(
            person_id=inquiry.person_id or 0,
            kind=NoticeKind.ANSWER,
            key=f"inquiry:{inquiry.pk}:{said}",
            text=_("Penyusun “%(title)s” menjawab Anda.") % {"title": title[:200]},
            url=f"{reverse('inquiry_list')}#{inquiry.key}",
        ),
        now=now,
    )
