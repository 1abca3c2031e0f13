"""What the filters of the completion report offer to choose from."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from accounts.access import roots
from accounts.models import Unit
from courses.models import Course
from lib.paths import SEGMENT_LENGTH, ancestor_paths
from reports.filters.forms import Choice, CompletionFilterForm, GainFilterForm
from reports.units.reach import CAPABILITY
from reports.units.tree import get_unit_for

MOST_UNITS = 200
_INDENT = "\N{EM SPACE}"


def unit_choices(user: Any, chosen: Unit | None) -> list[Choice]:
    """Return the units to choose from, in the order of the tree.

    Of more than two hundred, only those on the way down to the chosen one and those
    directly below it, so that the list stays short.
    """
    mine = Unit.objects.active().visible_to(user, CAPABILITY)
    units = list(mine.order_by("path")[: MOST_UNITS + 1])
    if len(units) > MOST_UNITS:
        units = list(mine.filter(_around(user, chosen)).order_by("path")[:MOST_UNITS])
    if chosen and chosen not in units:
        units.append(chosen)
    shallowest = min((len(unit.path or "") for unit in units), default=0)
    return [
        ("", gettext("Semua unit")),
        *(
            (unit.code, _INDENT * _depth(unit, shallowest) + unit.name)
            for unit in units
        ),
    ]


def _around(user: Any, chosen: Unit | None) -> Q:
    tops = roots(user, CAPABILITY)
    if chosen is None:
        return Q(path__in=tops) | Q(parent__path__in=tops)
    return Q(path__in=ancestor_paths(chosen.path or "")) | Q(parent=chosen)


def _depth(unit: Unit, shallowest: int) -> int:
    return (len(unit.path or "") - shallowest) // SEGMENT_LENGTH


def filter_form(user: Any, data: Any) -> CompletionFilterForm:
    """Return the form for these parameters; 404 for a unit that is not the person's."""
    unit = get_unit_for(user, data.get("unit", ""))
    return CompletionFilterForm(
        data, units=unit_choices(user, unit), courses=course_choices()
    )


def gain_form(user: Any, *, course: Course | None, unit: Unit | None) -> GainFilterForm:
    """Return the form of the gain report as it stands on the screen."""
    asked = {
        "course": course.key if course else "",
        "unit": unit.code if unit else "",
    }
    return GainFilterForm(
        initial=asked, units=unit_choices(user, unit), courses=course_choices()
    )


def course_choices() -> list[Choice]:
    """Return every course that was ever published, by its code and title."""
    courses = Course.objects.filter(current_version__isnull=False)
    return [
        (key, f"{code} · {title}")
        for key, code, title in courses.values_list(
            "key", "code", "current_version__title"
        )
    ]
