"""Which role a person holds on which unit."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import Unit


class Role(models.TextChoices):
    """Roles that are given; everybody who signs in is a learner (peserta)."""

    AUTHOR = "author", _("Penyusun")
    REVIEWER = "reviewer", _("Penelaah")
    HR = "hr", _("Pengelola SDM")
    SUPERIOR = "superior", _("Atasan")
    ADMIN = "admin", _("Admin sistem")


class RoleAssignment(models.Model):
    """A person's role on a unit and everything below it, with start and end.

    Personal data: who may do what; kept for the audit trail.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=10, choices=Role)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(ends_at__isnull=True),
                name="role_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="role_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[choice.value for choice in Role]),
                name="role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} on {self.unit_id}"
