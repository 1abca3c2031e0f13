"""Named filters over certificates."""

from datetime import datetime
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from accounts import access
from certificates import policy, retrying
from lib.facts import FactQuerySet


class CertificateQuerySet(FactQuerySet):
    """Certificates."""

    def current(self) -> Self:
        """Keep certificates that are neither replaced nor revoked."""
        return self.filter(replaced_by__isnull=True, revocation__isnull=True)

    def without_file(self) -> Self:
        """Keep certificates whose PDF has not been stored yet."""
        return self.filter(files__isnull=True)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep certificates of people in `user`'s units, and her own."""
        return self.filter(access.scope_q(user, capability, policy.CERTIFICATE))


class CertificateWorkQuerySet(QuerySet[Any]):
    """What is still to be done about certificates."""

    def failed(self) -> Self:
        """Keep what could not be done and waits for another try."""
        return self.filter(failures__gt=0)

    def unfailed(self) -> Self:
        """Keep what was not tried yet, or whose message was lost."""
        return self.filter(failures=0)

    def due(self, now: datetime) -> Self:
        """Keep what may be asked for now, longest waiting first.

        Not what a message is on its way for, nor what a worker is at.
        """
        is_heard = Q(asked_at__isnull=True) | Q(asked_at__lte=now - retrying.PATIENCE)
        is_abandoned = Q(started_at__lte=now - retrying.LONGEST_WORK)
        found = self.filter(
            Q(next_try_at__isnull=True) | Q(next_try_at__lte=now),
            Q(started_at__isnull=True) & is_heard | is_abandoned,
        )
        return found.order_by(F("next_try_at").asc(nulls_first=True), "pk")

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the work for people in `user`'s units."""
        return self.filter(access.scope_q(user, capability, policy.WORK))


class CorrectionQuerySet(QuerySet[Any]):
    """Requests to revoke or replace."""

    def open(self) -> Self:
        """Keep those that nobody has decided."""
        return self.filter(decision="")

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep requests about people in `user`'s units."""
        return self.filter(access.scope_q(user, capability, policy.CORRECTION))


class OutsideQuerySet(QuerySet[Any]):
    """Certificates from elsewhere."""

    def waiting(self) -> Self:
        """Keep what nobody has decided about."""
        return self.filter(state="waiting")

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep those of people in `user`'s units, and her own."""
        return self.filter(access.scope_q(user, capability, policy.OUTSIDE))
