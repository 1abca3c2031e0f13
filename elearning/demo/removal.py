"""Taking the invented people out again: all that is theirs, and nothing else.

What belongs to them follows from the tables (`FOLLOWS`), however it came about: also
certificates and reminders that the site made later. Whatever else refers to them is
somebody's who came to depend on them, and then nothing is removed. The audit trail
stays whole; it names people by numbers only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts import audit
from accounts.models import UnitMembership
from certificates.demo import discard_files, forget_certificates
from courses.actions import refresh_rollup
from courses.models import Enrollment, UnitCourseRollup
from elearning.demo.agency import REMOVED, remembered
from lib.indonesian import format_number
from lib.transactions import atomic_with_retry
from quizzes.demo.answers import analyse_again

_AT_ONCE = 500
PEOPLE, UNITS, ORDERS = "accounts.User", "accounts.Unit", "courses.Assignment"
# What goes with a row that one of these columns names. Everything else that names one
# stands in the way: a table that is not here is nobody's oversight, it is a refusal.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "accounts.UnitPlacement": ("unit",),
    "accounts.UnitStanding": ("unit",),
    "accounts.UnitRecount": ("person", "unit"),
    "accounts.UnitMembership": ("person",),
    "accounts.PersonIdentifier": ("person",),
    "accounts.NumberCorrection": ("identifier",),
    "accounts.PersonDetail": ("person",),
    "accounts.PeopleDraft": ("owner",),
    "accounts.RoleAssignment": ("person",),
    "accounts.KnownSession": ("person",),
    "accounts.Notice": ("person",),
    "accounts.SilencedKind": ("person",),
    "accounts.DailyMail": ("person",),
    "account.EmailAddress": ("user",),
    "account.EmailConfirmation": ("email_address",),
    "mfa.Authenticator": ("user",),
    "socialaccount.SocialAccount": ("user",),
    "socialaccount.SocialToken": ("account",),
    ORDERS: ("unit", "replaces"),
    "courses.OrderPerson": ("person", "order"),
    "courses.DeadlineExtension": ("person", "unit", "order"),
    "courses.Outage": ("unit",),
    "courses.Reminder": ("person", "order"),
    "courses.ReminderMail": ("person",),
    "courses.CalendarFeed": ("person",),
    "courses.CalendarEntry": ("person",),
    "courses.PartNote": ("person",),
    "courses.UnitCourseRollup": ("unit",),
    "courses.Enrollment": ("person",),
    "courses.LessonCompletion": ("enrollment",),
    "courses.ReadingPlace": ("enrollment",),
    "courses.NewPartReading": ("enrollment",),
    "courses.GradeEntry": ("enrollment",),
    "courses.CourseGrade": ("enrollment",),
    "courses.ActionPlan": ("enrollment",),
    "courses.JpEntry": ("person",),
    "quizzes.Accommodation": ("person",),
    "quizzes.AccommodationRevocation": ("accommodation",),
    "quizzes.Attempt": ("person",),
    "quizzes.AttemptItem": ("attempt",),
    "quizzes.AttemptVisit": ("attempt",),
    "quizzes.ResponseSave": ("attempt",),
    "quizzes.LateAcceptance": ("late_save",),
    "quizzes.RepairOutcome": ("attempt",),
    "quizzes.RepairNotice": ("person",),
    "quizzes.PracticeResponse": ("person",),
    "quizzes.ReviewCard": ("person",),
    "quizzes.ReviewMiss": ("person",),
    "quizzes.ReviewPreference": ("person",),
    "quizzes.ColumnChoice": ("person",),
    "quizzes.FollowUp": ("person",),
    "quizzes.FollowUpItem": ("follow_up",),
    "certificates.Certificate": ("person",),
    "certificates.CertificateFile": ("certificate",),
    "certificates.CertificateMail": ("certificate",),
    "certificates.CertificateWork": ("enrollment",),
    "certificates.Revocation": ("certificate",),
    "certificates.Correction": ("certificate",),
    "certificates.OutsideCertificate": ("person",),
    "certificates.OutsideDecision": ("outside",),
    "certificates.OutsideNotice": ("decision",),
    "reports.SavedView": ("owner",),
    "reports.ViewSubscriber": ("person",),
}
# What stands in the way most likely, and the way out.
_REASONS = {
    "accounts.User.unit": _lazy(
        "%(n)s pegawai Anda berada di unit contoh. Pindahkan ke unit lain."
    ),
    "accounts.UnitMembership.unit": _lazy(
        "Riwayat %(n)s perpindahan pegawai Anda menyebut unit contoh, dan riwayat "
        "tidak dihapus. Ganti saja nama unitnya."
    ),
    "accounts.RoleAssignment.unit": _lazy(
        "%(n)s peran diberikan pada unit contoh. Berikan pada unit lain."
    ),
    "accounts.Unit.parent": _lazy(
        "%(n)s unit Anda berada di bawah unit contoh. Pindahkan ke unit induk lain."
    ),
    "reports.SiasnItem": _lazy(
        "%(n)s kursus pegawai contoh tercatat sudah diserahkan untuk SIASN."
    ),
}
# Numbers of rows by table.
Rows = dict[str, set[int]]


class DemoInUse(Exception):
    """Somebody depends on the demo; `reasons` say what for, and the way out."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Removal:
    """What goes: numbers of rows by table."""

    rows: Rows

    def count(self, table: str) -> int:
        """Return how many rows of a table go."""
        return len(self.rows.get(table, ()))

    @property
    def total(self) -> int:
        """Return how many rows go in all."""
        return sum(len(ids) for ids in self.rows.values())


