"""Rows that are appended and never edited.

A fact says that something happened. Correcting one means adding another; the
reasons are in docs/architecture.md, "Facts and derivations".
"""

from typing import Any, NoReturn

from django.db import models


class FactChanged(TypeError):
    """Code tried to edit or delete a fact: a bug, never a person's mistake."""


class FactQuerySet(models.QuerySet[Any]):
    """A queryset that can add rows and read them, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: facts are not edited."""
        raise FactChanged(f"{self.model.__name__} rows are appended, never edited.")

    def delete(self) -> NoReturn:
        """Refuse: facts are not deleted."""
        raise FactChanged(f"{self.model.__name__} rows are never deleted.")


class Fact(models.Model):
    """Base of the tables that are appended only."""

    objects = models.Manager.from_queryset(FactQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; refuse to change one that is already there."""
        if not self._state.adding:
            raise FactChanged(f"{type(self).__name__} {self.pk} cannot be edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: facts are not deleted."""
        raise FactChanged(f"{type(self).__name__} {self.pk} cannot be deleted.")
