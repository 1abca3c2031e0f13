"""Named filters over units and people."""

from typing import Any, Self

from django.db import models

from accounts import access


class UnitQuerySet(models.QuerySet[Any]):
    """Units."""

    def below(self, unit: Any) -> Self:
        """Keep `unit` and everything under it."""
        return self.filter(access.below_q(unit.path))

    def active(self) -> Self:
        """Keep units that still exist."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the units on which `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, access.UNIT))


class UserQuerySet(models.QuerySet[Any]):
    """People."""

    def active(self) -> Self:
        """Keep people who may sign in."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the people about whom `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, access.PERSON))
