"""What the course page and the catalogue show."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Assignment, Course, Enrollment, GradeItem
from courses.published import LessonOutline, ModuleOutline, VersionOutline, outline_of
from courses.selectors.facts import current_grades, done_lesson_keys
from lib.indonesian import format_date, format_number
from lib.paths import ancestor_paths

# What else is known about the graded things of an enrolment, by their keys.
ItemNotes = Callable[[Enrollment], Mapping[str, str]]


@dataclass(frozen=True)
class CourseCard:
    """One course in the catalogue; `state` is todo, current or done."""

    key: str
    title: str
    summary: str
    pillar: str
    jp: int
    minutes: int
    lesson_count: int
    kilobytes: int
    state: str
    percent: int
    url: str


@dataclass(frozen=True)
class LessonRow:
    """A lesson in a list; `state` is done, current or todo."""

    key: str
    number: str
    title: str
    url: str | None
    minutes: int
    state: str
    is_current: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the way; `state` is done, current, todo or locked."""

    kind: str
    title: str
    state: str
    number: str = ""
    url: str | None = None
    badge: str = ""
    note: str = ""
    lessons: list[LessonRow] = field(default_factory=list)


@dataclass(frozen=True)
class PageAction:
    """The one button of a page."""

    label: str
    url: str
    method: str = "get"
    note: str = ""


@dataclass(frozen=True)
class CoursePage:
    """Everything the course page shows."""

    key: str
    title: str
    summary: str
    pillar: str
    jp: int
    minutes: int
    module_count: int
    lesson_count: int
    kilobytes: int
    objectives: list[str]
    is_enrolled: bool
    is_complete: bool
    done: int
    total: int
    percent: int
    action: PageAction
    steps: list[Step]
    facts: list[tuple[str, str]]
    plan_title: str
    plan_html: str


@dataclass(frozen=True)
class _Standing:
    """Where one person stands on one version."""

    course: Course
    outline: VersionOutline
    enrollment: Enrollment | None
    done: frozenset[str]
    grades: dict[str, Decimal]
    item_notes: ItemNotes | None = None

    @property
    def lessons_done(self) -> bool:
        required = {row.key for row in self.outline.lessons if row.is_required}
        return required <= self.done

    @property
    def next_lesson(self) -> LessonOutline | None:
        return next(
            (row for row in self.outline.lessons if row.key not in self.done), None
        )

    def item(self, kind: str) -> GradeItem | None:
        return next((i for i in self.outline.grade_items if i.kind == kind), None)

    def note(self, item: GradeItem) -> str:
        """Return what another room says about a graded thing, or nothing."""
        if self.item_notes is None or self.enrollment is None:
            return ""
        return self.item_notes(self.enrollment).get(item.key, "")

    def lesson_url(self, lesson: LessonOutline) -> str:
        return reverse("courses:lesson_detail", args=[self.course.key, lesson.key])

    def item_url(self, item: GradeItem) -> str:
        return reverse("quizzes:quiz_detail", args=[self.course.key, item.key])


def kilobytes(size: int) -> int:
    """Return bytes as whole kilobytes, at least one."""
    return max(1, round(size / 1024))


def enrollment_of(user: User, course: Course) -> Enrollment | None:
    """Return the person's active enrolment in the course's latest cycle she joined."""
    return (
        Enrollment.objects.active()
        .filter(person=user, course=course)
        .order_by("-cycle")
        .first()
    )


def course_cards(courses: Iterable[Course], user: User) -> list[CourseCard]:
    """Return the catalogue's cards with the person's own state; one more query.

    Of several cycles the latest speaks.
    """
    courses = list(courses)
    enrollments = Enrollment.objects.active().filter(person=user, course__in=courses)
    mine = {row.course_id: row for row in enrollments.order_by("cycle")}
    cards = []
    for course in courses:
        version = outline_of(course.current_version_id).version
        enrollment = mine.get(course.pk)
        state = "todo"
        if enrollment:
            state = "done" if enrollment.completed_at else "current"
        cards.append(
            CourseCard(
                key=course.key,
                title=version.title,
                summary=version.summary,
                pillar=version.pillar,
                jp=version.jp,
                minutes=version.minutes,
                lesson_count=len(outline_of(version.pk).lessons),
                kilobytes=kilobytes(version.byte_size),
                state=state,
                percent=enrollment.progress if enrollment else 0,
                url=course.get_absolute_url(),
            )
        )
    return cards


