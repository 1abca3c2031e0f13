"""Named filters over units and people."""

from typing import Any, Self

from accounts import access
from accounts.nip import LENGTH, normalise_nip
from lib.fields import FoldingQuerySet
from lib.folding import folded_words


class NamedQuerySet(FoldingQuerySet):
    """Rows that are found and sorted by their folded names."""

    def named(self, words: str) -> Self:
        """Keep whose name holds every word, whatever its capitals and accents.

        Without a word, nobody's does.
        """
        found = self if folded_words(words) else self.none()
        for word in folded_words(words):
            found = found.filter(name_key__contains=word)
        return found

    def by_name(self) -> Self:
        """Sort by name, the same way in every database."""
        return self.order_by("name_key", "name", "pk")


class UnitQuerySet(NamedQuerySet):
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


class UserQuerySet(NamedQuerySet):
    """People."""

    def numbered(self, digits: str) -> Self:
        """Keep who carries or carried this number; of a part of one, who carries it.

        Whoever it was noted for wrongly is found by it, too.
        """
        if len(digits) == LENGTH:
            known = self.model.objects.filter(identifiers__value=digits)
            return self.filter(pk__in=known.values("pk"))
        return self.filter(nip__contains=digits)

    def signing_in_as(self, typed: str) -> Self:
        """Keep whom a number or an address in mails means on the sign-in page."""
        if "@" in typed:
            return self.filter(email=typed.strip().lower())
        return self.filter(nip=normalise_nip(typed))

    def active(self) -> Self:
        """Keep people who may sign in."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any, capability: str) -> Self:
        """Keep the people about whom `user` holds `capability`."""
        return self.filter(access.scope_q(user, capability, access.PERSON))
