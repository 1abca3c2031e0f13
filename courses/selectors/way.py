"""The way through a course: where a person stands, its steps, and the next one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from courses import pretest as pretest_rule
from courses.completion import Facts, is_met
from courses.jp import credited_jp
from courses.models import Course, Enrollment, GradeItem
from courses.pretest_in_words import LOCKED, OFFER
from courses.published import LessonOutline, ModuleOutline, VersionOutline, outline_of
from courses.selectors.facts import LessonsRead, grades_of, lessons_read
from lib.indonesian import format_number, format_score
from lib.markdown import OPENER_KEY

# What else is known about the graded things of an enrolment, by their keys.
ItemNotes = Callable[[Enrollment], Mapping[str, str]]


@dataclass(frozen=True)
class LessonRow:
    """A lesson in a list; `state` is done, current or todo.

    `is_renewed` says that she read it before it had a new required part.
    """

    key: str
    number: str
    title: str
    url: str | None
    minutes: int
    state: str
    is_current: bool = False
    is_renewed: bool = False


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
    lessons: tuple[LessonRow, ...] = ()


@dataclass(frozen=True)
class PageAction:
    """The one button of a page."""

    label: str
    url: str
    method: str = "get"
    note: str = ""
    # How long it takes, where it is the reading of something new.
    minutes: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where one person stands on one version."""

    course: Course
    outline: VersionOutline
    enrollment: Enrollment | None
    read: LessonsRead
    grades: Mapping[str, Fraction]
    pass_marks: Mapping[str, Decimal]
    item_notes: ItemNotes | None = None
    left: Enrollment | None = None

    @property
    def done(self) -> frozenset[str]:
        return self.read.done

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

    def has_passed(self, item: GradeItem) -> bool:
        """Say whether her grade passes, by the pass mark under which it began."""
        requirement = self.outline.requirement(item.key)
        facts = Facts(frozenset(), self.done, self.grades, self.pass_marks)
        return requirement is not None and is_met(requirement, facts)

    def pretest_is_locked(self, item: GradeItem) -> bool:
        """Say whether the pre-test can be started no more (`courses.pretest`)."""
        if self.enrollment is None:
            return False
        if self.read or self.enrollment.completed_at:
            return pretest_rule.is_locked(lessons_begun=True, posttest_begun=False)
        # Where no lesson must be done first, the post-test may have begun.
        return self.lessons_done and bool(self.note(item))

    @property
    def jp(self) -> int:
        """What completing brings her: nothing more for a course taken again."""
        if self.enrollment is None or self.enrollment.cycle == 1:
            return self.outline.version.jp
        return credited_jp(self.enrollment)

    def lesson_url(self, lesson: LessonOutline) -> str:
        return reverse("courses:lesson_detail", args=[self.course.key, lesson.key])

    def item_url(self, item: GradeItem) -> str:
        return reverse("quizzes:quiz_detail", args=[self.course.key, item.key])


def standing_of(
    course: Course,
    enrollment: Enrollment | None,
    *,
    left: Enrollment | None = None,
    item_notes: ItemNotes | None = None,
) -> Standing:
    """Return where an enrolment stands, or how the course looks without one.

    Two queries with an enrolment, none without. `left` is what she withdrew from.
    """
    version_id = enrollment.version_id if enrollment else course.current_version_id
    grades, pass_marks = grades_of(enrollment) if enrollment else ({}, {})
    return Standing(
        course=course,
        outline=outline_of(version_id),
        enrollment=enrollment,
        read=lessons_read(enrollment) if enrollment else LessonsRead(),
        grades=grades,
        pass_marks=pass_marks,
        item_notes=item_notes,
        left=left,
    )


def next_action(standing: Standing) -> PageAction:
    if standing.enrollment is None:
        return _action_to_join(standing.course, standing.left)
    if standing.enrollment.completed_at:
        return _action_after_completion(standing.course, standing.enrollment)
    action = _onward(standing)
    if standing.enrollment.cycle < standing.course.cycle:
        note = _(
            "Siklus baru kursus ini sudah dibuka. Selesaikan dulu yang sedang Anda "
            "ikuti, atau berhenti mengikutinya untuk memulai siklus baru."
        )
        return replace(action, note=note)
    return action


