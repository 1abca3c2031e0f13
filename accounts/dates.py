"""From which day something holds: never from one that has not come anywhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.exceptions import MoveNotDated
from accounts.models.unit import IndonesianZone


def check_has_begun(starts_on: date, *, now: datetime) -> None:
    """Refuse a day that has not begun even in the easternmost zone.

    People and units stand today where they are stored, and everybody who looks after
    them sees that; a move dated ahead would hold at once. Raises MoveNotDated.
    """
    if starts_on > now.astimezone(ZoneInfo(IndonesianZone.WIT)).date():
        raise MoveNotDated(
            "date_ahead",
            _("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya."),
        )
