"""JP earned in a year against the target of a person's status."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from courses.jp_years import JpYear, jp_year
from courses.models import Enrollment, JpEntry
from lib.written_once import written_once


@dataclass(frozen=True)
class JpStatus:
    """JP of one year. `is_cap`: the target is the most that counts (PPPK)."""

    earned: int
    target: int
    label: str
    sentence: str
    is_cap: bool
    added: int = 0


def target_of(person: User) -> tuple[int, bool]:
    """Return (JP, whether it is a cap) for the person's employment status.

    Sources of the figures stand at ELEARNING_JP_TARGETS; people without a status are
    measured like PNS.
    """
    default = settings.ELEARNING_JP_TARGETS["PNS"]
    target, kind = settings.ELEARNING_JP_TARGETS.get(person.employment_status, default)
    return target, kind == "maximum"


def credited_jp(enrollment: Enrollment) -> int:
    """Return the JP that this enrolment brings or has brought the person.

    A course gives its JP once per person, whatever cycle she finishes first (DOMAIN
    §3.2); what she takes again brings 0.
    """
    granted: JpEntry | None = getattr(enrollment, "jp_entry", None)
    if granted is not None:
        return granted.jp
    if enrollment.completed_at is not None:
        return 0
    elsewhere = JpEntry.objects.filter(
        person=enrollment.person_id, enrollment__course=enrollment.course_id
    )
    return 0 if elsewhere.exists() else enrollment.version.jp


def agreement_since(person: User) -> date | None:
    """Return since when her agreement's years are counted; None: calendar years are."""
    counted = settings.ELEARNING_JP_AGREEMENT_YEARS
    if person.employment_status not in counted:
        return None
    return person.status_starts_on


def year_of(person: User, on: date) -> JpYear:
    """Return the year in which the JP of a day count for her."""
    return jp_year(on, agreement_since=agreement_since(person))


def jp_sum(person_id: int, first: date, last: date) -> Subquery:
    """Return the JP in the ledger between two days, for a statement about people.

    NULL without any.
    """
    hers = _entries_in(person_id, first, last).order_by()
    return Subquery(hers.values("person").annotate(sum=Sum("jp")).values("sum"))


def earned_jp(person: User, year: JpYear) -> int:
    """Return the JP in the ledger for a year."""
    total = _entries_in(person.pk, year.first, year.last).aggregate(sum=Sum("jp"))
    return total["sum"] or 0


def _entries_in(person_id: int, first: date, last: date) -> "QuerySet[JpEntry]":
    return JpEntry.objects.filter(
        person=person_id, earned_on__gte=first, earned_on__lte=last
    )


def jp_after(enrollment: Enrollment, *, on: date) -> JpStatus | None:
    """Return where somebody stands by what a course brought her; one query.

    None where the course has brought her nothing, or not yet.
    """
    year = year_of(enrollment.person, on)
    entries = _entries(enrollment.person_id, enrollment.pk, year.first, year.last)
    mine = next((row for row in entries if row.enrollment_id == enrollment.pk), None)
    if mine is None:
        return None
    earned = sum(row.jp for row in entries if row.earned_on in year)
    return jp_status(enrollment.person, on=on, added=mine.jp, earned=earned)


@written_once
def _entries(
    person_id: int, enrollment_id: int, first: date, last: date
) -> "QuerySet[JpEntry]":
    asked = Q(earned_on__gte=first, earned_on__lte=last) | Q(enrollment=enrollment_id)
    return JpEntry.objects.filter(asked, person=person_id)


def jp_status(
    person: User, *, on: date, added: int = 0, earned: int | None = None
) -> JpStatus:
    """Return where the person stands in the year of `on`, a day where she is.

    `earned` is what the ledger says, where it was asked already.
    """
    if earned is None:
        earned = earned_jp(person, year_of(person, on))
    target, is_cap = target_of(person)
    words = {"earned": earned, "target": target, "left": target - earned}
    if is_cap:
        label = _("%(earned)d dari paling banyak %(target)d JP") % words
    else:
        label = _("%(earned)d dari %(target)d JP") % words
    if earned >= target and is_cap:
        sentence = _("JP tahun ini sudah penuh. Anda tetap boleh belajar.")
    elif earned >= target:
        sentence = _("Target tahun ini sudah tercapai.")
    elif is_cap:
        sentence = _("Masih ada ruang %(left)d JP.") % words
    else:
        sentence = _("Tinggal %(left)d JP, dan Anda masih punya waktu.") % words
    return JpStatus(earned, target, label, sentence, is_cap, added)
