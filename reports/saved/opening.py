"""What a saved view asks when somebody opens it: the reader's own reach wins."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.access import UNIT, can, holds, roots
from accounts.models import Unit
from lib.paths import is_within
from lib.refusals import ActionRefused
from reports.models import SavedView
from reports.saved.savable import SAVABLE, Stored


class ViewNotOpened(ActionRefused):
    """A view that has nothing to tell to this reader."""


def filters_for(user: Any, view: SavedView) -> Stored:
    """Return the filters of a view as `user` may ask them.

    A unit above hers stands for her own units. Raises ViewNotOpened where the report is
    none of hers, and for a unit that lies beside hers: other rows than the name
    promises would be worse than none.
    """
    savable = SAVABLE.get(view.report)
    if savable is None or not holds(user, savable.capability):
        raise ViewNotOpened(
            "report_not_hers", _("Laporan ini tidak termasuk wewenang Anda.")
        )
    stored = dict(view.filters)
    code = stored.get("unit")
    if not code:
        return stored
    unit = Unit.objects.filter(code=code).first()
    if unit is not None and can(user, savable.capability, unit, UNIT):
        return stored
    tops = roots(user, savable.capability)
    if unit is None or not any(is_within(top, unit.path or "") for top in tops):
        raise ViewNotOpened(
            "unit_not_hers",
            _(
                "Tampilan ini tentang unit di luar unit Anda. Buka laporannya, lalu "
                "saring menurut unit Anda sendiri."
            ),
        )
    del stored["unit"]
    return stored


def address_for(user: Any, view: SavedView) -> str:
    """Return the report's address with the filters; raises ViewNotOpened."""
    stored = filters_for(user, view)
    return SAVABLE[view.report].address(stored)
