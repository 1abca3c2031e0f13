"""The filters of the trail; whom one looks for is not among them: it is posted."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.parameters import FormWithParameters
from reports.filters.choices import unit_choices
from reports.filters.forms import Choice, DayInput
from reports.trail.asking import Ids, TrailFilters
from reports.trail.kinds import GROUPS
from reports.units.tree import get_unit_for


class TrailFilterForm(FormWithParameters):
    """What is asked of the trail; every field may stay empty."""

    parameters: ClassVar = {"group": "kejadian", "since": "dari", "until": "sampai"}

    unit = forms.CharField(label=_("Unit kerja"), required=False, max_length=64)
    group = forms.ChoiceField(
        label=_("Kejadian"),
        required=False,
        choices=[
            ("", _("Semua kejadian")),
            *((group.slug, group.title) for group in GROUPS),
        ],
    )
    since = forms.DateField(label=_("Sejak"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Sampai"), required=False, widget=DayInput())

    def __init__(self, data: Any, *, units: list[Choice]) -> None:
        super().__init__(data)
        self.fields["unit"].widget = forms.Select(choices=units)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_method = "get"

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot have anything."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("since"), cleaned.get("until")
        if first and last and last < first:
            self.add_error(
                "until",
                ValidationError(
                    _(
                        "Tanggal ini mendahului tanggal sejak. Pilih tanggal yang "
                        "sama atau sesudahnya."
                    ),
                    code="days_reversed",
                ),
            )
        return cleaned

    def filters(self, *, actors: Ids | None, subjects: Ids | None) -> TrailFilters:
        """Return the filters of a form that is valid, with the people searched for."""
        said = self.cleaned_data
        return TrailFilters(
            unit=said["unit"],
            group=said["group"],
            since=said["since"],
            until=said["until"],
            actors=actors,
            subjects=subjects,
        )


def trail_form(user: Any, data: Any) -> TrailFilterForm:
    """Return the form for these parameters; 404 for a unit that is not the person's."""
    unit = get_unit_for(user, data.get("unit", ""))
    return TrailFilterForm(data, units=unit_choices(user, unit))
