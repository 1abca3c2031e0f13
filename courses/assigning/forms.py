"""Forms of HR's orders: what, whom, by when; groups, programmes, more time."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.actions.orders import OrderContent, OrderTarget
from courses.assigning import choices
from courses.assigning.naming import UnclearName, lines_of, people_named
from courses.assigning.people import named_targets
from courses.assigning.rules import Rule
from courses.assigning.words import rule_of
from courses.assigning.workdays import MOST_DAYS, after_working_days
from lib.whole_text import WholeText

MOST_NUMBERS = 5_000
# How many numbers that nobody has are named in a message.
_NAMED = 5


class NamingForm(forms.Form):
    """A form in which people are named; `unclear` are names that several carry."""

    unclear: Sequence[UnclearName] = ()

    def people_meant(self, user: User, lines: Sequence[str]) -> list[User]:
        """Return whom the lines mean. Raises ValidationError: unknown or unclear."""
        found = people_named(user, lines, self.data)
        self.unclear = found.unclear
        if found.unknown:
            raise ValidationError(
                _("Tidak ada di unit Anda: %(numbers)s. Periksa, atau hapus barisnya.")
                % {"numbers": _some(found.unknown)}
            )
        if found.unclear:
            raise ValidationError(
                _("Dimiliki beberapa orang: %(names)s. Pilih orangnya di bawah.")
                % {"names": _some(one.words for one in found.unclear)}
            )
        return found.people


class _DayInput(forms.DateInput):
    """A calendar of the browser, which speaks ISO 8601 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any, **said: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=_DayInput(), **said)


def _many(label: Any, offered: Any, **said: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=offered, required=False, **said
    )


class RuleForm(forms.Form):
    """Whom a rule keeps: jabatan, golongan and status; nothing chosen keeps all."""

    statuses = _many(
        _("Status kepegawaian"),
        choices.STATUSES,
        widget=forms.CheckboxSelectMultiple(),
    )
    jabatan_kinds = _many(
        _("Jenis jabatan"),
        choices.JABATAN_KINDS,
        widget=forms.CheckboxSelectMultiple(),
    )
    golongans = _many(
        _("Golongan"),
        choices.GOLONGANS,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Tekan Ctrl untuk memilih beberapa. Kosong berarti semua."),
    )

    def rule(self) -> Rule:
        """Return the rule that was chosen."""
        said = self.cleaned_data
        return Rule(
            jabatan_kinds=tuple(said["jabatan_kinds"]),
            golongans=tuple(said["golongans"]),
            statuses=tuple(said["statuses"]),
        )


