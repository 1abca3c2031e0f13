"""Forms of this room."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.parameters import FormWithParameters
from reports.filters.completion import Filters, Status

Choice = tuple[str, str]


class DayInput(forms.DateInput):
    """A calendar of the browser, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CompletionFilterForm(FormWithParameters):
    """What is asked of the completion report; every field may stay empty.

    Names of people and NIPs are not among its fields: they go by POST and are kept
    in the session, because an address ends up in logs and histories.
    """

    parameters: ClassVar = {
        "course": "kursus",
        "completed_from": "dari",
        "completed_to": "sampai",
    }

    unit = forms.CharField(label=_("Unit kerja"), required=False, max_length=64)
    course = forms.ChoiceField(label=_("Kursus"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Semua status")), *Status.choices],
    )
    completed_from = forms.DateField(
        label=_("Selesai sejak"), required=False, widget=DayInput()
    )
    completed_to = forms.DateField(
        label=_("Selesai sampai"), required=False, widget=DayInput()
    )

    def __init__(
        self, data: Any, *, units: list[Choice], courses: list[Choice]
    ) -> None:
        super().__init__(data)
        self.fields["unit"].widget = forms.Select(choices=units)
        self.fields["course"] = forms.ChoiceField(
            label=_("Kursus"),
            required=False,
            choices=[("", _("Semua kursus")), *courses],
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_method = "get"

    def clean(self) -> dict[str, Any]:
        """Refuse days that cannot have anything."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("completed_from"), cleaned.get("completed_to")
        if first and last and last < first:
            self.add_error(
                "completed_to",
                ValidationError(
                    _(
                        "Tanggal ini mendahului tanggal sejak. Pilih tanggal yang "
                        "sama atau sesudahnya."
                    ),
                    code="days_reversed",
                ),
            )
        if (first or last) and cleaned.get("status") not in {"", Status.DONE}:
            self.add_error(
                "status",
                ValidationError(
                    _(
                        "Tanggal menyaring kursus yang selesai. Pilih status Selesai, "
                        "atau kosongkan tanggalnya."
                    ),
                    code="days_need_completion",
                ),
            )
        return cleaned

    def filters(self, *, words: str) -> Filters:
        """Return the filters of a form that is valid."""
        cleaned = self.cleaned_data
        return Filters(
            unit=cleaned["unit"],
            course=cleaned["course"],
            status=cleaned["status"],
            completed_from=cleaned["completed_from"],
            completed_to=cleaned["completed_to"],
            words=words,
        )


class GainFilterForm(FormWithParameters):
    """Which course and which part of the organisation the gain report is about."""

    parameters: ClassVar = {"course": "kursus"}

    def __init__(
        self, *, initial: dict[str, str], units: list[Choice], courses: list[Choice]
    ) -> None:
        super().__init__(initial=initial)
        self.fields["course"] = forms.ChoiceField(label=_("Kursus"), choices=courses)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit kerja"), required=False, choices=units
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_method = "get"
