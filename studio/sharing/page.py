"""What a course shares, what it takes from others, and who uses what it shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Course, CourseReference
from quizzes.models import BankReference, QuestionBank
from quizzes.selectors import offered_banks
from studio.fetching import banks_of, working_version
from studio.questions.uses import title_of
from studio.sharing.banks import bank_news
from studio.sharing.courses import course_reference_of, offered_courses

PER_PAGE = 25
# So many users are named; the others are counted.
NAMED = 10


@dataclass(frozen=True)
class Taker:
    """A course that uses what this one shares."""

    title: str
    unit: str
    taken_at: datetime
    number: int | None = None


@dataclass(frozen=True)
class Takers:
    """Who uses something: the newest by name, and how many there are."""

    named: Sequence[Taker]
    count: int


@dataclass(frozen=True)
class OwnBank:
    """A bank that is written here."""

    key: str
    title: str
    use: str
    shared_with: str
    users: Takers


@dataclass(frozen=True)
class Repeated:
    """A bank that repeats one of another course."""

    title: str
    course: str
    unit: str
    taken_at: datetime
    newer: int
    withdrawn: int
    url: str


@dataclass(frozen=True)
class SharingPage:
    """The page of a course about sharing."""

    course_users: Takers
    own: Sequence[OwnBank]
    repeated: Sequence[Repeated]
    pin: CourseReference | None

    @property
    def is_behind(self) -> bool:
        """Whether the source has published another version since."""
        pin = self.pin
        return (
            pin is not None and pin.source.current_version_id != pin.source_version_id
        )


def sharing_page(course: Course) -> SharingPage:
    """Return the page. Its queries grow with the banks that repeat others alone."""
    references = {
        row.bank_id: row
        for row in BankReference.objects.filter(course=course).select_related(
            "bank", "course", "source__course__current_version", "source__unit"
        )
    }
    banks = banks_of(course)
    users = _bank_users([bank for bank in banks if bank.pk not in references])
    return SharingPage(
        course_users=_course_users(course),
        own=[
            OwnBank(
                bank.key,
                bank.title,
                str(bank.get_use_display()),
                bank.shared_with,
                users[bank.pk],
            )
            for bank in banks
            if bank.pk not in references
        ],
        repeated=[
            _repeated(course, references[bank.pk])
            for bank in banks
            if bank.pk in references
        ],
        pin=course_reference_of(course),
    )


def _repeated(course: Course, reference: BankReference) -> Repeated:
    news = bank_news(reference, working_version(course))
    source = reference.source
    return Repeated(
        title=reference.bank.title,
        course=title_of(source.course) if source.course else "",
        unit=source.unit.name,
        taken_at=reference.taken_at,
        newer=len(news.questions) if news.is_offered else 0,
        withdrawn=len(news.withdrawn),
        url=reverse("studio:bank_follow", args=[course.key, reference.bank.key]),
    )


def _course_users(course: Course) -> Takers:
    rows = CourseReference.objects.filter(source=course)
    # A course that followed several versions is one user.
    counted = rows.aggregate(count=Count("version__course", distinct=True))
    newest: dict[int, CourseReference] = {}
    for row in rows.select_related(
        "source_version", "version__course__current_version", "version__course__unit"
    )[: NAMED * 5]:
        newest.setdefault(row.version.course_id, row)
    named = [
        Taker(
            title_of(row.version.course),
            row.version.course.unit.name,
            row.taken_at,
            row.source_version.number,
        )
        for row in list(newest.values())[:NAMED]
    ]
    return Takers(named, counted["count"])


def _bank_users(banks: Sequence[QuestionBank]) -> dict[int, Takers]:
    rows = BankReference.objects.filter(source__in=banks)
    counts = dict(rows.order_by().values_list("source").annotate(Count("pk")))
    named: dict[int, list[Taker]] = {bank.pk: [] for bank in banks}
    recent = rows.select_related("course__current_version", "course__unit")
    for row in recent.order_by("-taken_at")[: NAMED * max(len(banks), 1)]:
        if len(named[row.source_id]) < NAMED:
            named[row.source_id].append(
                Taker(title_of(row.course), row.course.unit.name, row.taken_at)
            )
    return {bank.pk: Takers(named[bank.pk], counts.get(bank.pk, 0)) for bank in banks}


# --- what may be chosen --------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """A bank or a course that may be used."""

    key: str
    title: str
    details: str


def bank_offers(course: Course, *, query: str, page: str | None) -> "Page[Any]":
    """Return a page of the banks that this course may use; two queries."""
    taken = BankReference.objects.filter(course=course).values("source")
    banks = offered_banks(course).exclude(pk__in=taken)
    for word in query.split():
        banks = banks.filter(
            Q(title__icontains=word)
            | Q(course__current_version__title__icontains=word)
            | Q(unit__name__icontains=word)
        )
    counted = banks.annotate(
        ready=Count("questions", filter=Q(questions__state="ready"))
    )
    found: Page[Any] = Paginator(counted, PER_PAGE).get_page(page)
    found.object_list = [
        Offer(
            bank.key,
            f"{bank.title} – {title_of(bank.course)}",
            _("%(use)s · %(unit)s · %(count)d soal")
            % {
                "use": bank.get_use_display(),
                "unit": bank.unit.name,
                "count": bank.ready,
            },
        )
        for bank in found.object_list
    ]
    return found


def course_offers(user: Any, *, query: str, page: str | None) -> "Page[Any]":
    """Return a page of the courses of other units that she may use; two queries."""
    courses = offered_courses(user)
    for word in query.split():
        courses = courses.filter(
            Q(current_version__title__icontains=word)
            | Q(code__icontains=word)
            | Q(unit__name__icontains=word)
        )
    found: Page[Any] = Paginator(courses, PER_PAGE).get_page(page)
    found.object_list = [
        Offer(
            course.key,
            course.current_version.title,
            _("%(code)s · %(unit)s · %(jp)d JP · versi %(number)d")
            % {
                "code": course.code,
                "unit": course.unit.name,
                "jp": course.current_version.jp,
                "number": course.current_version.number,
            },
        )
        for course in found.object_list
    ]
    return found
