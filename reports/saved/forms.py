"""Naming a view, and saying who else may open it."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from lib.parameters import FormWithParameters
from reports.filters.forms import Choice

LONGEST_NAME = 80
TODAY, FIXED = "hari-ini", "tetap"


def _name_field() -> forms.CharField:
    field = forms.CharField(label=_("Nama tampilan"))
    field.validators.append(MaxLengthValidator(LONGEST_NAME))
    return field


class SaveViewForm(FormWithParameters):
    """The name under which filters are kept, and the day of which they ask."""

    parameters: ClassVar = {"name": "nama", "cutoff": "keadaan"}

    name = _name_field()
    cutoff = forms.ChoiceField(
        choices=[(TODAY, _("Hari ini")), (FIXED, _("Tetap"))], required=False
    )

    @property
    def is_fixed(self) -> bool:
        """Say whether the view goes on telling of one day."""
        return bool(self.cleaned_data["cutoff"] == FIXED)


class ViewForm(FormWithParameters):
    """The name of a view, and on which unit it is shared."""

    parameters: ClassVar = {"name": "nama", "shared_on": "bagikan"}

    name = _name_field()

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_on"] = forms.ChoiceField(
            label=_("Bagikan kepada"),
            required=False,
            choices=[("", _("Hanya saya")), *units],
            help_text=_(
                "Pengelola SDM unit itu dan di bawahnya dapat membukanya. "
                "Masing-masing hanya melihat pegawainya sendiri."
            ),
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
