"""Named filters over certificates."""

from typing import Any, Self

from accounts import access
from certificates import policy
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