def _action_to_join(course: Course, left: Enrollment | None) -> PageAction:
    url = reverse("courses:enroll", args=[course.key])
    if left is None:
        return PageAction(_("Ikuti kursus"), url, method="post")
    note = _("Yang sudah Anda kerjakan tersimpan: kemajuan %(percent)s %%.")
    return PageAction(
        _("Lanjutkan kursus"),
        url,
        method="post",
        note=note % {"percent": format_number(left.progress)},
    )


def _onward(standing: Standing) -> PageAction:
    pretest = standing.item(GradeItem.Kind.PRETEST)
    if (
        pretest
        and pretest.key not in standing.grades
        and not standing.pretest_is_locked(pretest)
    ):
        return PageAction(
            _("Kerjakan pre-test"),
            standing.item_url(pretest),
            note=_("Boleh dilewati: buka saja pelajaran pertama."),
        )
    lesson = standing.next_lesson
    if lesson:
        if lesson.key in standing.read.outdated:
            return _action_to_read_again(standing, lesson)
        verb = _("Lanjutkan pelajaran") if standing.done else _("Mulai pelajaran")
        return PageAction(f"{verb} {lesson.number}", standing.lesson_url(lesson))
    posttest = standing.item(GradeItem.Kind.POSTTEST)
    if posttest and posttest.key in standing.grades:
        # Whether another attempt is open now is the quiz page's to say.
        return PageAction(_("Lihat post-test"), standing.item_url(posttest))
    if posttest:
        return PageAction(_("Kerjakan post-test"), standing.item_url(posttest))
    return PageAction(_("Semua kursus"), reverse("courses:course_list"))


def _action_to_read_again(standing: Standing, lesson: LessonOutline) -> PageAction:
    """Lead to the part that is new, where it has a heading to be found by."""
    url, first = standing.lesson_url(lesson), lesson.renewed[:1]
    anchors = [f"#{part.key}" for part in first if part.key != OPENER_KEY]
    return PageAction(
        _("Baca bagian baru: pelajaran %(number)s") % {"number": lesson.number},
        url + "".join(anchors),
        minutes=sum(part.minutes for part in lesson.renewed) or lesson.minutes,
    )


def _action_after_completion(course: Course, enrollment: Enrollment) -> PageAction:
    if enrollment.cycle < course.cycle:
        return PageAction(
            _("Ikuti siklus baru"),
            reverse("courses:enroll", args=[course.key]),
            method="post",
            note=_("Sertifikat dari siklus sebelumnya tetap tersimpan."),
        )
    return PageAction(_("Lihat sertifikat"), reverse("certificates:certificate_list"))


def steps_of(standing: Standing) -> list[Step]:
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


def _pretest_step(standing: Standing, item: GradeItem) -> Step:
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
            % {"score": format_score(grade)},
        )
    if standing.pretest_is_locked(item):
        return Step("quiz", item.title, "locked", badge=_("Dilewati"), note=str(LOCKED))
    return Step(
        kind="quiz",
        title=item.title,
        state="current" if standing.enrollment else "todo",
        url=url,
        note=f"{item.summary} {OFFER}".strip(),
    )


def _module_step(
    standing: Standing, module: ModuleOutline, current: LessonOutline | None
) -> Step:
    rows = tuple(_lesson_row(standing, lesson, current) for lesson in module.lessons)
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
    standing: Standing, lesson: LessonOutline, current: LessonOutline | None
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
        is_renewed=lesson.key in standing.read.outdated,
    )


def _posttest_step(standing: Standing, item: GradeItem) -> Step:
    grade = standing.grades.get(item.key)
    is_complete = bool(standing.enrollment and standing.enrollment.completed_at)
    if grade is not None and (is_complete or standing.has_passed(item)):
        return Step(
            "quiz",
            item.title,
            "done",
            url=standing.item_url(item),
            badge=_("Lulus"),
            note=_("Nilai akhir %(score)s.") % {"score": format_score(grade)},
        )
    if grade is not None:
        return Step(
            "quiz",
            item.title,
            "current",
            url=standing.item_url(item),
            badge=_("Belum lulus"),
            note=_("Nilai yang dihitung %(score)s. %(summary)s")
            % {
                "score": format_score(grade),
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


def _certificate_step(standing: Standing) -> Step:
    jp = standing.jp
    title = _("Sertifikat %(jp)d JP") % {"jp": jp} if jp else _("Sertifikat")
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
        )
        if jp
        else _(
            "Terbit otomatis setelah lulus post-test. JP kursus ini sudah tercatat "
            "saat Anda menyelesaikannya dulu."
        ),
    )
