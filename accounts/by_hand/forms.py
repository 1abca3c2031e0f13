"""What HR types about one person."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.people import PersonContent
from accounts.models import User
from accounts.models.role import Role
from accounts.nip import normalise_nip
from accounts.people_import.cells import CellProblem, check_text, clean, read_email
from accounts.people_import.columns import (
    BY_TITLE,
    ESELONS,
    GENDERS,
    GOLONGAN_BY_STATUS,
    GOLONGAN_PNS,
    GOLONGAN_PPPK,
    JABATAN_KINDS,
    JENJANG,
    STATUSES,
)
from accounts.unit_field import UnitField, offer_units
from lib.parameters import FormWithParameters
from lib.whole_text import WholeText

_DAYS = ["%Y-%m-%d", "%d-%m-%Y"]
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_COLUMN_OF = {column.field: column for column in BY_TITLE.values() if column.field}
_EARLIEST_TMT = 1950


def _day(label: Any, **said: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=_DAYS, **said)


def _words(name: str, *, help_text: Any = "", **said: Any) -> forms.CharField:
    column = _COLUMN_OF[name]
    return forms.CharField(
        label=column.label,
        max_length=column.longest,
        required=column.is_required,
        help_text=help_text,
        **said,
    )


def _choice(name: str, values: Iterable[str], **said: Any) -> forms.ChoiceField:
    column = _COLUMN_OF[name]
    empty = [] if column.is_required else [("", gettext_lazy("Tidak diisi"))]
    return forms.ChoiceField(
        label=column.label,
        required=column.is_required,
        choices=[*empty, *((value, value) for value in values)],
        **said,
    )


class DetailsForm(FormWithParameters):
    """What is said of a person; `seen` is a digest of what was on the screen."""

    parameters: ClassVar = {
        "seen": "versi",
        "name": "nama",
        "title_prefix": "gelar_depan",
        "title_suffix": "gelar_belakang",
        "gender": "jenis_kelamin",
        "employment_status": "status_kepegawaian",
        "jabatan_kind": "jenis_jabatan",
        "agency_name": "instansi",
        "jabatan_starts_on": "tmt_jabatan",
        "email": "email_dinas",
    }

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = _words("name", help_text=gettext_lazy("Tanpa gelar, persis seperti SK."))
    title_prefix = _words("title_prefix")
    title_suffix = _words("title_suffix")
    gender = _choice("gender", GENDERS)
    employment_status = _choice("employment_status", STATUSES)
    golongan = _choice("golongan", (*GOLONGAN_PNS, *GOLONGAN_PPPK))
    jabatan_kind = _choice("jabatan_kind", JABATAN_KINDS)
    jabatan = _words("jabatan")
    jenjang = _choice("jenjang", [one for some in JENJANG.values() for one in some])
    eselon = _choice("eselon", ESELONS)
    agency_name = _words("agency_name")
    jabatan_starts_on = _day(gettext_lazy("TMT jabatan"), required=False)
    email = _words(
        "email",
        help_text=gettext_lazy("Ke alamat ini tautan kata sandi dikirim."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            said = self.initial.get(name)
            # What was noted before there were lists stays as it is.
            if isinstance(field, forms.ChoiceField) and said:
                offered: Any = field.choices
                if said not in [value for value, _label in offered]:
                    field.choices = [*offered, (said, said)]

    def clean(self) -> dict[str, Any]:
        """Judge words as the import judges cells, and golongan by the status."""
        super().clean()
        said = self.cleaned_data
        for name in ("name", "title_prefix", "title_suffix", "jabatan", "agency_name"):
            if name in said:
                self._judge(name, lambda value: check_text(value, 0))
        if "email" in said:
            self._judge("email", read_email)
        allowed = GOLONGAN_BY_STATUS.get(said.get("employment_status", ""))
        if said.get("golongan") and allowed and said["golongan"] not in allowed:
            self.add_error(
                "golongan",
                _("Golongan ini bukan golongan %(status)s.")
                % {"status": said["employment_status"]},
            )
        tmt = said.get("jabatan_starts_on")
        if tmt and tmt.year < _EARLIEST_TMT:
            self.add_error("jabatan_starts_on", _("Periksa tanggalnya pada SK."))
        return said

    def _judge(self, name: str, reader: Any) -> None:
        text = clean(self.cleaned_data[name] or "")
        try:
            reader(text)
        except CellProblem as problem:
            self.add_error(name, problem.message)
        else:
            self.cleaned_data[name] = text.lower() if name == "email" else text

    def content(self, *, nip: str = "") -> PersonContent:
        """Return what was typed, about whoever carries `nip`."""
        named = set(PersonContent.__dataclass_fields__) - {"nip"}
        return PersonContent(
            nip=nip,
            **{name: self.cleaned_data.get(name) or "" for name in named}
            | {"jabatan_starts_on": self.cleaned_data.get("jabatan_starts_on")},
        )


def initial_of(person: User, *, seen: str) -> dict[str, Any]:
    """Return what is stored of a person, for her form."""
    names = set(PersonContent.__dataclass_fields__) - {"nip"}
    return {**{name: getattr(person, name) for name in names}, "seen": seen}


class NewPersonForm(DetailsForm):
    """Somebody who is taken in."""

    parameters: ClassVar = {
        **DetailsForm.parameters,
        "starts_on": "mulai",
        "is_somebody_else": "orang_lain",
    }

    nip = forms.CharField(
        label=gettext_lazy("NIP atau NI PPPK"),
        max_length=40,
        help_text=gettext_lazy("18 angka, boleh dengan spasi."),
        widget=forms.TextInput(attrs={**_NUMBER, "class": "m-nip"}),
        error_messages={"required": gettext_lazy("Isi NIP-nya.")},
    )
    unit = UnitField(label=gettext_lazy("Unit kerja"))
    starts_on = _day(gettext_lazy("Di unit ini sejak"))
    is_somebody_else = forms.BooleanField(
        label=gettext_lazy("Ini orang lain, bukan pegawai yang NIP-nya berganti"),
        required=False,
    )

    field_order = ("nip", "name")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "unit", units)

    def clean_nip(self) -> str:
        """Return the digits alone."""
        return normalise_nip(self.cleaned_data["nip"])


class MoveForm(FormWithParameters):
    """Where a person goes, and from which day on."""

    parameters: ClassVar = {"starts_on": "mulai"}

    unit = UnitField(label=gettext_lazy("Unit tujuan"))
    starts_on = _day(
        gettext_lazy("Berlaku sejak"),
        help_text=gettext_lazy(
            "Hari ini atau sebelumnya. Laporan tanggal sebelum itu tetap menyebut "
            "unit lama."
        ),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "unit", units)


class NewNumberForm(FormWithParameters):
    """A number that somebody carries from now on."""

    parameters: ClassVar = {"starts_on": "mulai"}

    nip = forms.CharField(
        label=gettext_lazy("NIP atau NI PPPK yang baru"),
        max_length=40,
        help_text=gettext_lazy("18 angka, boleh dengan spasi."),
        widget=forms.TextInput(attrs={**_NUMBER, "class": "m-nip"}),
        error_messages={"required": gettext_lazy("Isi NIP barunya.")},
    )
    starts_on = _day(gettext_lazy("Berlaku sejak"))

    def clean_nip(self) -> str:
        """Return the digits alone."""
        return normalise_nip(self.cleaned_data["nip"])


class RoleForm(FormWithParameters):
    """A role that somebody gets."""

    parameters: ClassVar = {"role": "peran", "ends_on": "sampai", "reason": "alasan"}

    role = forms.ChoiceField(
        label=gettext_lazy("Peran"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih perannya.")},
    )
    unit = UnitField(
        label=gettext_lazy("Pada unit"),
        help_text=gettext_lazy("Berlaku untuk unit ini dan semua unit di bawahnya."),
    )
    ends_on = _day(
        gettext_lazy("Sampai tanggal"),
        required=False,
        help_text=gettext_lazy("Kosongkan bila tidak dibatasi."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=200,
        widget=WholeText(attrs={"rows": 2}),
        help_text=gettext_lazy("Apa dasarnya, misalnya nomor surat tugas."),
        error_messages={"required": gettext_lazy("Tulis dasarnya.")},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "unit", units)

    def clean_ends_on(self) -> date | None:
        """Return the last day, None for no end."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day.year > 9000:
            raise ValidationError(_("Periksa tahunnya."), code="far")
        return day


class UnlinkForm(FormWithParameters):
    """Why a link to an account of the agency ends."""

    parameters: ClassVar = {"reason": "alasan"}

    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=200,
        widget=WholeText(attrs={"rows": 2}),
        help_text=gettext_lazy("Misalnya: akun instansinya berganti."),
        error_messages={"required": gettext_lazy("Tulis alasannya.")},
    )
