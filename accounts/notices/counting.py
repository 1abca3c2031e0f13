"""How many notices wait, for the bell."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Notice, SilencedKind


def unread() -> "QuerySet[Notice]":
    """Return what was not read, of kinds that are not silenced."""
    silenced = SilencedKind.objects.filter(
        person=OuterRef("person"), kind=OuterRef("kind")
    )
    return Notice.objects.filter(read_at__isnull=True).exclude(Exists(silenced))


def unread_count() -> Coalesce:
    """Return how many wait, for a statement about people."""
    hers = unread().filter(person=OuterRef("pk")).order_by().values("person")
    return Coalesce(Subquery(hers.annotate(count=Count("pk")).values("count")), 0)
