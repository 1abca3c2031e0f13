"""How an agency's sheets of people are laid out."""

from django.db import models

from accounts.models.unit import Unit


class SheetColumns(models.Model):
    """What the columns of a sheet are, as somebody of the agency said it.

    `headings` is a hash of the titles of such sheets, `roles` what each column is, by
    the titles of `accounts.people_import.columns`, "" for one that is ignored. `unit`
    is the agency, the unit at the top. A newer choice replaces it.

    Personal data: none.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64)
    roles = models.JSONField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "headings"], name="sheetcolumns_once_per_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.headings[:8]}"
