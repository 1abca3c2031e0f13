"""What moves a deadline to later: extensions, outages; and days that are no work."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from courses.models.orders import Assignment
from courses.querysets import OutageQuerySet
from lib.facts import Fact


class Outage(Fact):
    """Fact: from `first_day` to `last_day` the people of `unit` could not learn.

    Personal data: who declared it, as an internal id.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outages")
    first_day = models.DateField(_("hari pertama"))
    last_day = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan"), max_length=200)
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager.from_queryset(OutageQuerySet)()

    class Meta:
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "first_day", "last_day"], name="outage_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="outage_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.first_day} – {self.last_day}"


class DeadlineExtension(Fact):
    """Fact: for one person, or a unit and all below, `order` ends on `due_on` at least.

    A deadline only moves to later; where several say so, the latest counts.

    Personal data: who was given more time and why; needed to explain her deadline;
    kept as long as the order.
    """

    order = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    reason = models.CharField(_("alasan"), max_length=200)
    outage = models.ForeignKey(
        Outage, models.PROTECT, null=True, related_name="extensions"
    )
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "person", "due_on"],
                condition=Q(person__isnull=False),
                name="extension_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["order", "unit", "due_on"],
                condition=Q(unit__isnull=False),
                name="extension_once_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, unit__isnull=False)
                | Q(person__isnull=False, unit__isnull=True),
                name="extension_of_person_or_unit",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="extension_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"order {self.order_id} until {self.due_on}"


class HolidayChange(models.Model):
    """What the admin says of a day, over the list of holidays that the site brings.

    Personal data: none.
    """

    day = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama hari libur"), max_length=120, blank=True)
    is_holiday = models.BooleanField(_("hari libur"), default=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
