"""Naming a view, and saying who else may open it."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from lib.parameters import FormWithParameters
from reports.filters.forms import Choice
from reports.models import ExportJob, Rhythm

LONGEST_NAME = 80
FORMATS = [one for one in ExportJob.Format.choices if one[0] != ExportJob.Format.ZIP]
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

    parameters: ClassVar = {
        "name": "nama",
        "shared_on": "bagikan",
        "every": "jadwal",
        "format": "bentuk",
    }

    name = _name_field()
    shared_on = forms.ChoiceField(
        label=_("Bagikan kepada"),
        required=False,
        help_text=_(
            "Pengelola SDM unit itu dan di bawahnya dapat membukanya. "
            "Masing-masing hanya melihat pegawainya sendiri."
        ),
    )
    every = forms.ChoiceField(
        label=_("Buat berkasnya"),
        required=False,
        choices=[("", _("Tidak dijadwalkan")), *Rhythm.choices],
        help_text=_(
            "Pagi hari kerja. Anda mendapat kabar dan surel berisi tautan, bukan "
            "berkasnya. Berkas tersimpan 7 hari."
        ),
    )
    format = forms.ChoiceField(
        label=_("Bentuk berkas"), choices=FORMATS, initial=ExportJob.Format.XLSX
    )

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shared_on"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Hanya saya")), *units]
