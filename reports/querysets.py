"""Named filters over exports and saved views."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.access import Policy, roots, scope_q
from lib.facts import FactQuerySet
from lib.paths import ancestor_paths


class ExportJobQuerySet(models.QuerySet[Any]):
    """Exports."""

    def of(self, user: Any) -> Self:
        """Keep the exports that `user` asked for; nobody else may fetch them."""
        return self.filter(asked_by=user)

    def waiting(self, now: datetime) -> Self:
        """Keep exports nobody works on: waiting, or not seen at work for 15 minutes."""
        lost = now - timedelta(minutes=15)
        unseen = Q(seen_at__isnull=True, started_at__lt=lost) | Q(seen_at__lt=lost)
        return self.filter(Q(state="waiting") | Q(state="running") & unseen)

    def expired(self, now: datetime) -> Self:
        """Keep exports whose file is there and should no longer be."""
        return self.filter(expires_at__lte=now).exclude(path="")

    def current(self, now: datetime) -> Self:
        """Keep exports on their way, and files made within a day."""
        return self.filter(
            Q(state__in=("waiting", "running"))
            | Q(state="done", finished_at__gt=now - timedelta(days=1)) & ~Q(path="")
        )


class FileMailQuerySet(models.QuerySet[Any]):
    """Mails about files."""

    def to_send(self, now: datetime) -> Self:
        """Keep those that wait and may be tried now."""
        return self.filter(state="pending", next_try_at__lte=now)

    def lost(self, now: datetime) -> Self:
        """Keep those whose worker never came back; they may have gone out."""
        return self.filter(state="sending", taken_at__lt=now - timedelta(minutes=30))


class SavedViewQuerySet(models.QuerySet[Any]):
    """Saved views."""

    def kept(self) -> Self:
        """Leave out what was deleted."""
        return self.filter(deleted_at__isnull=True)

    def due(self, today: date) -> Self:
        """Keep those whose file is to be made by `today`, and are not paused."""
        coming = self.kept().exclude(every="").filter(paused_because="")
        return coming.filter(next_on__lte=today)

    def of(self, user: Any) -> Self:
        """Keep the person's own."""
        return self.filter(owner=user)

    def shared_with(self, user: Any, capability: str) -> Self:
        """Keep what others share on a unit at or above one where `user` holds it.

        Opening one tells her of her own units alone (`reports.saved.opening`).
        """
        above = {
            one for path in roots(user, capability) for one in ancestor_paths(path)
        }
        shared = self.filter(shared_on__path__in=sorted(above))
        return shared.exclude(owner=user)


class SiasnItemQuerySet(FactQuerySet):
    """What was handed on to SIASN."""

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep items of people about whom `user` holds `capability`."""
        policy = Policy(unit="enrollment__person__unit")
        return self.filter(scope_q(user, capability, policy))

    def unanswered(self) -> Self:
        """Keep items that SIASN has said nothing about."""
        return self.filter(answer__isnull=True)

    def standing(self) -> Self:
        """Keep items that forbid another one: unanswered, or accepted."""
        return self.exclude(answer__rw_kursus_id="", answer__isnull=False)

    def refused(self) -> Self:
        """Keep items that SIASN refused."""
        return self.filter(answer__rw_kursus_id="", answer__isnull=False)
