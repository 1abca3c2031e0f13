"""The form that takes an import file."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people_import.columns import CLEARABLE
from lib.upload_steps import UploadField

MAX_UPLOAD = 20_000_000


class ImportForm(forms.Form):
    """A file, the day from which it counts, and what absence from it means."""

    file = UploadField(
        label=gettext_lazy("Berkas XLSX atau CSV"),
        help_text=gettext_lazy("Paling besar 20 MB. XLSX menjaga NIP tetap utuh."),
        accept=".xlsx,.csv",
        limit=MAX_UPLOAD,
        empty=gettext_lazy("Berkas ini kosong. Pilih berkas yang berisi data."),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Berlaku mulai"),
        help_text=gettext_lazy("Tanggal penempatan dan perpindahan yang dicatat."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    deactivate_missing = forms.BooleanField(
        label=gettext_lazy("Tandai tidak aktif pegawai yang tidak ada di berkas"),
        help_text=gettext_lazy(
            "Hanya di unit yang disebut berkas ini, sejauh Anda kelola; unit lain di "
            "bawahnya tidak ikut. Jangan pakai bila berkasnya dibagi. Pemegang peran "
            "tidak ikut. Riwayat belajar tetap tersimpan."
        ),
        required=False,
    )
    cleared = forms.MultipleChoiceField(
        label=gettext_lazy("Kosongkan data bila selnya kosong"),
        help_text=gettext_lazy(
            "Tanpa pilihan, sel kosong tidak mengubah data yang tersimpan."
        ),
        choices=[(title, column.label) for title, column in CLEARABLE.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        self._today = today

    def clean_starts_on(self) -> date:
        """Refuse days to come: units and people hold today what is stored."""
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on > self._today:
            raise ValidationError(
                _("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya."),
                code="in_future",
            )
        return starts_on
