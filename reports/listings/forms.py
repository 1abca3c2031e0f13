"""What may be asked of a listing: a field for each filter it has."""

from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.parameters import FormWithParameters
from reports.filters.choices import course_choices, unit_choices
from reports.filters.forms import Choice, DayInput
from reports.listings.asking import ListingFilters
from reports.listings.definition import Listing
from reports.units.tree import get_unit_for

FIRST_YEAR, LAST_YEAR = 2000, 2100
_FIELDS = {"days": ("since", "until")}


class ListingFilterForm(FormWithParameters):
    """The filters of a listing; every field may stay empty.

    Names of people and NIPs are not among them: an address ends up in logs.
    """

    parameters: ClassVar = {
        "course": "kursus",
        "since": "dari",
        "until": "sampai",
        "year": "tahun",
        "as_of": "per",
        "columns": "kolom",
    }

    unit = forms.CharField(label=_("Unit kerja"), required=False, max_length=64)
    course = forms.ChoiceField(label=_("Kursus"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    since = forms.DateField(required=False, widget=DayInput())
    until = forms.DateField(required=False, widget=DayInput())
    year = forms.IntegerField(
        label=_("Tahun JP"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    as_of = forms.DateField(label=_("Keadaan per"), required=False, widget=DayInput())
    columns = forms.MultipleChoiceField(label=_("Kolom"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        listing: Listing,
        units: list[Choice],
        courses: list[Choice],
        today: date,
    ) -> None:
        super().__init__(data)
        self._today = today
        self.listing = listing
        self.fields["unit"].widget = forms.Select(choices=units)
        self._offer("course", [("", _("Semua kursus")), *courses])
        self._offer("status", [("", _("Semua status")), *listing.statuses])
        self._offer(
            "columns", [(column.key, column.title) for column in listing.columns]
        )
        self.fields["since"].label = _("%(what)s sejak") % {"what": listing.days_label}
        self.fields["until"].label = _("%(what)s sampai") % {"what": listing.days_label}
        for name in ("course", "status", "days", "year"):
            if name not in listing.filters:
                for field in _FIELDS.get(name, (name,)):
                    del self.fields[field]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_method = "get"
        # Drawn by the page, folded away.
        shown = [name for name in self.fields if name != "columns"]
        self.helper.render_unmentioned_fields = False
        self.helper.layout = self.helper.build_default_layout(self)
        self.helper.layout.fields = shown

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

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
        day = cleaned.get("as_of")
        if day and day > self._today:
            self.add_error(
                "as_of",
                ValidationError(
                    _(
                        "Hari ini belum tiba. Pilih hari ini atau sebelumnya, atau "
                        "kosongkan."
                    ),
                    code="day_to_come",
                ),
            )
        return cleaned

    def filters(self) -> ListingFilters:
        """Return the filters of a form that is valid."""
        cleaned = self.cleaned_data
        return ListingFilters(
            unit=cleaned["unit"],
            course=cleaned.get("course", ""),
            status=cleaned.get("status", ""),
            since=cleaned.get("since"),
            until=cleaned.get("until"),
            year=cleaned.get("year"),
            as_of=cleaned["as_of"],
            columns=tuple(cleaned["columns"]),
        )

    @property
    def chosen(self) -> list[str]:
        """The keys of the columns that are shown."""
        keys = self.data.getlist("kolom") if hasattr(self.data, "getlist") else []
        return [column.key for column in self.listing.chosen(keys)]


def listing_form(
    user: Any, data: Any, *, listing: Listing, today: date
) -> ListingFilterForm:
    """Return the form for these parameters; 404 for a unit that is not the person's."""
    unit = get_unit_for(user, data.get("unit", ""))
    return ListingFilterForm(
        data,
        listing=listing,
        units=unit_choices(user, unit),
        courses=course_choices() if "course" in listing.filters else [],
        today=today,
    )