class GroupForm(RuleForm):
    """A group of people by rule ("Kelompok")."""

    field_order = ("name", "unit", "statuses", "jabatan_kinds", "golongans")
    name = forms.CharField(label=_("Nama kelompok"), max_length=120)
    unit = forms.ChoiceField(label=_("Unit kerja, dengan semua di bawahnya"))

    def __init__(self, *args: Any, units: list[choices.Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(
            label=self.fields["unit"].label, choices=units
        )


class ProgramForm(forms.Form):
    """A set of courses with a name."""

    name = forms.CharField(label=_("Nama program"), max_length=120)
    unit = forms.ChoiceField(label=_("Unit kerja"))
    courses = forms.MultipleChoiceField(
        label=_("Kursus"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Pilih paling sedikit satu kursus.")},
    )

    def __init__(
        self,
        *args: Any,
        units: list[choices.Choice],
        courses: list[choices.Choice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("unit", units), ("courses", courses)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


class OrderForm(NamingForm, RuleForm):
    """What is ordered, of whom, and by when."""

    class Due:
        """How the deadline is said."""

        DAY, WORKING, PLACED, NONE = "day", "working", "placed", "none"

    what = forms.ChoiceField(label=_("Kursus atau program"))
    units = forms.MultipleChoiceField(
        label=_("Unit kerja, dengan semua di bawahnya"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Tekan Ctrl untuk memilih beberapa."),
    )
    codes = forms.CharField(
        label=_("Kode unit lain"),
        required=False,
        widget=WholeText(attrs={"rows": 2}),
        help_text=_("Untuk unit yang tidak ada di daftar. Satu kode per baris."),
    )
    group = forms.ChoiceField(label=_("Kelompok tersimpan"), required=False)
    numbers = forms.CharField(
        label=_("NIP atau nama pegawai"),
        required=False,
        widget=WholeText(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_(
            "Tempel dari lembar kerja, satu orang per baris. Nama yang dimiliki "
            "beberapa orang akan ditanyakan."
        ),
    )
    due = forms.ChoiceField(
        label=_("Tenggat"),
        choices=[
            (Due.DAY, _("Tanggal tertentu")),
            (Due.WORKING, _("Sekian hari kerja dari hari ini")),
            (Due.PLACED, _("Sekian hari sejak penempatan tiap pegawai")),
            (Due.NONE, _("Tanpa tenggat: hanya anjuran")),
        ],
        initial=Due.DAY,
        widget=forms.RadioSelect(),
    )
    due_on = _day(_("Tanggal"), required=False)
    due_days = forms.IntegerField(
        label=_("Jumlah hari"), required=False, min_value=1, max_value=MOST_DAYS
    )
    copies_superior = forms.BooleanField(
        label=_("Kirim tembusan pengingat kepada atasan"), required=False
    )
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=200,
        help_text=_("Misalnya nomor surat tugas."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._today = user, today
        self._courses = choices.offered_courses()
        self._programs = choices.programs_of(user)
        self._groups = {str(group.pk): group for group in choices.groups_of(user)}
        offered: dict[str, Any] = {
            "what": self._offered(),
            "units": choices.unit_choices(user),
            "group": [
                ("", _("Tidak memakai kelompok")),
                *((key, group.name) for key, group in self._groups.items()),
            ],
        }
        for name, values in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values

    def _offered(self) -> list[Any]:
        courses = [
            (f"kursus:{key}", title)
            for key, title in choices.course_choices(self._courses)
        ]
        programs = [(f"program:{one.pk}", one.name) for one in self._programs]
        return [
            (_("Kursus"), courses),
            *([(_("Program"), programs)] if programs else []),
        ]

    def clean_codes(self) -> list[str]:
        """Return the codes of units, each once."""
        return list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["codes"])))

    def clean_numbers(self) -> list[User]:
        """Return the people named; refuse whoever is none of hers, ask who is unclear.

        Degrees behind a comma are no name.
        """
        lines = lines_of(self.cleaned_data["numbers"])
        if len(lines) > MOST_NUMBERS:
            raise ValidationError(
                _("Paling banyak %(most)d pegawai sekali simpan.")
                % {"most": MOST_NUMBERS}
            )
        return self.people_meant(self._user, lines)

    def clean(self) -> dict[str, Any]:
        """Refuse two ways at once of saying whom, and a deadline that is not there."""
        said = super().clean() or {}
        if self.errors:
            return said
        said["codes"] = [code for code in said["codes"] if code]
        self._check_whom(said)
        self._check_due(said)
        return said

    def _check_whom(self, said: dict[str, Any]) -> None:
        ways = [bool(said["units"] or said["codes"]), bool(said["group"])]
        ways.append(bool(said["numbers"]))
        if sum(ways) == 0:
            self.add_error("units", _("Pilih unit, kelompok, atau pegawai."))
        elif sum(ways) > 1:
            self.add_error(
                "units", _("Pilih satu cara saja: unit, kelompok, atau NIP.")
            )
        elif not ways[0] and not self.rule().is_open:
            self.add_error(
                "statuses", _("Saringan ini hanya untuk unit. Kosongkan dahulu.")
            )
        if said["codes"]:
            known = set(
                choices.units_of(self._user)
                .filter(code__in=said["codes"])
                .values_list("code", flat=True)
            )
            if unknown := [code for code in said["codes"] if code not in known]:
                self.add_error(
                    "codes",
                    _("Tidak ada di antara unit Anda: %(codes)s.")
                    % {"codes": _some(unknown)},
                )

    def _check_due(self, said: dict[str, Any]) -> None:
        if said["due"] == self.Due.DAY:
            if not said["due_on"]:
                self.add_error("due_on", _("Pilih tanggal tenggatnya."))
            elif said["due_on"] < self._today:
                self.add_error("due_on", _("Tanggal ini sudah lewat."))
        elif said["due"] != self.Due.NONE and not said["due_days"]:
            self.add_error("due_days", _("Isi jumlah harinya."))

    def content(self) -> OrderContent:
        """Return what is to be ordered."""
        said = self.cleaned_data
        kind, _colon, key = said["what"].partition(":")
        program = next((one for one in self._programs if str(one.pk) == key), None)
        courses = [one for one in self._courses if one.key == key]
        if kind == "program" and program is not None:
            courses = [place.course for place in program.places.all()]
        return OrderContent(
            courses=courses,
            targets=self._targets(),
            due_on=self._due_on(),
            due_days=said["due_days"] if said["due"] == self.Due.PLACED else None,
            starts_on=self._today if said["due"] == self.Due.PLACED else None,
            is_required=said["due"] != self.Due.NONE,
            copies_superior=said["copies_superior"],
            note=said["note"],
            program=program if kind == "program" else None,
            group=self._groups.get(said["group"]),
            token=said["token"],
        )

    def _due_on(self) -> date | None:
        said = self.cleaned_data
        if said["due"] == self.Due.WORKING:
            return after_working_days(self._today, said["due_days"])
        day: date | None = said["due_on"] if said["due"] == self.Due.DAY else None
        return day

    def _targets(self) -> list[OrderTarget]:
        said = self.cleaned_data
        group = self._groups.get(said["group"])
        if group is not None:
            return [OrderTarget(group.unit, rule_of(group))]
        if said["numbers"]:
            return named_targets(self._user, said["numbers"])
        units = choices.units_of(self._user).filter(
            code__in=[*said["units"], *said["codes"]]
        )
        return [OrderTarget(unit, self.rule()) for unit in units]


class ExtensionForm(NamingForm):
    """More time for one person by number or name, or for a unit by its code."""

    due_on = _day(_("Tenggat baru"))
    number = forms.CharField(
        label=_("NIP atau nama pegawai"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Kode unit, dengan semua di bawahnya"), required=False, max_length=64
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Dibaca oleh pegawainya. Jangan menulis keterangan kesehatan."),
        error_messages={"required": _("Tulis alasannya.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_number(self) -> User | None:
        """Return the one person who is meant."""
        said = lines_of(self.cleaned_data["number"])
        people = self.people_meant(self._user, said)
        if len(people) > 1:
            raise ValidationError(_("Isi satu orang saja."))
        return people[0] if people else None

    def clean(self) -> dict[str, Any]:
        """Refuse both and neither."""
        said = super().clean() or {}
        if "number" in self.errors:
            return said
        if bool(said.get("number")) == bool(said.get("code")):
            self.add_error("number", _("Isi pegawai atau kode unit, salah satu."))
        return said


class OutageForm(forms.Form):
    """Days on which a unit could not learn."""

    unit = forms.CharField(
        label=_("Kode unit, dengan semua di bawahnya"), max_length=64
    )
    first_day = _day(_("Hari pertama"))
    last_day = _day(_("Hari terakhir"))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Dibaca oleh pegawainya, misalnya: jaringan putus karena banjir."),
        error_messages={"required": _("Tulis alasannya.")},
    )


class HolidayForm(forms.Form):
    """What a day is: a holiday, or a working day after all."""

    day = _day(_("Tanggal"))
    is_holiday = forms.ChoiceField(
        label=_("Hari itu"),
        choices=[("1", _("hari libur")), ("", _("hari kerja"))],
        required=False,
    )
    name = forms.CharField(label=_("Nama hari libur"), max_length=120, required=False)


def _some(values: Iterable[str]) -> str:
    listed = list(values)
    more = ", …" if len(listed) > _NAMED else ""
    return ", ".join(listed[:_NAMED]) + more
