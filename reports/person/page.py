"""Everything about one person's learning, for whoever looks after her."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PERSON, can, get_for
from accounts.by_hand.agency_link import agency_link_of
from accounts.by_hand.roles_page import HeldRole, held_roles
from accounts.models import PersonIdentifier, UnitMembership, User
from accounts.models.person import IdentityKind
from accounts.people_import.stored import CAPABILITY as CHANGE
from accounts.role_rules import MANAGE_ROLES
from certificates.selectors import IssuedCertificate, certificates_of
from courses.jp import JpStatus, jp_status
from courses.models import Course, Enrollment, JpEntry
from reports.units.reach import CAPABILITY


@dataclass(frozen=True)
class CarriedNumber:
    """A number that she carries, carried, or that was a slip."""

    value: str
    kind: str
    starts_on: date
    is_wrong: bool


@dataclass(frozen=True)
class Stay:
    """A unit that she belonged to; up to `ends_on`, which is the next one's start."""

    unit: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class PersonCourse:
    """A course that she takes, took, or was ordered to take."""

    key: str
    title: str
    state: str
    state_tone: str
    progress: int
    percent: Any
    due_on: date | None
    completed_on: date | None
    is_begun: bool


@dataclass(frozen=True)
class EarnedJp:
    """An entry of the ledger."""

    title: str
    jp: int
    earned_on: date


@dataclass(frozen=True)
class PersonPage:
    """One person. `jp_years` are the sums of the years before, latest first."""

    person: User
    numbers: Sequence[CarriedNumber]
    stays: Sequence[Stay]
    courses: Sequence[PersonCourse]
    jp: JpStatus
    entries: Sequence[EarnedJp]
    jp_years: Sequence[tuple[int, int]]
    certificates: Sequence[IssuedCertificate]
    roles: Sequence[HeldRole]
    may_change: bool
    may_invite: bool
    may_give_roles: bool
    may_unlink: bool
    is_oneself: bool


def get_person_for(user: Any, key: UUID) -> User:
    """Return a person of the user's units, or answer 404."""
    people = User.objects.select_related("unit")
    found: User = get_for(people, user, CAPABILITY, PERSON, key=key)
    return found


def person_page(user: User, key: UUID, *, now: datetime) -> PersonPage:
    """Return the page; the number of queries does not grow with what she has done."""
    person = get_person_for(user, key)
    today = timezone.localdate(now)
    entries = _entries(person)
    years: dict[int, int] = defaultdict(int)
    for row in entries:
        years[row.year] += row.jp
    may_change = can(user, CHANGE, person, PERSON)
    may_sign_in = bool(person.email) and person.is_active
    return PersonPage(
        person=person,
        numbers=_numbers(person),
        stays=_stays(person),
        courses=_courses(person, today),
        jp=jp_status(person, on=today, earned=years.get(today.year, 0)),
        entries=[_entry(row) for row in entries if row.year == today.year],
        jp_years=[one for one in sorted(years.items())[::-1] if one[0] != today.year],
        certificates=certificates_of(person),
        roles=held_roles(user, person, now=now),
        may_change=may_change,
        may_invite=may_change and may_sign_in and not person.has_usable_password(),
        may_give_roles=can(user, MANAGE_ROLES, person, PERSON),
        may_unlink=may_change and agency_link_of(person) is not None,
        is_oneself=person.pk == user.pk,
    )


def _entries(person: User) -> list[Any]:
    rows = JpEntry.objects.filter(person=person).select_related("version")
    return list(rows.order_by("-earned_on", "-pk"))


def _entry(row: Any) -> EarnedJp:
    title = row.version.title if row.version else row.title
    return EarnedJp(title=title, jp=row.jp, earned_on=row.earned_on)


def _numbers(person: User) -> list[CarriedNumber]:
    rows = PersonIdentifier.objects.filter(person=person).select_related("correction")
    return [
        CarriedNumber(
            value=row.value,
            kind=str(IdentityKind(row.kind).label),
            starts_on=row.starts_on,
            is_wrong=getattr(row, "correction", None) is not None,
        )
        for row in rows.order_by("-starts_on", "-pk")
    ]


def _stays(person: User) -> list[Stay]:
    """Return where she belonged, latest first; of one day what was said last holds."""
    rows = UnitMembership.objects.filter(person=person).select_related("unit")
    held: dict[date, str] = {}
    for row in rows.order_by("starts_on", "recorded_at", "pk"):
        held[row.starts_on] = row.unit.name
    stays: list[Stay] = []
    ends_on = None
    for starts_on, unit in reversed(held.items()):
        stays.append(Stay(unit, starts_on, ends_on))
        ends_on = starts_on
    return stays


def _courses(person: User, today: date) -> list[PersonCourse]:
    """Return what she takes or was ordered to take: what is late comes first."""
    enrollments = (
        Enrollment.objects.active()
        .filter(person=person)
        .select_related("version", "completed_version")
        .order_by("cycle")
    )
    latest = {row.course_id: row for row in enrollments}
    done = {row.course_id for row in enrollments if row.completed_at}
    courses = Course.objects.with_due_day(person).select_related("current_version")
    found = courses.filter(Q(pk__in=list(latest)) | Q(due_on__isnull=False))
    rows = [
        _course(course, latest.get(course.pk), is_done=course.pk in done, today=today)
        for course in found
    ]
    return sorted(rows, key=lambda row: (row.state_tone != "bata", row.title))


def _course(
    course: Any, enrollment: Any, *, is_done: bool, today: date
) -> PersonCourse:
    version = course.current_version
    if enrollment is not None:
        version = enrollment.completed_version or enrollment.version
    completed_at = enrollment.completed_at if enrollment else None
    due_on = course.due_on
    is_late = due_on is not None and due_on < today and not is_done
    if completed_at:
        state, tone = _("Selesai"), "daun"
    elif is_late:
        state, tone = _("Terlambat"), "bata"
    elif enrollment:
        state, tone = _("Sedang dipelajari"), "laut"
    else:
        state, tone = _("Belum dimulai"), ""
    return PersonCourse(
        key=course.key,
        title=version.title if version else course.code,
        state=state,
        state_tone=tone,
        progress=enrollment.progress if enrollment else 0,
        percent=enrollment.final_percent if enrollment else None,
        due_on=due_on,
        completed_on=timezone.localdate(completed_at) if completed_at else None,
        is_begun=enrollment is not None,
    )
