"""What the list of notices shows."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.models import Notice, NoticeKind, SilencedKind, User

NOTICES_PER_PAGE = 20


@dataclass(frozen=True)
class NoticePage:
    """A page of her notices, the newest first; `unread` of all pages."""

    rows: list[Notice]
    paginator: Page[Any]
    has_unread: bool


def notice_page(user: User, *, number: str | None) -> NoticePage:
    """Return a page of everything she was told."""
    hers = Notice.objects.filter(person=user)
    page = Paginator(hers, NOTICES_PER_PAGE).get_page(number)
    return NoticePage(
        rows=list(page.object_list),
        paginator=page,
        has_unread=hers.filter(read_at__isnull=True).exists(),
    )


def wanted_kinds(user: User) -> list[str]:
    """Return the kinds that she has not silenced."""
    silenced = SilencedKind.objects.filter(person=user)
    quiet = set(silenced.values_list("kind", flat=True))
    return [kind for kind in NoticeKind.values if kind not in quiet]
