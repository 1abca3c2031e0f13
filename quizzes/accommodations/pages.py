"""What HR's pages about more time and more attempts (kelonggaran) show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.nip import normalise_nip
from lib.indonesian import format_number
from quizzes.models import Accommodation, Quiz

GRANT = "quizzes.grant_accommodation"
PER_PAGE, MOST_FOUND = 50, 20
SEARCH_KEY = "quizzes.accommodations.words"


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who may be given something."""

    key: UUID
    name: str
    unit: str


@dataclass(frozen=True)
class AccommodationRow:
    """What somebody was given; `is_over` once it was revoked."""

    token: UUID
    person_key: UUID
    name: str
    unit: str
    where: str
    what: str
    reason: str
    granted_by: str
    granted_at: datetime
    is_over: bool
    ended_because: str


def find_people(user: User, words: str) -> list[FoundPerson]:
    """Return people of the user's units by name or NIP, at most twenty.

    Digits are a NIP or a part of it; a whole one must match exactly.
    """
    if not words:
        return []
    people = User.objects.visible_to(user, GRANT).active().exclude(pk=user.pk)
    number = normalise_nip(words)
    found = people.numbered(number) if number.isdigit() else people.named(words)
    rows = found.select_related("unit").by_name()
    return [
        FoundPerson(row.key, row.full_name, row.unit.name if row.unit else "")
        for row in rows[:MOST_FOUND]
    ]


def accommodation_rows(user: User, *, page: str | None) -> "Page[Any]":
    """Return a page of what people of the user's units were given, latest first."""
    rows = _with_names(Accommodation.objects.visible_to(user, GRANT))
    found = Paginator(rows, PER_PAGE).get_page(page)
    found.object_list = _rows(list(found.object_list))
    return found


def rows_of(person: User) -> list[AccommodationRow]:
    """Return everything one person was given, latest first."""
    return _rows(list(_with_names(Accommodation.objects.filter(person=person))))


def _with_names(rows: Any) -> Any:
    return rows.select_related(
        "person__unit", "course__current_version", "granted_by", "revocation"
    )


def _rows(rows: Sequence[Accommodation]) -> list[AccommodationRow]:
    titles = _quiz_titles({row.course_id for row in rows if row.quiz_key})
    return [_row(row, titles) for row in rows]


def _row(row: Any, titles: dict[tuple[int, str], str]) -> AccommodationRow:
    revocation = getattr(row, "revocation", None)
    return AccommodationRow(
        token=row.token,
        person_key=row.person.key,
        name=row.person.full_name,
        unit=row.person.unit.name if row.person.unit else "",
        where=_where(row, titles),
        what=amount_text(row),
        reason=row.reason,
        granted_by=row.granted_by.full_name if row.granted_by else "",
        granted_at=row.granted_at,
        is_over=revocation is not None,
        ended_because=revocation.reason if revocation else "",
    )


def _where(row: Any, titles: dict[tuple[int, str], str]) -> str:
    if row.course is None:
        return _("Semua kuis")
    course = row.course.current_version.title if row.course.current_version else ""
    if not row.quiz_key:
        return _("Semua kuis di %(course)s") % {"course": course}
    title = titles.get((row.course_id, row.quiz_key), row.quiz_key)
    return f"{title}, {course}"


def amount_text(row: Accommodation) -> str:
    """Return what was given in words: "tambahan 10 menit dan 1 kesempatan"."""
    parts = []
    if row.extra_seconds:
        minutes = format_number(row.extra_seconds // 60)
        parts.append(_("%(count)s menit") % {"count": minutes})
    if row.extra_percent:
        share = format_number(row.extra_percent)
        parts.append(_("%(count)s%% waktu") % {"count": share})
    if row.extra_attempts:
        count = format_number(row.extra_attempts)
        parts.append(_("%(count)s kesempatan") % {"count": count})
    return _("Tambahan %(what)s") % {"what": _(" dan ").join(parts)}


def offered_quizzes() -> list[Quiz]:
    """Return the quizzes of all courses that can be taken, by course."""
    return list(
        Quiz.objects.filter(
            grade_item__version=F("grade_item__version__course__current_version"),
            grade_item__version__course__is_archived=False,
        )
        .select_related("grade_item__version__course")
        .order_by("grade_item__version__course", "pk")
    )


def _quiz_titles(course_ids: set[int | None]) -> dict[tuple[int, str], str]:
    rows = Quiz.objects.filter(
        grade_item__version=F("grade_item__version__course__current_version"),
        grade_item__version__course__in=course_ids,
    ).values_list("grade_item__version__course", "key", "title")
    return {(course_id, key): title for course_id, key, title in rows}
