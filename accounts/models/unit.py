"""The organisation tree and who belongs where, with dates.

`Unit.parent`, `Unit.path` and `User.unit` are what holds today. The truth with its
dates stands in `UnitPlacement` and `UnitMembership`; the end of each row is the
start of the next, so a report can speak of the organisation as it was on a day.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import UnitQuerySet
from lib.facts import Fact
from lib.fields import BytewiseCharField, FoldedField, with_folded


class IndonesianZone(models.TextChoices):
    """The three official time zones."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Unit(models.Model):
    """A node of the organisation tree: agency, department, section, village office.

    `parent` and `path` are derivations of the latest `UnitPlacement`, `name_key` of
    `name`. Recomputable: see `accounts.actions.units.rebuild_paths` and
    `manage.py verify_derived`.

    Personal data: none.
    """

    code = models.CharField(_("kode unit"), max_length=64, unique=True)
    name = models.CharField(_("nama unit"), max_length=200)
    name_key = FoldedField(source="name")
    agency_name = models.CharField(_("instansi"), max_length=200, blank=True)
    time_zone = models.CharField(
        _("zona waktu"),
        max_length=32,
        choices=IndonesianZone,
        default=IndonesianZone.WIB,
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    # Null only while a new unit has not been placed yet: the path holds its own key.
    path = BytewiseCharField(max_length=120, unique=True, null=True, editable=False)  # type: ignore[misc]

    objects: ClassVar = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [models.Index(fields=["name_key"], name="unit_by_name_key")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key of the name beside the name."""
        kwargs["update_fields"] = with_folded(Unit, kwargs.get("update_fields"))
        super().save(*args, **kwargs)


class UnitPlacement(Fact):
    """Fact: from `starts_on`, `unit` stood under `parent` at `path`.

    Personal data: none.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    path = BytewiseCharField(max_length=120)
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on", "path", "recorded_at"],
                name="placement_said_once",
            )
        ]
        indexes = [models.Index(fields=["path"])]

    def __str__(self) -> str:
        return f"{self.unit_id} @ {self.path} ({self.starts_on})"


class UnitMembership(Fact):
    """Fact: from `starts_on`, `person` belonged to `unit`.

    Personal data: which office a person works in; needed for reports as of a date;
    kept as long as the learning record.
    """

    person = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "starts_on", "unit", "recorded_at"],
                name="membership_said_once",
            )
        ]
        indexes = [models.Index(fields=["unit", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.unit_id} ({self.starts_on})"


class UnitStanding(Fact):
    """Fact: from `starts_on`, `unit` was called `name`, and was open or closed.

    Rows begin with the first change by hand; the row without `starts_on` is what held
    before. Of the rows that have begun by a day the one recorded last holds.
    `successor` is where its people went when it was closed. `Unit.name` and
    `Unit.is_active` are what holds today.

    Personal data: who said so, as an internal id.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standings")
    name = models.CharField(max_length=200)
    is_active = models.BooleanField()
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(starts_on__isnull=True),
                name="standing_begins_once",
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | models.Q(is_active=False),
                name="standing_successor_of_the_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.name} ({self.starts_on})"
