"""A unit in a form: chosen from a list where there are few, named by its code else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from lib.paths import SEGMENT_LENGTH

MOST_UNITS = 200
_INDENT = "\N{EM SPACE}"


class UnitField(forms.CharField):
    """The code of one of the units that `offer` was told of; any other is not known."""

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "label": gettext_lazy("Unit"),
            "max_length": 64,
            "error_messages": {"required": gettext_lazy("Pilih unitnya.")},
        }
        super().__init__(**{**said, **kwargs})
        self._units: Any = Unit.objects.none()

    def offer(self, units: Any, *, empty: str = "") -> None:
        """Take these units, with a list of them where they are `MOST_UNITS` at most.

        One query. `empty` is what the list calls no choice.
        """
        self._units = units
        listed = list(units.order_by("path")[: MOST_UNITS + 1])
        if len(listed) > MOST_UNITS:
            return
        shallowest = min((len(unit.path or "") for unit in listed), default=0)
        self.widget = forms.Select(
            choices=[("", empty or _("Pilih unit"))]
            + [
                (unit.code, _INDENT * _depth(unit, shallowest) + unit.name)
                for unit in listed
            ]
        )
        self.widget.is_required = self.required

    def clean(self, value: Any) -> Any:
        """Return the unit, None for no code. Raises ValidationError: not known."""
        code = super().clean(value)
        if not code:
            return None
        unit: Unit | None = self._units.filter(code=code).first()
        if unit is None:
            raise ValidationError(
                _("Tidak ada unit dengan kode ini di antara unit yang Anda kelola."),
                code="unknown",
            )
        return unit


def offer_units(form: forms.Form, name: str, units: Any, *, empty: str = "") -> None:
    """Let a form's unit field of this name take these units (`UnitField.offer`)."""
    field = form.fields[name]
    if not isinstance(field, UnitField):
        raise TypeError(name)
    field.offer(units, empty=empty)


def _depth(unit: Unit, shallowest: int) -> int:
    return (len(unit.path or "") - shallowest) // SEGMENT_LENGTH
