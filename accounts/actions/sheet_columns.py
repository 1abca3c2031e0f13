"""Remembering what the columns of an agency's sheets are."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import SheetColumns, User
from accounts.people_import.columns_said import agency_of
from lib.transactions import atomic_with_retry


@atomic_with_retry
def remember_sheet_columns(
    *, headings: str, roles: Sequence[str], by: User, now: datetime
) -> None:
    """Keep for the agency of `by` what the columns of such sheets are.

    The newest counts; nothing is kept for whoever may import nowhere.
    """
    agency = agency_of(by)
    if agency is None:
        return
    SheetColumns.objects.update_or_create(
        unit=agency,
        headings=headings,
        defaults={"roles": list(roles), "chosen_at": now},
    )
