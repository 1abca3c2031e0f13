"""A second pair of eyes on a draft: asked for, commented, decided."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses import kinds
from courses.models.catalogue import Course, CourseVersion
from courses.querysets import ReviewCommentQuerySet
from lib.facts import Fact


class DraftReview(models.Model):
    """Somebody asks others to look through a draft before it is published.

    `fingerprint` is that of the draft as its reviewer saw it when she decided: an
    approval counts for exactly that state. Goes with its draft.

    Personal data: who asked and who decided, as internal ids.
    """

    class State(models.TextChoices):
        """open → approved, changes or withdrawn. Each is final; one asks again."""

        OPEN = kinds.ReviewState.OPEN, _("Menunggu tinjauan")
        APPROVED = kinds.ReviewState.APPROVED, _("Disetujui")
        CHANGES = kinds.ReviewState.CHANGES, _("Perlu perbaikan")
        WITHDRAWN = kinds.ReviewState.WITHDRAWN, _("Ditarik")

    course = models.ForeignKey(Course, models.CASCADE, related_name="reviews")
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    note = models.TextField(_("pesan"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(_("catatan"), blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state=kinds.ReviewState.OPEN.value),
                name="draftreview_one_open_per_course",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=kinds.ReviewState.OPEN.value,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | (
                    ~Q(state=kinds.ReviewState.OPEN.value)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="draftreview_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=kinds.ReviewState.APPROVED.value)
                | (~Q(fingerprint="") & ~Q(decided_by=F("asked_by"))),
                name="draftreview_nobody_approves_her_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.state}"


class ReviewComment(models.Model):
    """What somebody says about a part of a lesson, about a question, or about all.

    All keys are empty where it is about the draft as a whole. `token` is of the form
    that sent it: sent twice, it says it once.

    Personal data: who wrote and who settled it, as internal ids.
    """

    review = models.ForeignKey(DraftReview, models.CASCADE, related_name="comments")
    lesson_key = models.SlugField(max_length=80, blank=True)
    part_key = models.SlugField(max_length=80, blank=True)
    bank_key = models.SlugField(max_length=80, blank=True)
    question_key = models.SlugField(max_length=80, blank=True)
    text = models.TextField(_("komentar"))
    token = models.UUIDField(unique=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ReviewCommentQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson_key="") | Q(question_key=""),
                name="reviewcomment_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="reviewcomment_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.lesson_key or self.question_key}"


class AuthorMail(Fact):
    """Fact: a mail to an author or reviewer went out; `key` says which, for ever.

    Personal data: that a mail was sent; not to which address.
    """

    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
