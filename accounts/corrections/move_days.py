"""The page on which the wrong day of moves is put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.redating import Moved, Redating, plan_redating
from accounts.corrections.forms import MoveDayForm
from accounts.models import AuditRecord, Unit, User
from accounts.people_import.stored import CAPABILITY

_PER_PAGE, MOST_NAMED = 20, 50


@dataclass(frozen=True)
class MovePreview:
    """What would be redated. Of many people and units the first are named."""

    unit: Unit
    wrong: date
    right: date
    plan: Redating
    people: Sequence[tuple[str, str, str]]
    units: Sequence[tuple[str, str, str]]

    @property
    def is_cut(self) -> bool:
        """Say whether there are more than are named."""
        return self.plan.total > len(self.people) + len(self.units)


@dataclass(frozen=True)
class RedatingRow:
    """A day that was corrected."""

    unit: str
    wrong: date
    right: date
    people: int
    units: int
    reason: str
    by: str
    at: datetime


def move_day_form(user: User, data: Any) -> MoveDayForm:
    """Return the form with the units that the user looks after."""
    return MoveDayForm(data, units=Unit.objects.active().visible_to(user, CAPABILITY))


def move_preview(user: User, *, unit: Unit, wrong: date, right: date) -> MovePreview:
    """Return what would be redated; the number of queries does not grow with it."""
    plan = plan_redating(wrong=wrong, right=right, unit=unit, by=user)
    people, units = plan.people[:MOST_NAMED], plan.units[:MOST_NAMED]
    names = {
        one.pk: one.full_name
        for one in User.objects.filter(pk__in=[move.pk for move in people])
    }
    named = {pk for one in (*people, *units) for pk in (one.before, one.after) if pk}
    named |= {one.pk for one in units}
    of_units = dict(Unit.objects.filter(pk__in=named).values_list("pk", "name"))
    return MovePreview(
        unit=unit,
        wrong=wrong,
        right=right,
        plan=plan,
        people=[_line(one, names, of_units) for one in people],
        units=[_line(one, of_units, of_units) for one in units],
    )


def is_day_corrected(preview: MovePreview) -> bool:
    """Say whether this very correction was made, and nothing is left to correct."""
    made = AuditRecord.objects.filter(
        verb="accounts.moves.redated",
        object_type=Unit._meta.label_lower,
        object_id=preview.unit.pk,
        detail__wrong=str(preview.wrong),
        detail__right=str(preview.right),
    )
    return not preview.plan.total and made.exists()


def _line(
    move: Moved, names: dict[int, str], units: dict[int, str]
) -> tuple[str, str, str]:
    top = _("puncak")
    before = units.get(move.before or 0, top)
    return names.get(move.pk, ""), before, units.get(move.after or 0, top)


def redating_rows(user: User, *, page: str | None) -> "Page[Any]":
    """Return a page of the days corrected in the user's units, or by her."""
    mine = Unit.objects.visible_to(user, CAPABILITY)
    records = AuditRecord.objects.filter(verb="accounts.moves.redated")
    hers = Q(object_id__in=mine.values("pk")) | Q(actor_id=user.pk)
    found = Paginator(records.filter(hers).order_by("-at", "-pk"), _PER_PAGE).get_page(
        page
    )
    rows = list(found.object_list)
    units = dict(
        Unit.objects.filter(pk__in=[row.object_id for row in rows]).values_list(
            "pk", "name"
        )
    )
    people = {
        one.pk: one.full_name
        for one in User.objects.filter(pk__in=[row.actor_id for row in rows])
    }
    found.object_list = [
        RedatingRow(
            unit=units.get(row.object_id, _("Semua unit")),
            wrong=date.fromisoformat(row.detail["wrong"]),
            right=date.fromisoformat(row.detail["right"]),
            people=row.detail["people"],
            units=row.detail["units"],
            reason=row.detail["reason"],
            by=people.get(row.actor_id, ""),
            at=row.at,
        )
        for row in rows
    ]
    return found
