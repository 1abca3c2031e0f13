"""What HR says that was wrong, what is right, and why."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.nip import normalise_nip
from accounts.unit_field import UnitField, offer_units
from lib.parameters import FormWithParameters
from lib.whole_text import WholeText

_LONGEST_NUMBER = 40
_DAYS = ["%Y-%m-%d", "%d-%m-%Y"]


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=WholeText(attrs={"rows": 2}),
        help_text=_("Apa dasarnya, misalnya nomor surat keputusan."),
        error_messages={"required": _("Tulis dasarnya.")},
    )


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class NumberForm(FormWithParameters):
    """A number that was noted wrongly, and the right one."""

    parameters: ClassVar = {"wrong": "keliru", "right": "benar", "reason": "alasan"}

    wrong = forms.CharField(
        label=_("Nomor yang keliru"),
        max_length=_LONGEST_NUMBER,
        help_text=_("NIP atau NI PPPK yang sekarang tercatat."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Isi nomor yang keliru.")},
    )
    right = forms.CharField(
        label=_("Nomor yang benar"),
        max_length=_LONGEST_NUMBER,
        required=False,
        help_text=_("Boleh kosong bila yang keliru hanya nomor lama."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = _reason()

    def clean_wrong(self) -> str:
        """Return the digits alone."""
        return normalise_nip(self.cleaned_data["wrong"])

    def clean_right(self) -> str:
        """Return the digits alone."""
        return normalise_nip(self.cleaned_data["right"])


class MoveDayForm(FormWithParameters):
    """The day under which moves were noted, and the right one; of one unit and below.

    `unit` is one of `units`; where there are too many to choose from, its code.
    """

    parameters: ClassVar = {"wrong": "keliru", "right": "benar", "reason": "alasan"}

    unit = UnitField(
        label=_("Unit tujuan"),
        help_text=_("Unit yang dimasuki, dengan semua unit di bawahnya."),
    )
    wrong = forms.DateField(
        label=_("Tanggal yang keliru"),
        widget=_day_input(),
        input_formats=_DAYS,
        help_text=_("Tanggal pindah atau penataan unit yang sekarang tercatat."),
    )
    right = forms.DateField(
        label=_("Tanggal yang benar"), widget=_day_input(), input_formats=_DAYS
    )
    reason = _reason()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "unit", units)
