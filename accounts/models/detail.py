"""What was said of a person from a day on: name, golongan, jabatan, as reports tell."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lib.facts import Fact


class PersonDetail(Fact):
    """Fact: from `starts_on` on, `field` of the person was `value`.

    Rows begin with the first change of a field; whoever has none is what her account
    says. The row without `starts_on` is what held before that change. Of the rows that
    have begun by a day the one recorded last holds. `is_assumed`: changed before this
    was recorded, so what held before is not known and is taken to be `value`.

    Personal data: name and job of before; needed for reports as of a date; removed
    when the person is anonymised.
    """

    class Field(models.TextChoices):
        """The fields of a person that reports of a past day show."""

        TITLE_PREFIX = "title_prefix", "title_prefix"
        NAME = "name", "name"
        TITLE_SUFFIX = "title_suffix", "title_suffix"
        GOLONGAN = "golongan", "golongan"
        JABATAN = "jabatan", "jabatan"
        EMPLOYMENT_STATUS = "employment_status", "employment_status"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="details"
    )
    field = models.CharField(max_length=20, choices=Field)
    value = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    is_assumed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(starts_on__isnull=True),
                name="detail_begins_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "field", "recorded_at"], name="detail_by_person"
            ),
            models.Index(
                fields=["recorded_at"],
                condition=Q(is_assumed=True),
                name="detail_assumed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id} ({self.starts_on})"
