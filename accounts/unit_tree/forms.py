"""What an admin types about a unit."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import IndonesianZone
from accounts.people_import.cells import (
    CellProblem,
    check_text,
    check_words,
    clean,
    read_code,
)
from accounts.unit_field import UnitField, offer_units
from lib.parameters import FormWithParameters
from lib.whole_text import WholeText

_LONGEST_NAME, _LONGEST_CODE = 200, 64


def _since(**said: Any) -> forms.DateField:
    return forms.DateField(
        label=_("Berlaku sejak"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        help_text=_("Hari ini atau sebelumnya, menurut surat keputusannya."),
        **said,
    )


class UnitNameForm(FormWithParameters):
    """What a unit is called from a day on."""

    parameters: ClassVar = {"name": "nama", "starts_on": "mulai"}

    name = forms.CharField(label=_("Nama unit"), max_length=_LONGEST_NAME)
    starts_on = _since()

    def clean_name(self) -> str:
        """Judge the name as the import judges a cell."""
        name = clean(self.cleaned_data["name"])
        try:
            check_text(name, _LONGEST_NAME)
            check_words(name)
        except CellProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        if not name:
            raise ValidationError(_("Isi nama unitnya."), code="required")
        return name


class NewUnitForm(UnitNameForm):
    """A unit that is added under another."""

    parameters: ClassVar = {
        **UnitNameForm.parameters,
        "code": "kode",
        "time_zone": "zona",
    }

    code = forms.CharField(
        label=_("Kode unit"),
        max_length=_LONGEST_CODE,
        help_text=_("Seperti pada berkas impor. Tidak dapat diubah sesudahnya."),
    )
    time_zone = forms.ChoiceField(
        label=_("Zona waktu"),
        required=False,
        choices=[("", _("Sama dengan unit di atasnya")), *IndonesianZone.choices],
    )
    field_order = ("name", "code", "time_zone", "starts_on")

    def clean_code(self) -> str:
        """Judge the code as the import judges a cell."""
        try:
            code = read_code(clean(self.cleaned_data["code"]))
            check_text(code, _LONGEST_CODE)
        except CellProblem as problem:
            raise ValidationError(problem.message, code=problem.code) from problem
        return code


class UnitMoveForm(FormWithParameters):
    """Under which unit another one stands from a day on."""

    parameters: ClassVar = {"parent": "induk", "starts_on": "mulai"}

    parent = UnitField(label=_("Unit induk yang baru"))
    starts_on = _since()

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "parent", units)


class UnitCloseForm(FormWithParameters):
    """Since when a unit is closed, and who takes its people."""

    parameters: ClassVar = {
        "successor": "tujuan",
        "starts_on": "mulai",
        "reason": "alasan",
    }

    successor = UnitField(
        label=_("Unit yang menerima"),
        required=False,
        help_text=_("Pegawai dan unit di bawahnya pindah ke sana."),
    )
    starts_on = _since()
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        widget=WholeText(attrs={"rows": 2}),
        help_text=_("Apa dasarnya, misalnya nomor peraturan."),
        error_messages={"required": _("Tulis dasarnya.")},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "successor", units, empty=str(_("Tidak ada: unitnya kosong")))
