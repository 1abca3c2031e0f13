"""What is taught: course → version → module → lesson → part.

A published version is immutable. Its rows are copied for the next version; each
row carries a `key` that stays the same from version to version, and whatever a
person has done hangs on those keys. `courses.actions.authoring` is the only writer.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses import kinds
from courses.querysets import CourseQuerySet


class Pillar(models.TextChoices):
    """The four pillars of digital literacy (DOMAIN §7.1)."""

    CAKAP = kinds.PillarCode.CAKAP, _("Cakap Digital")
    AMAN = kinds.PillarCode.AMAN, _("Aman Digital")
    ETIKA = kinds.PillarCode.ETIKA, _("Etika Digital")
    BUDAYA = kinds.PillarCode.BUDAYA, _("Budaya Digital")


class CognitiveLevel(models.TextChoices):
    """Levels of the revised Bloom taxonomy as curricula write them."""

    C1 = kinds.LevelCode.C1, "C1"
    C2 = kinds.LevelCode.C2, "C2"
    C3 = kinds.LevelCode.C3, "C3"
    C4 = kinds.LevelCode.C4, "C4"
    C5 = kinds.LevelCode.C5, "C5"
    C6 = kinds.LevelCode.C6, "C6"


class ShareReach(models.TextChoices):
    """Which units may refer to a course or a bank of another one."""

    NOBODY = kinds.ReachCode.NOBODY, _("Tidak dibagikan")
    BELOW = kinds.ReachCode.BELOW, _("Unit pemilik dan semua unit di bawahnya")
    EVERYBODY = kinds.ReachCode.EVERYBODY, _("Semua unit")


class Course(models.Model):
    """A course: a stable key, an owner unit and the version people now get.

    `current_version` and `cycle` change only by publishing.

    Personal data: none.
    """

    key = models.SlugField(_("kunci"), max_length=80, unique=True)
    code = models.CharField(_("kode"), max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="courses")
    current_version = models.ForeignKey(
        "CourseVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    cycle = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    is_archived = models.BooleanField(default=False)
    shared_with = models.CharField(
        max_length=10,
        choices=ShareReach,
        default=ShareReach.NOBODY,
        db_default=kinds.ReachCode.NOBODY.value,
    )
    created_at = models.DateTimeField()
    # Of the form in Studio that made it: sent twice, it makes one course.
    creation_token = models.UUIDField(null=True, unique=True)

    objects: ClassVar = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code", "key"]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("courses:course_detail", args=[self.key])


class CourseVersion(models.Model):
    """One wording of a course. Fact once published: its rows never change again.

    `minutes` is the planned time and `jp` the whole number set for it; `byte_size`
    is what keeping all lessons on a phone costs.

    Personal data: who published, as an internal id.
    """

    class State(models.TextChoices):
        """draft → published. There is no way back."""

        DRAFT = kinds.VersionState.DRAFT, _("Draf")
        PUBLISHED = kinds.VersionState.PUBLISHED, _("Terbit")

    class Change(models.TextChoices):
        """What a publication means for people who have started."""

        FIRST = "first", _("Terbitan pertama")
        WORDING = "wording", _("Perbaikan kata")
        REQUIRED = "required", _("Bagian wajib baru")
        CYCLE = "cycle", _("Siklus baru")

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    change = models.CharField(max_length=10, choices=Change, blank=True)
    title = models.CharField(_("judul"), max_length=120)
    summary = models.TextField(_("ringkasan"))
    pillar = models.CharField(_("pilar"), max_length=8, choices=Pillar)
    digcomp = models.JSONField(default=list)
    jp = models.PositiveIntegerField("JP")
    jp_basis = models.CharField(_("dasar JP"), max_length=200)
    minutes = models.PositiveIntegerField(_("menit"))
    # One sentence a line: what somebody should know or have done before.
    prerequisites = models.TextField(_("prasyarat"), blank=True)
    # One "term: meaning" a line (`courses.glossary.lines`).
    glossary = models.TextField(_("istilah"), blank=True)
    plan_title = models.CharField(max_length=120, blank=True)
    plan_source = models.TextField(blank=True)
    plan_html = models.TextField(blank=True)
    plan_minutes = models.PositiveIntegerField(default=0)
    byte_size = models.PositiveIntegerField(default=0)
    # The hash of the folder it was loaded from; loading the same folder twice
    # changes nothing.
    content_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="courseversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state=kinds.VersionState.DRAFT.value),
                name="courseversion_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=kinds.VersionState.DRAFT.value, published_at__isnull=True
                )
                | Q(
                    state=kinds.VersionState.PUBLISHED.value, published_at__isnull=False
                ),
                name="courseversion_published_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number}"


class Objective(models.Model):
    """A learning objective of a version.

    Personal data: none.
    """

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="objectives"
    )
    key = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    level = models.CharField(max_length=2, choices=CognitiveLevel)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="objective_key_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Module(models.Model):
    """An ordered part of a version.

    Personal data: none.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="modules")
    key = models.SlugField(max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="module_key_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """The smallest thing a person opens.

    `number` is what people see ("1.2"), `sequence` the place in the whole version.
    `read_since` is the number of the version that brought the newest required part
    (`publish_version`): whoever read an earlier one reads it again; 0 if none did.

    Personal data: none.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="lessons")
    module = models.ForeignKey(Module, models.CASCADE, related_name="lessons")
    key = models.SlugField(max_length=80)
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=8)
    title = models.CharField(_("judul"), max_length=120)
    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    minutes = models.PositiveIntegerField(_("menit"))
    is_required = models.BooleanField(_("wajib"), default=True)
    read_since = models.PositiveIntegerField(default=0)
    references_html = models.TextField(blank=True)
    word_count = models.PositiveIntegerField(default=0)
    byte_size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="lesson_key_once_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class LessonPart(models.Model):
    """A part of a lesson: Markdown as written and HTML as rendered at publish.

    `html` holds nobody's data and may be kept by a service worker;
    `renderer_version` says which renderer made it.

    Personal data: none.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="parts")
    key = models.SlugField(max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True)
    renderer_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "key"], name="part_key_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.key


class SourceReference(models.Model):
    """A source that lessons and questions cite by key.

    Personal data: names of people quoted in public sources.
    """

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="sources")
    key = models.SlugField(max_length=80)
    text = models.CharField(max_length=500)
    url = models.URLField(max_length=300, blank=True)
    dated_on = models.CharField(max_length=10, blank=True)
    checked_on = models.DateField()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="source_key_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.text


class CompletionRequirement(models.Model):
    """One line of a version's completion rule.

    All lines together decide completion (`courses.completion`). `lessons` asks for
    every required lesson, `passed` for the graded thing called `key`; `submitted`
    offers one that may be skipped. `pass_mark` is in percent; `weight` counts in the
    course grade; `minutes` is the planned time of what is graded.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        """What must have happened."""

        LESSONS = kinds.RequirementKind.LESSONS, _("Pelajaran wajib selesai")
        SUBMITTED = kinds.RequirementKind.SUBMITTED, _("Dikerjakan")
        PASSED = kinds.RequirementKind.PASSED, _("Lulus")

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="requirements"
    )
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveIntegerField()
    pass_mark = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="requirement_key_once_per_version"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=kinds.RequirementKind.PASSED.value)
                    & Q(pass_mark__gt=0, pass_mark__lte=100)
                )
                | (
                    ~Q(kind=kinds.RequirementKind.PASSED.value)
                    & Q(pass_mark__isnull=True)
                ),
                name="requirement_pass_mark_only_where_passed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class GradeItem(models.Model):
    """Something a published version grades, made at publish.

    Other rooms point at it (`quizzes.Quiz`), so that courses need not know them.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        PRETEST = kinds.GradeKind.PRETEST, "Pre-test"
        POSTTEST = kinds.GradeKind.POSTTEST, "Post-test"

    version = models.ForeignKey(
        CourseVersion, models.CASCADE, related_name="grade_items"
    )
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    # What people read before they open it: "10 soal, 15 menit."
    summary = models.CharField(max_length=200, blank=True)
    # The post-test opens when every required lesson is done.
    opens_after_lessons = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="gradeitem_key_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.title