def course_page(
    course: Course, user: User, *, item_notes: ItemNotes | None = None
) -> CoursePage:
    """Return the course as this person sees it.

    `item_notes` says what another room knows about what is graded, by item key: when
    a rest ends. It is asked only about what was tried and not passed.
    """
    enrollment = enrollment_of(user, course)
    version_id = enrollment.version_id if enrollment else course.current_version_id
    standing = _Standing(
        course=course,
        outline=outline_of(version_id),
        enrollment=enrollment,
        done=done_lesson_keys(enrollment) if enrollment else frozenset(),
        grades=current_grades(enrollment) if enrollment else {},
        item_notes=item_notes,
    )
    outline, version = standing.outline, standing.outline.version
    done = len({row.key for row in outline.lessons} & standing.done)
    return CoursePage(
        key=course.key,
        title=version.title,
        summary=version.summary,
        pillar=version.pillar,
        jp=version.jp,
        minutes=version.minutes,
        module_count=len(outline.modules),
        lesson_count=len(outline.lessons),
        kilobytes=kilobytes(version.byte_size),
        objectives=[text for _key, text in outline.objectives],
        is_enrolled=enrollment is not None,
        is_complete=bool(enrollment and enrollment.completed_at),
        done=done,
        total=len(outline.lessons),
        percent=enrollment.progress if enrollment else 0,
        action=_action(standing),
        steps=_steps(standing),
        facts=_facts(course, user, version),
        plan_title=version.plan_title,
        plan_html=version.plan_html if enrollment else "",
    )


def _action(standing: _Standing) -> PageAction:
    if standing.enrollment is None:
        return PageAction(
            _("Ikuti kursus"),
            reverse("courses:enroll", args=[standing.course.key]),
            method="post",
        )
    if standing.enrollment.completed_at:
        return _action_after_completion(standing.course, standing.enrollment)
    pretest = standing.item(GradeItem.Kind.PRETEST)
    if pretest and pretest.key not in standing.grades:
        return PageAction(_("Kerjakan pre-test"), standing.item_url(pretest))
    lesson = standing.next_lesson
    if lesson:
        verb = _("Lanjutkan pelajaran") if standing.done else _("Mulai pelajaran")
        return PageAction(f"{verb} {lesson.number}", standing.lesson_url(lesson))
    posttest = standing.item(GradeItem.Kind.POSTTEST)
    if posttest and posttest.key in standing.grades:
        # Whether another attempt is open now is the quiz page's to say.
        return PageAction(_("Lihat post-test"), standing.item_url(posttest))
    if posttest:
        return PageAction(_("Kerjakan post-test"), standing.item_url(posttest))
    return PageAction(_("Semua kursus"), reverse("courses:course_list"))


def _action_after_completion(course: Course, enrollment: Enrollment) -> PageAction:
    if enrollment.cycle < course.cycle:
        return PageAction(
            _("Ikuti siklus baru"),
            reverse("courses:enroll", args=[course.key]),
            method="post",
            note=_("Sertifikat dari siklus sebelumnya tetap tersimpan."),
        )
    return PageAction(_("Lihat sertifikat"), reverse("certificates:certificate_list"))


def _steps(standing: _Standing) -> list[Step]:
    steps = []
    pretest, posttest = (
        standing.item(GradeItem.Kind.PRETEST),
        standing.item(GradeItem.Kind.POSTTEST),
    )
    if pretest:
        steps.append(_pretest_step(standing, pretest))
    current = standing.next_lesson if standing.enrollment else None
    steps += [
        _module_step(standing, module, current) for module in standing.outline.modules
    ]
    if posttest:
        steps.append(_posttest_step(standing, posttest))
    version = standing.outline.version
    if version.plan_title:
        steps.append(
            Step(
                kind="plan",
                title=version.plan_title,
                state="todo",
                url="#rencana" if standing.enrollment else None,
                note=_("Tidak dinilai. Untuk Anda terapkan di unit kerja."),
            )
        )
    steps.append(_certificate_step(standing))
    return steps


