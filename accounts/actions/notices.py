"""Telling people, once; and what they do with what they were told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from accounts.models import Notice, NoticeKind, SilencedKind, User
from lib.transactions import atomic_with_retry
from lib.written_once import append

# Old news is deleted once it was read.
KEPT_FOR = timedelta(days=365)
_AT_ONCE = 1_000


@dataclass(frozen=True)
class News:
    """What one person is told; `key` says it once for ever, `url` is a path here."""

    person_id: int
    kind: NoticeKind
    key: str
    text: str
    url: str
    is_mailed_apart: bool = False


def tell(news: News, *, now: datetime) -> None:
    """Tell a person something, as a part of the transaction it is called in.

    Saying it twice changes nothing. Locks nothing.
    """
    append(_row(news, now), ignoring_conflicts=True)


def tell_many(several: Iterable[News], *, now: datetime) -> None:
    """Tell many people, a thousand rows at a time; otherwise as `tell`."""
    rows = (_row(news, now) for news in several)
    while batch := list(islice(rows, _AT_ONCE)):
        Notice.objects.bulk_create(batch, ignore_conflicts=True)


def _row(news: News, now: datetime) -> Notice:
    return Notice(
        person_id=news.person_id,
        kind=news.kind,
        key=news.key,
        text=news.text,
        url=news.url,
        told_at=now,
        is_mailed_apart=news.is_mailed_apart,
    )


def read_told(*, person: User, notice_id: int | None, now: datetime) -> str:
    """Note that she has read a notice, or all without an id; return where it leads.

    "" where there is no such notice of hers. What was read stays read.
    """
    hers = Notice.objects.filter(person=person)
    if notice_id is not None:
        hers = hers.filter(pk=notice_id)
    hers.filter(read_at__isnull=True).update(read_at=now)
    return "" if notice_id is None else hers.values_list("url", flat=True).first() or ""


@atomic_with_retry
def silence_kinds(*, person: User, kinds: Collection[str]) -> None:
    """Silence exactly these kinds for her; the others count and are mailed again."""
    SilencedKind.objects.filter(person=person).exclude(kind__in=kinds).delete()
    SilencedKind.objects.bulk_create(
        (SilencedKind(person=person, kind=kind) for kind in sorted(kinds)),
        ignore_conflicts=True,
    )


def forget_old_notices(*, now: datetime) -> int:
    """Delete what was read and is a year old; return how much."""
    old = Notice.objects.filter(read_at__isnull=False, told_at__lt=now - KEPT_FOR)
    deleted, _by_model = old.delete()
    return deleted
