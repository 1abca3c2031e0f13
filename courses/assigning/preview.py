"""What HR is told before an order is saved: whom it means, and the exceptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.actions.orders import OrderContent, OrderTarget
from courses.assigning.people import everybody_of, people_of
from courses.assigning.rules import target_key
from courses.assigning.workdays import SATURDAY, holidays_between, working_days
from courses.models import Assignment, Enrollment, JpEntry, Outage
from lib.indonesian import format_date
from lib.paths import ancestor_paths

SAMPLE = 5
# A course of so many minutes wants a working day.
MINUTES_A_DAY = 60


@dataclass(frozen=True)
class OrderFinding:
    """An exception: what it is, how many people it touches, and some of them."""

    code: str
    title: str
    consequence: str
    people: int
    sample: Sequence[str] = ()


@dataclass(frozen=True)
class OrderPreview:
    """Whom the order means and what stands out. `question` must be answered first.

    It is asked where the order means nobody, or everybody there is.
    """

    people: int
    sample: Sequence[str]
    findings: Sequence[OrderFinding]
    question: str

    @property
    def must_confirm(self) -> bool:
        """Say whether HR is asked once more."""
        return bool(self.question)


def preview_of(content: OrderContent, *, user: Any, today: date) -> OrderPreview:
    """Return the preview; the number of queries is the same for every target."""
    meant = people_of(content.targets)
    active = meant.active()
    count = active.count()
    findings = [
        *_of_people(content, meant, active, user, today),
        *_of_days(content, count, today),
        *_of_orders(content),
    ]
    question = _question(count, user)
    return OrderPreview(count, _names(active), findings, question)


def _question(count: int, user: Any) -> str:
    if count == 0:
        return _("Saat ini tidak ada pegawai yang cocok. Tetap simpan penugasan ini?")
    if count == everybody_of(user).count():
        return _("Penugasan ini berlaku untuk semua pegawai Anda. Anda yakin?")
    return ""


def _names(people: Any) -> list[str]:
    return [person.full_name for person in people.by_name()[:SAMPLE]]


def _of_people(
    content: OrderContent, meant: Any, active: Any, user: Any, today: date
) -> list[OrderFinding]:
    finished = Enrollment.objects.filter(
        person=OuterRef("pk"), course__in=content.courses, completed_at__isnull=False
    )
    jp = sum(
        course.current_version.jp
        for course in content.courses
        if course.current_version
    )
    asked: list[tuple[str, Any, str, str]] = [
        (
            "finished",
            active.filter(Exists(finished)),
            _("Sudah menyelesaikan"),
            _("Yang sudah selesai tetap tercatat selesai dan tidak diingatkan."),
        ),
        (
            "inactive",
            meant.filter(is_active=False),
            _("Akun tidak aktif"),
            _("Tidak dihitung dan tidak diingatkan selama akunnya tidak aktif."),
        ),
        (
            "rests",
            active.filter(restricted_at__isnull=False),
            _("Meminta datanya dibatasi"),
            _("Tidak diingatkan, dan tidak ditugaskan menurut nama."),
        ),
        (
            "other_zone",
            active.exclude(time_zone=user.time_zone),
            _("Zona waktu lain"),
            _("Tenggat berakhir pukul 23.59 menurut zona mereka, bukan zona Anda."),
        ),
        (
            "over_jp",
            over_jp(active, content, jp=jp, today=today),
            _("PPPK melewati batas JP"),
            _("JP tahun perjanjiannya melewati batas. Mereka tetap boleh belajar."),
        ),
    ]
    found = []
    for code, people, title, consequence in asked:
        if count := people.count():
            found.append(OrderFinding(code, title, consequence, count, _names(people)))
    return found


def _month_day(field: str) -> Any:
    return ExtractMonth(field) * 100 + ExtractDay(field)


def over_jp(people: Any, content: OrderContent, *, jp: int, today: date) -> Any:
    """Keep whose JP of the agreement year would be more than her status allows.

    The year begins on the anniversary of her status; on 1 January where the day is not
    known (DOMAIN §3.2).
    """
    limits = [
        (status, target)
        for status, (target, kind) in settings.ELEARNING_JP_TARGETS.items()
        if kind == "maximum"
    ]
    over = Q(pk__in=[])
    for status, limit in limits:
        over |= Q(employment_status=status, jp_then__gt=limit)
    done = Enrollment.objects.filter(
        person=OuterRef("pk"), course__in=content.courses, completed_at__isnull=False
    )
    return (
        people.filter(employment_status__in=[status for status, _n in limits])
        .annotate(
            jp_then=_sum(_of_agreement_year(today), "jp")
            + Value(jp)
            - _sum(done, "course__current_version__jp")
        )
        .filter(over)
    )


def _sum(rows: Any, field: str) -> Any:
    summed = rows.order_by().values("person").annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(summed, output_field=IntegerField()), Value(0))


def _of_agreement_year(today: date) -> Any:
    this = today.month * 100 + today.day
    entries = JpEntry.objects.filter(person=OuterRef("pk")).annotate(
        earned_year=ExtractYear("earned_on"), earned_day=_month_day("earned_on")
    )
    entries = entries.annotate(start_day=_month_day("person__status_starts_on"))
    unknown = Q(start_day__isnull=True, earned_year=today.year)
    passed = Q(
        start_day__lte=this, earned_year=today.year, earned_day__gte=F("start_day")
    )
    to_come = Q(start_day__gt=this) & (
        Q(earned_year=today.year)
        | Q(earned_year=today.year - 1, earned_day__gte=F("start_day"))
    )
    return entries.filter(unknown | passed | to_come)


def _of_days(content: OrderContent, count: int, today: date) -> list[OrderFinding]:
    minutes = sum(
        course.current_version.minutes
        for course in content.courses
        if course.current_version
    )
    wanted = max(1, -(-minutes // MINUTES_A_DAY))
    last = content.due_on or today + timedelta(days=content.due_days or 0)
    found = []
    if content.is_required and working_days(today, last) < wanted:
        said = ngettext(
            "Kursusnya butuh kira-kira %(days)d hari kerja.",
            "Kursusnya butuh kira-kira %(days)d hari kerja.",
            wanted,
        ) % {"days": wanted}
        found.append(OrderFinding("short", _("Waktunya singkat"), said, count))
    if content.due_on and (name := _off(content.due_on)):
        said = _("%(day)s: %(name)s.") % {
            "day": format_date(content.due_on, style="long"),
            "name": name,
        }
        title = _("Tenggat jatuh pada hari libur")
        found.append(OrderFinding("holiday", title, said, count))
    return found


def _off(day: date) -> str:
    names = holidays_between(day, day)
    return names.get(day, _("akhir pekan") if day.weekday() >= SATURDAY else "")


def _of_orders(content: OrderContent) -> list[OrderFinding]:
    """Tell of orders that end by this one, and of outages in which its day lies."""
    replaced = Q(pk__in=[])
    out = Q(pk__in=[])
    for target in content.targets:
        key = target_key(target.rule, target.people, is_required=content.is_required)
        replaced |= Q(unit=target.unit, target_key=key)
        out |= Q(unit__path__in=ancestor_paths(target.unit.path or ""))
    orders = Assignment.objects.open().filter(replaced, course__in=content.courses)
    found = []
    if count := orders.exclude(due_on=content.due_on, due_on__isnull=False).count():
        title = _("Menggantikan penugasan yang masih berlaku")
        said = _("%(count)d penugasan dengan tenggat lain berakhir saat ini disimpan.")
        found.append(OrderFinding("replaces", title, said % {"count": count}, 0))
    if content.due_on:
        outages = Outage.objects.filter(
            out, first_day__lte=content.due_on, last_day__gte=content.due_on
        )
        if outage := outages.select_related("unit").first():
            title = _("Tenggat jatuh pada masa gangguan")
            said = f"{outage.unit.name}: {outage.reason}"
            found.append(OrderFinding("outage", title, said, 0))
    return found


def live_count(target: OrderTarget) -> tuple[int, list[str]]:
    """Return how many people a target means today, and some of them by name."""
    people = people_of([target]).active()
    return people.count(), _names(people)