def _pretest_step(standing: _Standing, item: GradeItem) -> Step:
    grade = standing.grades.get(item.key)
    url = standing.item_url(item) if standing.enrollment else None
    if grade is not None:
        return Step(
            kind="quiz",
            title=item.title,
            state="done",
            url=url,
            badge=_("Selesai"),
            note=_(
                "Nilai awal %(score)s. Hanya untuk melihat titik mulai, "
                "tidak memengaruhi kelulusan."
            )
            % {"score": format_number(grade)},
        )
    return Step(
        kind="quiz",
        title=item.title,
        state="current" if standing.enrollment else "todo",
        url=url,
        note=_("%(summary)s Tidak memengaruhi kelulusan.") % {"summary": item.summary},
    )


def _module_step(
    standing: _Standing, module: ModuleOutline, current: LessonOutline | None
) -> Step:
    rows = [_lesson_row(standing, lesson, current) for lesson in module.lessons]
    is_done = all(row.state == "done" for row in rows)
    is_current = current is not None and current.module_key == module.key
    note = _("%(count)d pelajaran · %(minutes)d menit") % {
        "count": len(rows),
        "minutes": module.minutes,
    }
    if is_done and standing.enrollment:
        return Step(
            "module",
            module.title,
            "done",
            str(module.position),
            badge=_("Selesai"),
            note=note,
            lessons=rows,
        )
    return Step(
        "module",
        module.title,
        "current" if is_current and standing.done else "todo",
        str(module.position),
        badge=_("Sedang dipelajari") if is_current and standing.done else "",
        note=note,
        lessons=rows,
    )


def _lesson_row(
    standing: _Standing, lesson: LessonOutline, current: LessonOutline | None
) -> LessonRow:
    state = "todo"
    if lesson.key in standing.done:
        state = "done"
    elif current is not None and lesson.key == current.key:
        state = "current"
    return LessonRow(
        key=lesson.key,
        number=lesson.number,
        title=lesson.title,
        url=standing.lesson_url(lesson) if standing.enrollment else None,
        minutes=lesson.minutes,
        state=state,
        is_current=state == "current",
    )


def _posttest_step(standing: _Standing, item: GradeItem) -> Step:
    grade = standing.grades.get(item.key)
    is_complete = bool(standing.enrollment and standing.enrollment.completed_at)
    if grade is not None and is_complete:
        return Step(
            "quiz",
            item.title,
            "done",
            url=standing.item_url(item),
            badge=_("Lulus"),
            note=_("Nilai akhir %(score)s.") % {"score": format_number(grade)},
        )
    if grade is not None:
        return Step(
            "quiz",
            item.title,
            "current",
            url=standing.item_url(item),
            badge=_("Belum lulus"),
            note=_("Nilai terbaik %(score)s. %(summary)s")
            % {
                "score": format_number(grade),
                "summary": standing.note(item) or item.summary,
            },
        )
    if standing.enrollment and standing.lessons_done:
        return Step(
            "quiz",
            item.title,
            "current",
            url=standing.item_url(item),
            badge=_("Terbuka"),
            note=item.summary,
        )
    return Step(
        "quiz",
        item.title,
        "locked",
        badge=_("Terbuka setelah semua pelajaran"),
        note=item.summary,
    )


def _certificate_step(standing: _Standing) -> Step:
    title = _("Sertifikat %(jp)d JP") % {"jp": standing.outline.version.jp}
    if standing.enrollment and standing.enrollment.completed_at:
        return Step(
            "certificate",
            title,
            "done",
            url=reverse("certificates:certificate_list"),
            badge=_("Terbit"),
        )
    return Step(
        "certificate",
        title,
        "locked",
        note=_(
            "Terbit otomatis setelah lulus post-test, dan tercatat di riwayat JP Anda."
        ),
    )


def due_date(course: Course, user: User) -> date | None:
    """Return the earliest date by which HR wants this person to be done."""
    if user.unit is None or not user.unit.path:
        return None
    return (
        Assignment.objects.filter(
            course=course,
            cancelled_at__isnull=True,
            unit__path__in=ancestor_paths(user.unit.path),
        )
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first()
    )


def _facts(course: Course, user: User, version: Any) -> list[tuple[str, str]]:
    due_on = due_date(course, user)
    facts = [(_("Sifat"), _("Wajib") if due_on else _("Pilihan"))]
    if due_on:
        facts.append((_("Tenggat"), format_date(due_on, style="medium")))
    facts.append((_("Waktu belajar"), _("%(m)d menit") % {"m": version.minutes}))
    facts.append((_("Penyelenggara"), course.unit.name))
    return facts
