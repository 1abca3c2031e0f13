"""What a person said the columns of her tables are."""

from collections.abc import Collection, Sequence
from datetime import datetime

from accounts.models import User
from lib.transactions import atomic_with_retry
from quizzes.models import ColumnChoice


@atomic_with_retry
def remember_columns(
    *, person: User, headings: str, roles: Sequence[str], now: datetime
) -> None:
    """Keep what the columns of tables with these headings are; the newest counts."""
    ColumnChoice.objects.update_or_create(
        person=person,
        headings=headings,
        defaults={"roles": list(roles), "chosen_at": now},
    )


def remembered_columns(
    person: User, headings: Collection[str]
) -> tuple[str, list[str]] | None:
    """Return what the person said last of tables with any of these headings.

    The headings and the roles of their columns; None where she never said anything.
    """
    found = (
        ColumnChoice.objects.filter(person=person, headings__in=headings)
        .order_by("-chosen_at", "-pk")
        .first()
    )
    if found is None:
        return None
    return found.headings, [str(one) for one in found.roles]
