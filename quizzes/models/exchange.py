"""How a person's own tables of questions are laid out."""

from django.db import models

from accounts.models import User


class ColumnChoice(models.Model):
    """What the columns of a table are, as the person said when she imported one.

    `headings` is a hash of the headings of such tables, `roles` what each column is, by
    the names of `quizzes.exchange.formats`. A newer choice replaces it.

    Personal data: a setting of a person; erased with the person.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="column_choices")
    headings = models.CharField(max_length=64)
    roles = models.JSONField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "headings"], name="columnchoice_once_per_table"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.headings[:8]}"