def plan_removal() -> Removal | None:
    """Return what would be removed; None where there are no invented people.

    Raises DemoInUse where something else depends on them.
    """
    said = remembered()
    if not said:
        return None
    rows: Rows = defaultdict(set)
    rows[PEOPLE] = _there(PEOPLE, said["people"])
    rows[UNITS] = _there(UNITS, said["units"])
    rows[ORDERS] = _there(ORDERS, said["orders"])
    _follow(rows)
    if reasons := list(_in_the_way(rows)):
        raise DemoInUse(reasons)
    return Removal({table: ids for table, ids in rows.items() if ids})


def remove_demo(*, now: datetime) -> Removal | None:
    """Remove the invented people and what is theirs; None where there is nothing.

    What is derived from them is derived anew: counts of units, item analysis, the last
    number of certificates. Twice is once. Raises DemoInUse.
    """
    removal, paths = _remove(now)
    discard_files(paths)
    return removal


@atomic_with_retry
def _remove(now: datetime) -> tuple[Removal | None, list[str]]:
    """Remove the rows; return what went, and the files that nothing names any more."""
    removal = plan_removal()
    if removal is None:
        return None, []
    counted = _counted_pairs(removal.rows)
    certificates = removal.rows.get("certificates.Certificate", set())
    with forget_certificates(certificates) as paths:
        for table, ids in removal.rows.items():
            for batch in _batches(ids):
                manager = apps.get_model(table)._base_manager
                # Facts are never deleted one by one; these were never anybody's.
                manager.filter(pk__in=batch)._raw_delete(manager.db)
    _count_again(counted)
    analyse_again({course_id for _unit, course_id in counted}, now=now)
    audit.record(REMOVED, None, by=None, now=now, rows=removal.total)
    return removal, paths


def _follow(rows: Rows) -> None:
    """Add what goes with these rows, until nothing more does."""
    wave: Rows = {table: set(ids) for table, ids in rows.items()}
    while wave:
        found: Rows = defaultdict(set)
        for table, columns in FOLLOWS.items():
            model = apps.get_model(table)
            for column in columns:
                ids = wave.get(_target(model, column))
                if ids:
                    found[table] |= _naming(model, column, ids) - rows[table]
        wave = {table: ids for table, ids in found.items() if ids}
        for table, ids in wave.items():
            rows[table] |= ids


def _in_the_way(rows: Rows) -> Iterator[str]:
    """Say what stays and names what goes: what it is, how many, what to do."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.ForeignKey):
                continue
            ids = rows.get(_target(model, field.name))
            if not ids:
                continue
            staying = _naming(model, field.name, ids) - rows[model._meta.label]
            if staying:
                yield _reason(model, field.name, len(staying))


def _reason(model: type[models.Model], column: str, count: int) -> str:
    place = f"{model._meta.label}.{column}"
    said = _REASONS.get(place) or _REASONS.get(model._meta.label)
    if said is not None:
        return str(said) % {"n": format_number(count)}
    return _("%(n)s baris %(table)s menyebut data contoh (%(column)s).") % {
        "n": format_number(count),
        "table": model._meta.label,
        "column": column,
    }


def _target(model: type[models.Model], column: str) -> str:
    related: Any = model._meta.get_field(column).related_model
    label: str = related._meta.label
    return label


def _naming(model: type[models.Model], column: str, ids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for batch in _batches(ids):
        rows = model._base_manager.filter(Q(**{f"{column}__in": batch}))
        found.update(rows.values_list("pk", flat=True))
    return found


def _there(table: str, ids: Iterable[int]) -> set[int]:
    model = apps.get_model(table)
    return set(
        model._base_manager.filter(pk__in=list(ids)).values_list("pk", flat=True)
    )


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _counted_pairs(rows: Rows) -> set[tuple[int, int]]:
    """Return the units and courses that these people were counted in."""
    places = Enrollment.objects.filter(person__in=rows[PEOPLE])
    courses = dict[int, set[int]]()
    for person_id, course_id in places.values_list("person", "course"):
        courses.setdefault(person_id, set()).add(course_id)
    memberships = UnitMembership.objects.filter(person__in=rows[PEOPLE])
    return {
        (unit_id, course_id)
        for person_id, unit_id in memberships.values_list("person", "unit")
        for course_id in courses.get(person_id, ())
    }


def _count_again(pairs: Iterable[tuple[int, int]]) -> None:
    """Count the units that stay anew; a count of nobody goes."""
    for unit_id, course_id in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        kept = UnitCourseRollup.objects.filter(unit=unit_id, course=course_id)
        if kept.exists():
            rollup = refresh_rollup(unit_id=unit_id, course_id=course_id)
            if not (rollup.enrolled or rollup.completed):
                kept.delete()
