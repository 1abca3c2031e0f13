"""Work left behind by whoever moves people: units whose people are to be counted."""

from django.db import models

from accounts.models.person import User
from accounts.models.unit import Unit


class UnitRecount(models.Model):
    """The people of `unit` changed by `person`, and nobody has counted them since.

    A list of work, neither fact nor derivation: written in the transaction of the
    change, deleted by whoever has counted (`courses.actions.rollups`). So nothing is
    forgotten, however long the sweep is down.

    Personal data: that somebody came to or left a unit, as an internal id, for a
    minute.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit_id} for {self.person_id}"
